"""The paragraphs and tables of a Word file, in order.

Left out are headers and footers, macros, and whatever lies outside the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factdesk.drafts.word_letters import GONE, THROUGH, Letters, Paragraph, chosen
from factdesk.drafts.word_names import Names
from factdesk.errors import LimitError
from factdesk.interchange.docx_styles import child, local, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_PARAGRAPHS = 20_000
_WIDEST = 64
"""Columns of a table."""
_BOX = 10
"""Text boxes within text boxes are not many."""


@dataclass(slots=True)
class Table:
    """A table: for each row its cells, each some paragraphs."""

    rows: list[list[list[Paragraph]]]


class Tree:
    """Reads one part of a document. Raises `LimitError` for more than a check would hold."""

    def __init__(self, names: Names, letters: Letters, place: str) -> None:
        self._names = names
        self._letters = letters
        self._place = place
        self._count = 0
        self._joined: Paragraph | None = None

    def parts(self, elements: Iterable[Element], depth: int = 0) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables in some elements."""
        self._letters.check(depth)
        for element in elements:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, depth)
            elif name == "tbl":
                yield self._table(element, depth + 1)
            elif name in THROUGH:
                yield from self.parts(element, depth + 1)
            elif name == "AlternateContent":
                yield from self.parts(chosen(element), depth + 1)
        if self._joined is not None:
            # There is no next paragraph to join.
            found, self._joined = self._joined, None
            yield found

    def _paragraph(self, element: Element, depth: int) -> Iterator[Paragraph | Table]:
        """A paragraph, unless the mark at its end was deleted, then one with the next; and what its boxes hold."""
        self._count += 1
        if self._count > MOST_PARAGRAPHS:
            limit = f"{MOST_PARAGRAPHS:,}"
            raise LimitError("The document has more than {limit} paragraphs.", place=self._place, limit=limit)
        properties = child(element, "pPr")
        kind = self._names.paragraph(properties)
        found, self._joined = self._joined or Paragraph(kind), None
        align = child(properties, "jc")
        found.kind, found.align = kind, "" if align is None else value(align)
        found.ruled = found.ruled or child(child(properties, "pBdr"), "bottom") is not None
        self._letters.read(element, found, depth)
        if any(child(child(properties, "rPr"), name) is not None for name in GONE):
            self._joined = found
            return
        yield found
        boxes, found.boxes = found.boxes, []
        for box in boxes:
            yield from self.parts(box, depth + _BOX)

    def _table(self, element: Element, depth: int) -> Table:
        self._letters.check(depth)
        rows = []
        for row in _inner(element, "tr"):
            if all(child(child(row, "trPr"), name) is None for name in GONE):
                cells = [cell for each in _inner(row, "tc") for cell in self._cells(each, depth)]
                rows.append(cells[:_WIDEST])
        return Table(rows)

    def _cells(self, element: Element, depth: int) -> Iterator[list[Paragraph]]:
        """A cell, and an empty one for each further column that it reaches over; empty below one that reaches down."""
        properties = child(element, "tcPr")
        merged = child(properties, "vMerge")
        below = merged is not None and value(merged) != "restart"
        paragraphs = list(_flat(self.parts(element, depth + 1)))
        yield [] if below else paragraphs
        span = child(properties, "gridSpan")
        wide = "" if span is None else value(span)
        yield from ([] for _ in range(min(int(wide) if wide.isdecimal() and len(wide) < 4 else 1, _WIDEST) - 1))


def _flat(parts: Iterator[Paragraph | Table]) -> Iterator[Paragraph]:
    """Paragraphs, those of tables in the table too."""
    for part in parts:
        if isinstance(part, Paragraph):
            yield part
        else:
            yield from (paragraph for row in part.rows for cell in row for paragraph in cell)


def _inner(elements: Iterable[Element], wanted: str, depth: int = 0) -> Iterator[Element]:
    """The rows of a table or the cells of a row, in content controls too."""
    for element in elements:
        if local(element) == wanted:
            yield element
        elif local(element) in THROUGH and depth < _BOX:
            yield from _inner(element, wanted, depth + 1)

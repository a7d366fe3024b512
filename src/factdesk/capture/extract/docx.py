"""Text of a DOCX file: the body in document order, then notes, then headers and footers.

Left out, as on paper: what was deleted under tracked changes, hidden text, comments, the instructions of fields, and
the labels that Word counts by itself (list numbers, footnote marks). There are no pages: how many there are and where
they break is for the program that prints it.

The package is read by `office_zip` and the tree by lxml. python-docx would do neither more safely nor more wholly: it
shows no text boxes, footnotes or tracked changes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factdesk.capture.extract.base import Builder, Hint, Limits
from factdesk.capture.extract.docx_text import Seen, Walker
from factdesk.capture.extract.pdf_about import language_tag, one_line
from factdesk.domain.documents import About, BlockKind, Extracted, Extractor
from factdesk.domain.matches import Reason
from factdesk.errors import DamagedError, LimitError
from factdesk.interchange.docx_styles import Styles, local
from factdesk.interchange.office_zip import Package
from factdesk.text.charsets import converted

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

REVISION = "1"
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BODY = "word/document.xml"
_NOTES = ("footnotes", "endnotes")
_EDGES = ("header", "footer")


def extractor() -> Extractor:
    """Ourselves. What libraries do here (ZIP, XML) is fixed by standards, so that their versions decide on nothing."""
    return Extractor("docx", REVISION)


def extract(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    """The text of a DOCX file. Raises `DamagedError`, `ProtectedError`, `LimitError`."""
    package = Package(data, hint.place, limits.unpacked_bytes)
    relations = package.relations("")
    body = next((target for kind, target in relations if kind == "officeDocument"), _BODY)
    root = package.xml(body)
    if root is None:
        raise DamagedError("The document is damaged or cut off.", place=hint.place)
    beside = package.relations(body)
    styles = Styles(package.xml(next((target for kind, target in beside if kind == "styles"), "")))
    reading = _Reading(package, styles, Builder(limits, hint.place), time.monotonic() + limits.seconds, limits, hint)
    reading.add(root)
    for _, target in (each for each in beside if each[0] in _NOTES):
        reading.add(package.xml(target), "note")
    for _, target in (each for each in beside if each[0] in _EDGES):
        reading.add(package.xml(target), "furniture")
    about = _about(package, relations) if hint.about else About()
    return Extracted(
        reading.builder.document(),
        about,
        extractor(),
        _MEDIA_TYPE,
        reading.charset,
        tuple(remarks(reading.seen, reading.charset)),
    )


class _Reading:
    """Adds the paragraphs of one part after another."""

    def __init__(
        self, package: Package, styles: Styles, builder: Builder, end: float, limits: Limits, hint: Hint
    ) -> None:
        self.builder = builder
        self.seen = Seen()
        self.charset = ""
        self._package = package
        self._styles = styles
        self._end = end
        self._limits = limits
        self._hint = hint
        self._edges: set[str] = set()

    def add(self, root: Element | None, kind: BlockKind | None = None) -> None:
        """Add a part. Headers and footers that say the same are added once."""
        if root is None:
            return
        for paragraph in Walker(self._styles, self.seen).read(root):
            if time.monotonic() > self._end:
                raise LimitError(
                    "Reading the document takes more than {limit} s.",
                    place=self._hint.place,
                    limit=round(self._limits.seconds),
                )
            if kind == "furniture" and paragraph.text in self._edges:
                continue
            self._edges.update([paragraph.text] if kind == "furniture" else [])
            self.charset = self.charset or paragraph.charset
            level = 0 if kind else paragraph.level
            self.builder.add(paragraph.text, kind or paragraph.kind, level=level)


def remarks(seen: Seen, charset: str) -> Iterator[Reason]:
    """What a person should know of an office document."""
    if seen.changes:
        yield Reason("changes", "It has tracked changes: what was deleted is left out, what was added is kept.")
    if seen.hidden:
        yield Reason("hidden", "It has hidden text, which is left out.")
    if charset:
        yield converted(charset)


def _about(package: Package, relations: list[tuple[str, str]]) -> About:
    root = package.xml(next((target for kind, target in relations if kind == "core-properties"), ""))
    said = {local(element): element.text or "" for element in (() if root is None else root)}
    return About(
        title=one_line(said.get("title", "")),
        author=one_line(said.get("creator", "")),
        language=language_tag(said.get("language", "")),
    )

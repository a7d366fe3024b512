"""The paragraphs of a part of a DOCX file (body, notes, header, footer), in document order.

One walk over the part's tree. Paragraphs nest (a text box stands in a paragraph), so that those which are open lie
on a stack; an inner one is finished first and so comes first, and the outer one is not cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factdesk.capture.extract.pdf_fonts import charset_of, legacy_encoding, to_unicode
from factdesk.domain.documents import BlockKind
from factdesk.interchange.docx_styles import Style, Styles, child, local, value
from factdesk.interchange.docx_symbols import symbol

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_TEXT = ("t",)
_AS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_DELETED = frozenset({"del", "moveFrom"})
_ADDED = frozenset({"ins", "moveTo"})
_SKIPPED = frozenset(
    {"pPr", "rPr", "sectPr", "tblPr", "tcPr", "trPr", "sdtPr", "tblGrid", "instrText", "delText", "delInstrText", "rt"}
)
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's text and what it is. `charset` says which old encoding any of it was converted from."""

    text: str
    kind: BlockKind
    level: int
    charset: str = ""


@dataclass(slots=True)
class Seen:
    """What a person should know of."""

    changes: bool = False
    hidden: bool = False


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read."""

    style: Style
    in_cell: bool
    pieces: list[tuple[str, str]] = field(default_factory=list)

    def close(self) -> Paragraph:
        level = self.style.level or 0
        kind: BlockKind = "heading" if level else "cell" if self.in_cell else self.style.kind or "paragraph"
        return Paragraph(to_unicode(self.pieces), kind, level if kind == "heading" else 0, charset_of(self.pieces))


class Walker:
    """Reads the paragraphs below one element."""

    def __init__(self, styles: Styles, seen: Seen) -> None:
        self._styles = styles
        self._seen = seen
        self._open: list[_Open] = []
        self._runs: list[Style] = []
        self._cells = 0
        self._fields: list[bool] = []
        """For each open field, innermost last, whether its result is being read rather than its instruction."""

    def read(self, root: Element) -> Iterator[Paragraph]:
        """The paragraphs below `root`, one at a time."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: Element | None = None
        for event, element in walk:
            if event == "start":
                if self._skips(element):
                    skipped = element
                    walk.skip_subtree()
                else:
                    self._start(element)
            elif element is skipped:
                skipped = None
            elif (found := self._end(element)) is not None:
                yield found

    def _skips(self, element: Element) -> bool:
        name = local(element)
        if name in _DELETED or name in _ADDED:
            self._seen.changes = True
        if name in ("footnote", "endnote") and value(element, "type") in _SEPARATORS:
            return True
        return name in _SKIPPED or name in _DELETED or (name in ("Choice", "Fallback") and not _chosen(element))

    def _start(self, element: Element) -> None:
        name = local(element)
        if name == "p" and element.tag != f"{{{_MATH}}}p":
            style = self._styles.paragraph(child(element, "pPr"))
            self._open.append(_Open(style, self._cells > 0))
        elif name == "r" and self._open:
            self._runs.append(self._styles.run(child(element, "rPr"), self._open[-1].style))
        elif name == "tc":
            self._cells += 1
        elif name == "fldChar":
            self._field(value(element, "fldCharType"))
        else:
            self._add(name, element)

    def _end(self, element: Element) -> Paragraph | None:
        name = local(element)
        if name == "tc":
            self._cells -= 1
        elif name == "r" and self._runs:
            self._runs.pop()
        elif name == "p" and self._open:
            # An instruction does not go on over paragraphs; one that was never ended would swallow the rest.
            self._fields = [True for _ in self._fields]
            return self._open.pop().close()
        return None

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _add(self, name: str, element: Element) -> None:
        """Add what an element stands for to the innermost paragraph."""
        text = _words(name, element)
        if not text or not self._open or not all(self._fields):
            return
        style = self._runs[-1] if self._runs else Style()
        if style.hidden:
            self._seen.hidden = True
        else:
            encoding = legacy_encoding(style.font) if name in _TEXT else ""
            self._open[-1].pieces.append((text, encoding))


def _words(name: str, element: Element) -> str:
    if name in _TEXT:
        return element.text or ""
    if name == "sym":
        return symbol(value(element, "font"), value(element, "char"))
    return _AS.get(name, "")


def _chosen(element: Element) -> bool:
    """Whether a branch of `mc:AlternateContent` is the one to read: the first with a text box, else the first."""
    parent = element.getparent()
    branches = [] if parent is None else [each for each in parent if local(each) in ("Choice", "Fallback")]
    with_text = [each for each in branches if _has_text(each)]
    return element is (with_text or branches or [element])[0]


def _has_text(element: Element) -> bool:
    return next((True for each in element.iter() if local(each) == "t" and each.text), False)

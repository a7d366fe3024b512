"""The paragraphs of a part of an ODT file, in document order, by the white-space rules of OpenDocument 1.3, 6.1.2."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factdesk.capture.extract.docx_text import Paragraph, Seen
from factdesk.capture.extract.pdf_fonts import charset_of, legacy_encoding, to_unicode
from factdesk.domain.documents import BlockKind
from factdesk.interchange.docx_styles import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_FORMAT = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_SVG = "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000
_DEEPEST = 20
_SKIPPED = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "note-citation", "hidden-text", "hidden-paragraph", "ruby-text"}
    | {"forms", "event-listeners", "script", "title", "desc", "sequence-decls", "variable-decls", "user-field-decls"}
)
_CONTAINERS: Mapping[str, BlockKind] = {
    "list-item": "item",
    "list-header": "item",
    "table-cell": "cell",
    "note": "note",
}


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    hidden: bool | None
    font: str


class Styles:
    """What the styles of several parts say of hidden text and fonts."""

    def __init__(self, roots: list[Element]) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._faces: dict[str, str] = {}
        self._sections: set[str] = set()
        for root in roots:
            for element in root.iter(f"{{{_STYLE}}}font-face"):
                self._faces[element.get(f"{{{_STYLE}}}name", "")] = element.get(f"{{{_SVG}}}font-family", "").strip(
                    "'\" "
                )
            for tag in ("style", "default-style"):
                for element in root.iter(f"{{{_STYLE}}}{tag}"):
                    self._add(element)

    def _add(self, element: Element) -> None:
        family, name = element.get(f"{{{_STYLE}}}family", ""), element.get(f"{{{_STYLE}}}name", "")
        letters = element.find(f"{{{_STYLE}}}text-properties")
        display = None if letters is None else letters.get(f"{{{TEXT}}}display")
        font = "" if letters is None else self._font(letters)
        parent = element.get(f"{{{_STYLE}}}parent-style-name", "")
        self._styles[(family, name)] = _Style(
            parent if name else "", None if display is None else display == "none", font
        )

    def _font(self, letters: Element) -> str:
        face = letters.get(f"{{{_STYLE}}}font-name", "")
        return str(self._faces.get(face, face)) or letters.get(f"{{{_FORMAT}}}font-family", "").strip("'\" ")

    def of(self, family: str, name: str) -> tuple[bool | None, str]:
        """Whether a style hides its text, `None` when it does not say, and its font, empty when it does not say."""
        hidden: bool | None = None
        font = ""
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name))
            if style is None:
                break
            hidden = style.hidden if hidden is None else hidden
            font = font or style.font
            if not name:
                break
            name = style.parent
        return hidden, font


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read. `letters` holds what is hidden and the font, innermost span last."""

    kind: BlockKind
    level: int
    letters: list[tuple[bool, str]]
    pieces: list[tuple[str, str]] = field(default_factory=list)
    ends_in_space: bool = True
    """At the beginning white space is dropped, as after white space."""


class Walker:
    """Reads the paragraphs below one element. What stands in notes is kept for the end."""

    def __init__(self, styles: Styles, seen: Seen) -> None:
        self._styles = styles
        self._seen = seen
        self._open: list[_Open] = []
        self._around: list[BlockKind] = []
        self.notes: list[Paragraph] = []

    def read(self, root: Element) -> Iterator[Paragraph]:
        """The paragraphs below `root`, one at a time, without the notes, which are then in `notes`."""
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
                continue
            found = None if element is skipped else self._end(element)
            skipped = None if element is skipped else skipped
            if element is not root:
                self._add(element.tail or "")
            if found is not None and found.kind == "note":
                self.notes.append(found)
            elif found is not None:
                yield found

    def _skips(self, element: Element) -> bool:
        name = local(element)
        if name == "tracked-changes" and len(element):
            self._seen.changes = True
        if name == "section" and element.get(f"{{{TEXT}}}display") == "none":
            self._seen.hidden = True
            return True
        return name in _SKIPPED

    def _start(self, element: Element) -> None:
        name = local(element)
        if name in ("p", "h") and element.tag.startswith(f"{{{TEXT}}}"):
            self._open.append(self._opened(element, name))
        elif name in _CONTAINERS:
            self._around.append(_CONTAINERS[name])
        elif name in ("span", "a") and self._open:
            self._open[-1].letters.append(self._span(element))
        elif self._open:
            self._put(_mark(element, name))
        self._add(element.text or "")

    def _opened(self, element: Element, name: str) -> _Open:
        hidden, font = self._styles.of("paragraph", element.get(f"{{{TEXT}}}style-name", ""))
        usual = self._styles.of("paragraph", "")[1]
        kind: BlockKind = "heading" if name == "h" else "paragraph"
        around = "note" if "note" in self._around else self._around[-1] if self._around else kind
        kind = around if kind == "paragraph" or around == "note" else kind
        level = element.get(f"{{{TEXT}}}outline-level", "1") if kind == "heading" else "0"
        return _Open(kind, min(int(level), 9) if level.isdecimal() else 1, [(bool(hidden), font or usual)])

    def _span(self, element: Element) -> tuple[bool, str]:
        above = self._open[-1].letters[-1]
        hidden, font = self._styles.of("text", element.get(f"{{{TEXT}}}style-name", ""))
        return above[0] if hidden is None else hidden, font or above[1]

    def _end(self, element: Element) -> Paragraph | None:
        name = local(element)
        if name in ("p", "h") and element.tag.startswith(f"{{{TEXT}}}") and self._open:
            done = self._open.pop()
            return Paragraph(to_unicode(done.pieces), done.kind, done.level, charset_of(done.pieces))
        if name in _CONTAINERS:
            self._around.pop()
        elif name in ("span", "a") and self._open:
            self._open[-1].letters.pop()
        return None

    def _add(self, text: str) -> None:
        """Add written text: a run of white space is one space, and none where one went before."""
        if text and self._open:
            text = _SPACE.sub(" ", text)
            self._put(text[1:] if text.startswith(" ") and self._open[-1].ends_in_space else text)

    def _put(self, text: str) -> None:
        if not text:
            return
        last = self._open[-1]
        hidden, font = last.letters[-1]
        if hidden:
            self._seen.hidden = True
            return
        last.ends_in_space = text.endswith((" ", "\n"))
        last.pieces.append((text, legacy_encoding(font)))


def _mark(element: Element, name: str) -> str:
    """What an empty element stands for."""
    if name == "s":
        count = element.get(f"{{{TEXT}}}c", "1")
        return " " * min(int(count), _MOST_SPACES) if count.isdecimal() else " "
    return {"tab": "\t", "line-break": "\n", "soft-hyphen": "\u00ad", "non-breaking-hyphen": "\u2011"}.get(name, "")

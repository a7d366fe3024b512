"""What a DOCX file's styles say that matters to its text: headings, lists, hidden text, fonts of before Unicode."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factdesk.domain.documents import BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""Of the transitional and of the strict kind of DOCX."""

_HEADING = re.compile(r"(?:heading|tiêu đề|đề mục) ?([1-9])", re.IGNORECASE)
_KINDS: Mapping[str, BlockKind] = {
    "caption": "caption",
    "quote": "quote",
    "intense quote": "quote",
    "list paragraph": "item",
}
_OFF = ("0", "false", "off", "none")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, `None` or empty where it says nothing. `level` is a heading's, 0 for none."""

    level: int | None = None
    kind: BlockKind | None = None
    hidden: bool | None = None
    font: str = ""

    def over(self, other: Style) -> Style:
        """This style where it says something, the other where it does not."""
        return Style(
            other.level if self.level is None else self.level,
            self.kind or other.kind,
            other.hidden if self.hidden is None else self.hidden,
            self.font or other.font,
        )


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Element, name: str = "val") -> str:
    """An attribute of WordprocessingML, empty where there is none."""
    for namespace in NAMESPACES:
        found = element.get(f"{{{namespace}}}{name}")
        if found is not None:
            return str(found)
    return ""


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a name in WordprocessingML."""
    if element is None:
        return None
    return next((each for space in NAMESPACES if (each := element.find(f"{{{space}}}{name}")) is not None), None)


def run_style(properties: Element | None) -> Style:
    """What run properties (`w:rPr`) say themselves."""
    hidden = child(properties, "vanish")
    fonts = child(properties, "rFonts")
    font = "" if fonts is None else value(fonts, "ascii") or value(fonts, "hAnsi")
    return Style(hidden=None if hidden is None else value(hidden).lower() not in _OFF, font=font)


def paragraph_style(properties: Element | None) -> Style:
    """What paragraph properties (`w:pPr`) say themselves."""
    numbering = child(child(properties, "numPr"), "numId")
    kind: BlockKind | None = "item" if numbering is not None and value(numbering) != "0" else None
    return Style(level=_outline(properties), kind=kind)


def _outline(properties: Element | None) -> int | None:
    level = child(properties, "outlineLvl")
    text = "" if level is None else value(level)
    if not text.isdecimal():
        return None
    return int(text) + 1 if int(text) < 9 else 0


@dataclass(frozen=True, slots=True)
class _Entry:
    own: Style
    based_on: str


class Styles:
    """The styles of a document by their id."""

    def __init__(self, root: Element | None) -> None:
        self._entries: dict[str, _Entry] = {}
        self._known: dict[str, Style] = {}
        self._base = Style()
        self._usual = ""
        for element in () if root is None else root:
            if local(element) == "docDefaults":
                self._base = run_style(child(child(element, "rPrDefault"), "rPr"))
            elif local(element) == "style":
                self._add(element)

    def _add(self, element: Element) -> None:
        name = child(element, "name")
        parent = child(element, "basedOn")
        own = paragraph_style(child(element, "pPr")).over(run_style(child(element, "rPr")))
        named = _by_name("" if name is None else value(name))
        key = value(element, "styleId")
        self._entries[key] = _Entry(own.over(named), "" if parent is None else value(parent))
        if value(element, "type") == "paragraph" and value(element, "default").lower() in ("1", "true", "on"):
            self._usual = key

    def of(self, key: str) -> Style:
        """What the style of an id says, what it is based on included; of paragraphs the usual one for an empty id."""
        if key not in self._known:
            found, at, left = Style(), key, _DEEPEST
            while at in self._entries and left > 0:
                found = found.over(self._entries[at].own)
                at, left = self._entries[at].based_on, left - 1
            self._known[key] = found
        return self._known[key]

    def paragraph(self, properties: Element | None) -> Style:
        """What holds for a paragraph with these properties."""
        named = child(properties, "pStyle")
        inherited = self.of(self._usual if named is None else value(named))
        return paragraph_style(properties).over(inherited).over(self._base)

    def run(self, properties: Element | None, paragraph: Style) -> Style:
        """What holds for a run in a paragraph."""
        named = child(properties, "rStyle")
        inherited = paragraph if named is None else _letters(self.of(value(named))).over(paragraph)
        return run_style(properties).over(inherited)


def _letters(style: Style) -> Style:
    return replace(style, level=None, kind=None)


def _by_name(name: str) -> Style:
    if found := _HEADING.fullmatch(name.strip()):
        return Style(level=int(found.group(1)))
    if name.strip().lower() == "title":
        return Style(level=1)
    return Style(kind=_KINDS.get(name.strip().lower()))

"""What the styles and lists of a Word file say a paragraph or its letters are, whoever made the file.

Word keeps the names of its own styles in English whatever language it speaks; other programs write their own, and
people make styles that are based on one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from factdesk.drafts.word_model import BOLD, ITALIC, STRIKE
from factdesk.interchange.docx_styles import child, local, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Place = Literal["", "heading", "quote", "code", "raw", "rule", "item", "more", "name", "text", "plain"]

_HEADING = re.compile(
    r"(?:heading|tiêu đề|đầu đề|đề mục|titre|título|titolo|überschrift|заголовок|标题|見出し|제목) ?([1-9])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(list continue|list bullet|list number|list)(?: ([1-9]))?")
_PLACES: dict[str, Place] = {
    "quote": "quote",
    "intense quote": "quote",
    "quotations": "quote",
    "block text": "quote",
    "trích dẫn": "quote",
    "trích dẫn mạnh": "quote",
    "source code": "code",
    "html preformatted": "code",
    "preformatted text": "code",
    "markdown": "raw",
    "horizontal line": "rule",
    "field name": "name",
    "field value": "text",
    "field item": "item",
    "list paragraph": "more",
    "normal": "plain",
}
LETTERS = {
    "inline code": "code",
    "verbatim char": "code",
    "html code": "code",
    "source text": "code",
    "markdown text": "raw",
    "field key": "key",
    "picture text": "picture",
}
"""Styles of letters that make a run more than text."""
HIDDEN = "hidden"
_TOGGLES = {"b": BOLD, "i": ITALIC, "strike": STRIKE, "dstrike": STRIKE, "vanish": HIDDEN}
_OFF = ("0", "false", "off", "none")
_DEEPEST = 20
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Kind:
    """What a paragraph is. `depth` counts lists from 1; `list` is the number of its list, empty for none."""

    place: Place = ""
    level: int = 0
    depth: int = 0
    list: str = ""
    ordered: bool = False


class Names:
    """The styles and lists of a document."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles = {value(each, "styleId"): each for each in (() if styles is None else styles)}
        roots = list(() if numbering is None else numbering)
        self._abstract = {value(each, "abstractNumId"): each for each in roots if local(each) == "abstractNum"}
        self._lists = {value(each, "numId"): each for each in roots if local(each) == "num"}

    def _chain(self, key: str) -> Iterator[Element]:
        """A style and those that it is based on."""
        for _ in range(_DEEPEST):
            style = self._styles.get(key)
            if style is None:
                return
            yield style
            parent = child(style, "basedOn")
            key = "" if parent is None else value(parent)

    def paragraph(self, properties: Element | None) -> Kind:
        """What a paragraph with these properties (`w:pPr`) is."""
        named = child(properties, "pStyle")
        chain = list(self._chain("" if named is None else value(named)))
        by_name = next((kind for style in chain if (kind := _by_name(_name(style))).place), Kind())
        levels = (_outline(each) for each in (properties, *(child(style, "pPr") for style in chain)))
        level = next((found for found in levels if found is not None), None)
        if level is not None and by_name.place not in ("heading", "name", "text"):
            by_name = Kind("heading", level) if level else by_name
        if by_name.place == "heading" or by_name.place in ("code", "raw", "rule"):
            return by_name
        return self._numbered(by_name, properties, chain)

    def _numbered(self, kind: Kind, properties: Element | None, chain: list[Element]) -> Kind:
        found = (child(each, "numPr") for each in (properties, *(child(style, "pPr") for style in chain)))
        numbering = next((each for each in found if each is not None), None)
        number = child(numbering, "numId")
        key = "" if number is None else value(number)
        if key in ("", "0"):
            return kind
        ilvl = child(numbering, "ilvl")
        level = _number("" if ilvl is None else value(ilvl), 0) % _LEVELS
        depth = max(level + 1, kind.depth)
        place: Place = kind.place if kind.place in ("quote", "name") else "item"
        return Kind(place, 0, depth, key, self._format(key, level) not in ("bullet", "none", ""))

    def _level(self, key: str, level: int) -> tuple[Element | None, Element | None]:
        """A level of a list: what the list says of it, and what it is a copy of."""
        number = self._lists.get(key)
        overrides = () if number is None else number
        own = next((e for e in overrides if local(e) == "lvlOverride" and value(e, "ilvl") == str(level)), None)
        of = child(number, "abstractNumId")
        abstract = self._abstract.get("" if of is None else value(of))
        levels = () if abstract is None else abstract
        return own, next((e for e in levels if local(e) == "lvl" and value(e, "ilvl") == str(level)), None)

    def _format(self, key: str, level: int) -> str:
        own, usual = self._level(key, level)
        found = child(child(own, "lvl"), "numFmt")
        found = child(usual, "numFmt") if found is None else found
        return "" if found is None else value(found)

    def counted_with(self, key: str) -> str:
        """What a list is counted with: lists that are copies of one go on counting where another left off."""
        of = child(self._lists.get(key), "abstractNumId")
        return key if of is None else f"copy of {value(of)}"

    def restart(self, key: str, level: int) -> int | None:
        """The number that a list begins anew with at a level, which counts from 0; None where it goes on."""
        found = child(self._level(key, level)[0], "startOverride")
        return None if found is None else _number(value(found), 1)

    def start(self, key: str, level: int) -> int:
        """The first number of a list at a level."""
        own, usual = self._level(key, level)
        found = child(child(own, "lvl"), "start")
        found = child(usual, "start") if found is None else found
        return 1 if found is None else _number(value(found), 1)

    def letters(self, properties: Element | None) -> tuple[frozenset[str], str]:
        """The marks of a run with these properties (`w:rPr`), and what else its style says that it is."""
        named = child(properties, "rStyle")
        chain = list(self._chain("" if named is None else value(named)))
        said: dict[str, bool] = {}
        for each in (properties, *(child(style, "rPr") for style in chain)):
            for element in () if each is None else each:
                if (mark := _TOGGLES.get(local(element))) is not None:
                    said.setdefault(mark, value(element).lower() not in _OFF)
        kind = next((found for style in chain if (found := LETTERS.get(_name(style), ""))), "")
        return frozenset(mark for mark, on in said.items() if on), kind


def _name(style: Element) -> str:
    name = child(style, "name")
    return " ".join(("" if name is None else value(name)).lower().split())


def _by_name(name: str) -> Kind:
    if found := _HEADING.fullmatch(name):
        return Kind("heading", int(found[1]))
    if name == "title":
        return Kind("heading", 1)
    if found := _NUMBERED.fullmatch(name):
        depth = int(found[2] or 1)
        if found[1] == "list continue":
            return Kind("more", depth=depth)
        return Kind("item", depth=depth, list=found[1], ordered=found[1] == "list number")
    return Kind(_PLACES.get(name, ""))


def _outline(properties: Element | None) -> int | None:
    """The level of a heading that the properties say, 0 for body text, None where they say nothing."""
    found = child(properties, "outlineLvl")
    if found is None:
        return None
    level = _number(value(found), 9)
    return level + 1 if level < _LEVELS else 0


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else otherwise

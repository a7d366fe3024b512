"""A page of a site as elements, where it is so plainly written that every browser must read it in the same way.

Whoever edits a page may write markup that one program reads otherwise than another: what is checked would then not be
what is shown. So this reads only markup in which every element is closed where it was opened, and refuses all else.
It takes time in proportion to the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from factdesk.publish.nesting import misplaced, names, no_text

MOST = 8 << 20
"""Bytes of a page that is read."""
DEEPEST = 120
MOST_TAGS = 100_000

VOID = names("area base br col embed hr img input link meta source track wbr")
INLINE = names("a abbr b bdi cite code del em i ins mark q s small span strong sub sup time u wbr")
_TEXT_ONLY = frozenset(["title", "script", "textarea", "option"])
_ATTRIBUTES = re.compile(r"""\s+([A-Za-z][\w:.-]*)(?:=(?:"([^"]*)"|'([^']*)'|([\w./:#%-]+)))?""")
_TOKEN = re.compile(
    r"(?P<text>[^<]+)"
    r"|</(?P<close>[A-Za-z][A-Za-z0-9-]*)\s*>"
    r"|<(?P<open>[A-Za-z][A-Za-z0-9-]*)"
    r"""(?P<attributes>(?:\s+[A-Za-z][\w:.-]*(?:=(?:"[^"]*"|'[^']*'|[\w./:#%-]+))?){0,40})\s*(?P<ends>/?)>"""
    r"|(?P<comment><!--(?:[^<>-]|-(?!-))*-->)"
    r"|(?P<doctype><!DOCTYPE html>)",
    re.IGNORECASE,
)


class UnplainError(Exception):
    """What of a page is not plainly written, as it stands there, cut."""

    def __init__(self, what: str) -> None:
        super().__init__(what[:80])
        self.what = " ".join(what[:80].split())


@dataclass(slots=True, eq=False)
class Element:
    """An element with its attributes, their names in small letters, and what is in it. `whole` are, of a page, it and
    all within it, in their order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    content: list[Element | str] = field(default_factory=list)
    whole: list[Element] | None = None

    def __iter__(self) -> Iterator[Element]:
        """The element and all within it, in the order of the page."""
        return iter(self.whole) if self.whole is not None else self._within()

    def _within(self) -> Iterator[Element]:
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(each for each in reversed(element.content) if isinstance(each, Element))

    def above(self) -> Iterator[Element]:
        """The element and those that it is in, up to the page."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    @property
    def text(self) -> str:
        """Its text as it is read: what separates lines is a space, and many are one."""
        return " ".join("".join(_pieces(self)).split())

    @property
    def raw(self) -> str:
        """The text of an element that has only text, as it stands there."""
        return "".join(each for each in self.content if isinstance(each, str))


def _pieces(root: Element) -> Iterator[str]:
    waiting: list[Element | str] = [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
            continue
        apart = [] if each.tag in INLINE else [" "]
        waiting.extend([*apart, *reversed(each.content), *apart])


def read_page(data: bytes) -> Element:
    """The page. Raises `UnplainError`."""
    text = _decoded(data)
    root = Element("")
    whole = [root]
    at, here, depth, tags = 0, root, 0, 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or depth > DEEPEST or tags > MOST_TAGS:
            raise UnplainError(text[at : at + 80])
        at = found.end()
        inner = _taken(found, here, whole)
        tags += inner is not here
        depth += (inner.parent is here) - (inner is here.parent)
        here = inner
    if here is not root:
        raise UnplainError(f"<{here.tag}>")
    root.whole = whole
    return root


def _taken(found: re.Match[str], here: Element, whole: list[Element]) -> Element:
    """Take in a piece of a page where we are: where we are then. What is opened is put behind the `whole`."""
    if found["text"] is not None:
        if no_text(here.tag) and not found["text"].isspace():
            raise UnplainError(found["text"])
        # What is in a script is not escaped.
        here.content.append(found["text"] if here.tag == "script" else unescape(found["text"]))
        return here
    if found["close"] is not None:
        if here.tag != found["close"].lower() or here.parent is None:
            raise UnplainError(found[0])
        return here.parent
    if here.tag in _TEXT_ONLY:
        # To a browser this is no element or comment here.
        raise UnplainError(found[0])
    if found["open"] is None:
        return here
    inner = _opened(found, here)
    here.content.append(inner)
    whole.append(inner)
    return inner if _stays_open(inner, found) else here


def _decoded(data: bytes) -> str:
    if len(data) > MOST:
        raise UnplainError(f"{len(data)} > {MOST}")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise UnplainError("no UTF-8") from error
    if "\0" in text:
        raise UnplainError("U+0000")
    if not text.lower().startswith("<!doctype html>"):
        raise UnplainError(text[:80])
    return text


def _opened(found: re.Match[str], here: Element) -> Element:
    attributes: dict[str, str] = {}
    for each in _ATTRIBUTES.finditer(found["attributes"]):
        name = each[1].lower()
        if name in attributes:
            raise UnplainError(found[0])
        attributes[name] = unescape(each[2] or each[3] or each[4] or "")
    tag = found["open"].lower()
    if misplaced(tag, [each.tag for each in here.above()]):
        raise UnplainError(found[0])
    return Element(tag, attributes, here)


def _stays_open(element: Element, found: re.Match[str]) -> bool:
    if element.tag in VOID:
        return False
    if found["ends"] and not any(each.tag in ("svg", "math") for each in element.above()):
        raise UnplainError(found[0])
    return not found["ends"]

"""ClaimReview in web pages: JSON-LD scripts, several to a page, and microdata."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from factdesk.domain.runs import Place, Repair
from factdesk.interchange.claimreview import claimreviews
from factdesk.interchange.draft import too_deep
from factdesk.interchange.entries import Item, items_in
from factdesk.interchange.streams import CHUNK, Reader
from factdesk.interchange.tolerant import loads

MAX_PAGE_BYTES = 32 << 20
MAX_ITEMS = 500
"""Microdata objects of a page."""
_LEVELS = 8
# Where microdata keeps a property's value when it is not the element's text (HTML standard §5.2.4).
_VALUES = {
    "meta": "content",
    "a": "href",
    "area": "href",
    "link": "href",
    "img": "src",
    "audio": "src",
    "video": "src",
    "iframe": "src",
    "embed": "src",
    "source": "src",
    "object": "data",
    "data": "value",
    "meter": "value",
    "time": "datetime",
}


def read_page(stream: Reader, source: str) -> Iterator[Item]:
    """The reviews in a page, JSON-LD first; one skipped `Repair` when there is none. `Place.row` counts them from 1."""
    page = _whole(stream)
    if page is None:
        yield Repair(Place(source), "too-long", f"{MAX_PAGE_BYTES >> 20} MB", skipped=True)
        return
    tree = LexborHTMLParser(page)
    row = 0
    for path, value in _entries(tree):
        place = Place(source, 0, path)
        if isinstance(value, Repair):
            yield Repair(place, value.code, value.detail, skipped=True)
            row += 1
        elif too_deep(value):
            yield Repair(place, "too-deep", skipped=True)
            row += 1
        else:
            for review in claimreviews(value):
                row += 1
                yield from items_in(review, Place(source, row, path))
    if not row:
        yield Repair(Place(source), "no-review-in-page", skipped=True)


def _whole(stream: Reader) -> bytes | None:
    parts, size = [], 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > MAX_PAGE_BYTES:
            return None
        parts.append(chunk)
    return b"".join(parts)


def _entries(tree: LexborHTMLParser) -> Iterator[tuple[str, Any]]:
    """Each script's value, and each microdata ClaimReview as an object, with its path. A bad script is a `Repair`."""
    for index, script in enumerate(tree.css('script[type*="ld+json" i]')):
        text = script.text() or ""
        path = f"script[{index}]"
        try:
            yield path, loads(text)
        except RecursionError:
            yield path, Repair(Place(""), "too-deep")
        except ValueError as error:
            # A page has scripts about other things; only one that speaks of a review is worth a line in the report.
            if "ClaimReview" in text:
                yield path, Repair(Place(""), "bad-json", str(error)[:100])
    for index, node in enumerate(tree.css('[itemscope][itemtype*="schema.org/ClaimReview" i]')[:MAX_ITEMS]):
        yield f"item[{index}]", _microdata(node, _LEVELS)


def _microdata(scope: LexborNode, levels: int) -> dict[str, Any]:
    """An `itemscope` element as JSON-LD would say it. A name met twice gives a list."""
    made: dict[str, Any] = {"@type": (scope.attributes.get("itemtype") or "").strip()}
    for node in scope.css("[itemprop]"):
        if node.mem_id == scope.mem_id or _owner(node) != scope.mem_id:
            continue
        inner = "itemscope" in node.attributes
        value = _microdata(node, levels - 1) if inner and levels else _value(node)
        for name in (node.attributes.get("itemprop") or "").split():
            made[name] = [*_listed(made[name]), value] if name in made else value
    return made


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _owner(node: LexborNode) -> int:
    """The identity of the nearest `itemscope` above an element."""
    above = node.parent
    while above is not None and "itemscope" not in above.attributes:
        above = above.parent
    return above.mem_id if above is not None else 0


def _value(node: LexborNode) -> str:
    name = _VALUES.get(node.tag or "")
    given = node.attributes.get(name) if name else None
    if given is None:
        given = node.attributes.get("content")
    return given if given is not None else node.text(separator=" ", strip=True)

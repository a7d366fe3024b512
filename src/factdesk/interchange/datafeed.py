"""JSON documents of any size, streamed: DataFeed, `@graph`, arrays, Google answers, or one ClaimReview.

ijson's plain events are used, not its prefixes: a prefix is a string for every level, and a file of 200,000 brackets
or one long key makes it take all memory or all day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ijson  # type: ignore[import-untyped]  # the package carries no types

from factdesk.domain.runs import Place, Repair
from factdesk.interchange.draft import MAX_DEPTH
from factdesk.interchange.entries import Item, items_in_shallow
from factdesk.interchange.streams import CHUNK, Reader

MAX_ENTRY_BYTES = 8 << 20
"""Of one entry; a document that is a single object may not be larger either."""
_LISTS = frozenset({"dataFeedElement", "@graph"})
CONTAINERS = _LISTS | {"claims", "claimReviewMarkupPages", "results", "itemListElement", "reviews"}
"""Keys of a document whose list holds its entries; those of JSON-LD also in a document that is a list of such."""
_ERRORS = (ijson.JSONError, ValueError, ArithmeticError, StopIteration, RuntimeError)
TOO_DEEP = object()
Events = Iterator[tuple[str, Any]]


class _TooLongError(Exception):
    """More bytes than one entry may have went by without one."""


class _Counted:
    """Counts what the parser takes, so that an entry without end is noticed before it fills the memory."""

    def __init__(self, inner: Reader) -> None:
        self._inner = inner
        self.taken = 0
        self.entry_from = 0

    def read(self, size: int = CHUNK, /) -> bytes:
        if self.taken - self.entry_from > MAX_ENTRY_BYTES:
            raise _TooLongError
        chunk = self._inner.read(CHUNK if size < 0 else size)
        self.taken += len(chunk)
        return chunk


def read_document(stream: Reader, source: str) -> Iterator[Item]:
    """The reviews in a JSON document. `Place.row` is the entry's place in its list, from 1.

    At damage everything before it has been given, and one skipped `Repair` says where.
    """
    counted = _Counted(stream)
    row = 0
    try:
        for value in _entries(ijson.basic_parse(counted, buf_size=CHUNK)):
            counted.entry_from = counted.taken
            row += 1
            place = Place(source, row)
            if value is TOO_DEEP:
                yield Repair(place, "too-deep", f"{MAX_DEPTH}", skipped=True)
            else:
                yield from items_in_shallow(value, place)
    except _TooLongError:
        yield Repair(Place(source, row + 1), "document-too-long", f"{MAX_ENTRY_BYTES >> 20} MB", skipped=True)
    except _ERRORS as error:
        cut = "premature EOF" in str(error) or "ncomplete" in str(error)
        code = "json-cut-short" if cut else "json-damaged"
        yield Repair(Place(source, row + 1, f"byte {counted.taken}"), code, _why(error), skipped=True)


def _entries(events: Events) -> Iterator[Any]:
    """Each entry of a document, built; the document itself when it holds no list of them."""
    event, value = next(events)
    if event == "start_map":
        yield from _from_object(events, CONTAINERS)
    elif event == "start_array":
        for begun, inner in _elements(events):
            if begun == "start_map":
                yield from _from_object(events, _LISTS)
            else:
                yield build(events, begun, inner)
    else:
        yield value
    # What follows the document would be damage: the parser says so when it is asked once more.
    for _ in events:
        pass


def _from_object(events: Events, containers: frozenset[str]) -> Iterator[Any]:
    """The entries in an object that has begun: what its list holds, or else the object whole."""
    rest: dict[str, Any] = {}
    deep = listed = False
    for ended, key in events:
        if ended == "end_map":
            break
        event, value = next(events)
        if event == "start_array" and key in containers:
            listed = True
            for begun, inner in _elements(events):
                yield build(events, begun, inner)
        else:
            rest[key] = build(events, event, value)
            deep = deep or rest[key] is TOO_DEEP
    if not listed:
        yield TOO_DEEP if deep else rest


def _elements(events: Events) -> Events:
    """The first event of each element of a list that has begun; the caller reads each element to its end."""
    for event, value in events:
        if event == "end_array":
            return
        yield event, value


def build(events: Events, event: str, value: Any) -> Any:
    """The value that begins with this event; `TOO_DEEP`, read to its end but not built, beyond `MAX_DEPTH` levels."""
    if event not in ("start_map", "start_array"):
        return value
    root: Any = {} if event == "start_map" else []
    stack: list[tuple[Any, Any]] = []
    holder, key = root, None
    for event, value in events:
        if event == "map_key":
            key = value
            continue
        if event in ("end_map", "end_array"):
            if not stack:
                return root
            holder, key = stack.pop()
            continue
        begins = event in ("start_map", "start_array")
        made: Any = ({} if event == "start_map" else []) if begins else value
        if isinstance(holder, dict):
            holder[key] = made
        else:
            holder.append(made)
        if begins:
            if len(stack) >= MAX_DEPTH:
                _pass_over(events, len(stack) + 2)
                return TOO_DEEP
            stack.append((holder, key))
            holder = made
    return root


def _pass_over(events: Events, levels: int) -> None:
    """Read on until that many lists and objects have ended."""
    for event, _ in events:
        if event in ("start_map", "start_array"):
            levels += 1
        elif event in ("end_map", "end_array"):
            levels -= 1
            if not levels:
                return


def _why(error: Any) -> str:
    return str(error).strip().partition("\n")[0][:100]

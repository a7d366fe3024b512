"""JSON documents of any size, streamed: DataFeed, `@graph`, arrays, Google answers, or one ClaimReview."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ijson  # type: ignore[import-untyped]  # the package carries no types

from factdesk.domain.runs import Place, Repair
from factdesk.interchange.entries import Item, items_in
from factdesk.interchange.streams import CHUNK, Peekable, Reader

MAX_ENTRY_BYTES = 16 << 20
"""Of one entry; a document that is a single object may not be larger either."""
CONTAINERS = frozenset(
    {"dataFeedElement", "claims", "@graph", "claimReviewMarkupPages", "results", "itemListElement", "reviews"}
)
_LOOK = 1 << 20
_ERRORS = (ijson.JSONError, ValueError, ArithmeticError)


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


def read_document(stream: Peekable, source: str) -> Iterator[Item]:
    """The reviews in a JSON document. `Place.row` is the entry's place in its list, from 1.

    At damage everything before it has been given, and one skipped `Repair` says where.
    """
    prefix = entries_prefix(stream.peek(_LOOK))
    counted = _Counted(stream)
    row = 0
    try:
        for value in ijson.items(counted, prefix, buf_size=CHUNK):
            counted.entry_from = counted.taken
            row += 1
            yield from items_in(value, Place(source, row if prefix else 0))
    except _TooLongError:
        yield Repair(Place(source, row + 1), "too-long", f"{MAX_ENTRY_BYTES >> 20} MB", skipped=True)
    except ijson.IncompleteJSONError as error:
        cut = "premature EOF" in str(error) or "Incomplete" in str(error)
        code = "json-cut-short" if cut else "json-damaged"
        yield Repair(Place(source, row + 1, f"byte {counted.taken}"), code, _why(error), skipped=True)
    except _ERRORS as error:
        yield Repair(Place(source, row + 1, f"byte {counted.taken}"), "json-damaged", _why(error), skipped=True)


def entries_prefix(head: bytes) -> str:
    """The ijson prefix of a document's entries: `item`, `dataFeedElement.item`, …; empty when it is one object."""
    events = ijson.parse(_Bytes(head), buf_size=CHUNK)
    first = ""
    try:
        for prefix, event, value in events:
            if not prefix and event == "start_array":
                first = "item"
            elif event == "map_key" and value in CONTAINERS and prefix.count(".") <= 1:
                _, after, _ = next(events)
                inner = f"{prefix}.{value}" if prefix else str(value)
                if after in ("start_array", "start_map"):
                    return f"{inner}.item" if after == "start_array" else inner
            elif first and prefix == "item" and event == "end_map":
                # The first entry of an array is over and holds no list of its own.
                return first
    except (*_ERRORS, StopIteration):
        # The beginning ends in the middle of something, or is damaged: reading it in earnest will say where.
        pass
    return first


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int = -1, /) -> bytes:
        size = len(self._data) if size < 0 else size
        out, self._data = self._data[:size], self._data[size:]
        return out


def _why(error: Any) -> str:
    return str(error).strip().partition("\n")[0][:100]

"""JSON Lines: one row, ClaimReview, feed item or Google claim a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from factdesk.domain.runs import Place, Repair
from factdesk.interchange.entries import Item, items_in
from factdesk.interchange.streams import CHUNK, Reader

MAX_LINE_BYTES = 4 << 20


def read_lines(stream: Reader, source: str) -> Iterator[Item]:
    """The reviews in a stream of UTF-8 lines. `Place.row` is the line, from 1."""
    for number, line, whole in lines(stream, MAX_LINE_BYTES):
        place = Place(source, number)
        if not whole:
            yield Repair(place, "too-long", f"{MAX_LINE_BYTES >> 20} MB", skipped=True)
        elif line.strip():
            yield from _line(line, place)


def _line(line: bytes, place: Place) -> Iterator[Item]:
    try:
        value: Any = json.loads(line.decode("utf-8", "replace"))
    except RecursionError:
        yield Repair(place, "too-deep", skipped=True)
    except ValueError as error:
        yield Repair(place, "bad-json", str(error)[:100], skipped=True)
    else:
        yield from items_in(value, place)


def lines(stream: Reader, limit: int) -> Iterator[tuple[int, bytes, bool]]:
    """Each line with its number and whether it is whole; of one longer than `limit` nothing is kept."""
    number, parts, size = 1, [b""], 0
    while chunk := stream.read(CHUNK):
        *ended, rest = chunk.split(b"\n")
        for piece in ended:
            whole = size + len(piece) <= limit
            yield number, b"".join([*parts, piece]) if whole else b"", whole
            number, parts, size = number + 1, [], 0
        size += len(rest)
        parts = [*parts, rest] if size <= limit else []
    if size:
        yield number, b"".join(parts) if size <= limit else b"", size <= limit

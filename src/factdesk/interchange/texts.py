"""Texts that were prepared elsewhere, for the evidence library: JSON Lines, packed with gzip or not.

A row is `{"id": …, "title": …, "text": …, "url": …, "date": …, "language": …, "author": …}`; only `id` and `text` are
needed. What cannot be taken is named with its line and passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from factdesk.domain.runs import Place, Repair
from factdesk.interchange.draft import Draft
from factdesk.interchange.jsonl import lines
from factdesk.interchange.languages import language_code
from factdesk.interchange.streams import opened

MOST_BYTES = 48 << 20
"""Longest line: a text of 10 MB, escaped."""
MOST_CHARACTERS = 20_000_000
"""Characters of a text."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text. `url` is canonical, `date` an ISO 8601 day; both empty where the row has none that can be read."""

    place: Place
    id: str
    text: str
    title: str = ""
    url: str = ""
    date: str = ""
    language: str = ""
    author: str = ""
    repairs: tuple[Repair, ...] = ()


def read_texts(stream: BinaryIO, source: str) -> Iterator[TextRow | Repair]:
    """The rows of a stream, in order, and a `Repair` with `skipped` for each line that cannot be taken."""
    unpacked, packing = opened(stream)
    for number, line, whole in lines(unpacked, MOST_BYTES):
        place = Place(source, number)
        if not whole:
            yield Repair(place, "too-long", f"{MOST_BYTES >> 20} MB", skipped=True)
        elif line.strip():
            yield _read(line, place)
    if packing is not None and packing.damage is not None:
        code, where = packing.damage
        yield Repair(Place(source, 0, where), code, skipped=True)


def _read(line: bytes, place: Place) -> TextRow | Repair:
    try:
        value: Any = json.loads(line.decode("utf-8-sig"))
    except RecursionError:
        return Repair(place, "too-deep", skipped=True)
    except ValueError as error:
        return Repair(place, "bad-json", str(error)[:100], skipped=True)
    draft = Draft(place)
    if not isinstance(value, dict):
        return draft.skip("not-a-text", type(value).__name__)
    own_id = draft.line(value.get("id"), "id")
    text = value.get("text")
    if not own_id:
        return draft.skip("no-id")
    if not isinstance(text, str) or not text.strip():
        return draft.skip("no-text", own_id)
    if len(text) > MOST_CHARACTERS:
        return draft.skip("too-long", own_id)
    return _row(own_id, text, value, draft)


def _row(own_id: str, text: str, value: dict[str, Any], draft: Draft) -> TextRow:
    row = TextRow(
        draft.place,
        own_id,
        text,
        title=draft.line(value.get("title"), "title"),
        url=draft.url(value.get("url"), "url"),
        date=draft.day(value.get("date"), "date"),
        language=language_code(value.get("language"), draft),
        author=draft.line(value.get("author"), "author"),
    )
    return replace(row, repairs=draft.repairs)

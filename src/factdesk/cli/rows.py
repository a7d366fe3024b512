"""Many messages at once: JSON Lines in, JSON Lines out, in the order of the input.

A row is `{"id": …, "text": …}`; the id (a text or a number) comes back as it was given. A row whose text cannot be
read is answered in its place, with nothing found and an `error`; a row that has no id, or is no JSON, cannot be
answered and is left out. Both are named with their line.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar

from factdesk.cli.inputs import sound
from factdesk.errors import InputError

T = TypeVar("T")

MOST_BYTES = 8_000_000
"""Longest line that is read."""

NOT_JSON = "This line is not JSON."
TOO_LONG = "This line is too long."
NO_OBJECT = "A row is an object with id and text."
NO_ID = "The row has no id that is a text or a number."
NO_TEXT = "The row has no text."


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the input. `error` is a template; a row without `answered` has no place in the output."""

    line: int
    id: str | int | float | None = None
    text: str = ""
    error: str = ""

    @property
    def answered(self) -> bool:
        """Whether the output has a row for it."""
        return self.id is not None


def text_row(line: int, own_id: str | int | float, data: Mapping[str, Any]) -> Row:
    """A row with a text."""
    text = data.get("text")
    return Row(line, own_id, sound(text)) if isinstance(text, str) else Row(line, own_id, error=NO_TEXT)


def read_rows(
    stream: BinaryIO, source: str, make: Callable[[int, str | int | float, Mapping[str, Any]], Row] = text_row
) -> Iterator[Row]:
    """The rows of JSON Lines, blank lines passed over. Raises `InputError` when a packed file is damaged.

    `make` is given the line, the id and the whole object of each row that has an id.
    """
    number = 0
    try:
        while line := stream.readline(MOST_BYTES + 1):
            number += 1
            if len(line) > MOST_BYTES and not line.endswith(b"\n"):
                _pass_over(stream)
                yield Row(number, error=TOO_LONG)
            elif line.strip():
                yield _row(number, line, make)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(
            "The packed file is damaged after line {line}.", place=source, remedy="Fetch or make it again.", line=number
        ) from error


def _pass_over(stream: BinaryIO) -> None:
    """To the end of a line that is too long to be held."""
    while (piece := stream.readline(65536)) and not piece.endswith(b"\n"):
        pass


def _row(number: int, line: bytes, make: Callable[[int, str | int | float, Mapping[str, Any]], Row]) -> Row:
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Row(number, error=NOT_JSON)
    if not isinstance(data, dict):
        return Row(number, error=NO_OBJECT)
    own_id = data.get("id")
    if isinstance(own_id, bool) or not isinstance(own_id, (str, int, float)) or own_id == "":
        return Row(number, error=NO_ID)
    return make(number, own_id, data)


def answered(
    rows: Iterable[Row], answer: Callable[[Iterator[tuple[str, str]]], Iterable[T]], report: Callable[[Row], None]
) -> Iterator[tuple[Row, T | None]]:
    """Each row that has a place in the output with its answer, None for a row that could not be read.

    `answer` takes rows as (id, text) and gives one answer each, in their order; it may read ahead as far as it likes.
    `report` hears of every row that could not be read.
    """
    waiting: deque[Row] = deque()

    def readable() -> Iterator[tuple[str, str]]:
        for row in rows:
            if row.error:
                report(row)
            if row.answered:
                waiting.append(row)
            if not row.error:
                yield str(row.id), row.text

    for found in answer(readable()):
        while waiting[0].error:
            yield waiting.popleft(), None
        yield waiting.popleft(), found
    while waiting:
        yield waiting.popleft(), None


def line_of(row: Row, key: str, found: list[Any] | None) -> str:
    """A row of the output: `{"id": …, key: [...]}`, with an `error` where the row could not be read."""
    data: dict[str, Any] = {"id": row.id, key: found or []}
    if row.error:
        data["error"] = row.error
    line = json.dumps(data, ensure_ascii=False) + "\n"
    # A lone surrogate in an id has no UTF-8: it goes out escaped, as it came in.
    return line if line.isascii() else line.encode("utf-8", "backslashreplace").decode("utf-8")

"""`--input` and `--output`: every message of a file answered, what could not be read said and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from factdesk.cli.call import Call
from factdesk.cli.inputs import opened_input, opened_output
from factdesk.cli.rows import Row, answered, line_of, read_rows
from factdesk.errors import InputError, UsageError

T = TypeVar("T")

NAMED = 20
"""How many unreadable rows are named on the screen; the report names all of them."""


def check_input(message: str | None, source: str | None, target: str | None) -> None:
    """Raise `UsageError` for a message beside `--input`, or for `--output` without it."""
    if source is not None and message is not None:
        raise UsageError("A message and --input were given.", remedy="Give one of the two.")
    if source is None and target is not None:
        raise UsageError("{option} goes with --input.", option="--output")


def answer_file(
    call: Call,
    source: str,
    target: str,
    key: str,
    answer: Callable[[Iterator[tuple[str, str]]], Iterable[T]],
    shape: Callable[[T], list[dict[str, Any]]],
) -> None:
    """Answer the rows of `source` into `target`. Raises `InputError` when not one row could be read."""
    unread: list[Row] = []
    count = 0
    with opened_input(source) as stream, opened_output(target) as out:
        for row, found in answered(read_rows(stream, source), answer, unread.append):
            out.write(line_of(row, key, None if found is None else shape(found)))
            count += 1
    tell_unread(call, source, target, unread)
    if unread and count == sum(row.answered for row in unread):
        raise InputError(
            "No row could be read.",
            place=source,
            remedy="A row looks like this: {example}",
            example='{"id": "1", "text": "message"}',
        )
    call.talk("{count} messages answered.", count=f"{count:,}")


def tell_unread(call: Call, source: str, target: str, unread: list[Row]) -> None:
    """Name on the screen the rows that could not be read, and all of them in a report beside the answers."""
    for row in unread[:NAMED]:
        call.warn("{source}, line {line}: {error}", source=source, line=row.line, error=call.say(row.error))
    if not unread:
        return
    if target == "-":
        call.warn("{count} rows could not be read.", count=f"{len(unread):,}")
        return
    report = f"{target.removesuffix('.gz')}.report.jsonl"
    with opened_output(report) as out:
        for row in unread:
            out.write(json.dumps({"line": row.line, "id": row.id, "error": row.error}, ensure_ascii=False) + "\n")
    call.warn("{count} rows could not be read; all of them are named in {file}.", count=f"{len(unread):,}", file=report)

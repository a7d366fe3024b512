"""Whether what evidence is looked up by agrees with what was sealed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from factdesk.domain.captures import attachment_from, capture_from
from factdesk.domain.citations import citation_from
from factdesk.domain.looks import look_from
from factdesk.store.captures import CAPTURES, lookup_columns
from factdesk.store.citations import ATTACHMENTS, CITATIONS, LOOKS
from factdesk.store.sealed import SEALED
from factdesk.store.stream import streamed
from factdesk.store.text import indexable

Row = Any
Check = Callable[[Row, dict[str, Any], dict[str, int]], bool]


def wrong_evidence(session: Session) -> Iterator[int]:
    """The seq of the event behind every fact whose row to look it up by is missing or says something else; 0 for rows
    that no event speaks of."""
    numbers = {str(row[0]): int(row[1]) for row in session.execute(select(CAPTURES.c.id, CAPTURES.c.number))}
    for kind, (where, agrees) in _KINDS.items():
        chosen = (
            select(SEALED.c.content, SEALED.c.seq.label("sealed_seq"), *where.c)
            .join(where, where.c.id == SEALED.c.id, isouter=True)
            .where(SEALED.c.kind == kind)
        )
        for row in streamed(session, chosen):
            if row.id is None or (row.content is not None and not _safely(agrees, row, numbers)):
                yield row.sealed_seq
        stray = select(where.c.id).join(SEALED, SEALED.c.id == where.c.id, isouter=True)
        for _ in streamed(session, stray.where(SEALED.c.kind.is_(None) | (SEALED.c.kind != kind))):
            yield 0
    yield from _misnumbered(session)


def _misnumbered(session: Session) -> Iterator[int]:
    """The seq of the first capture whose number is not its place in the order in which captures were made."""
    chosen = select(CAPTURES.c.number, SEALED.c.seq).join(SEALED, SEALED.c.id == CAPTURES.c.id)
    for expected, row in enumerate(streamed(session, chosen.order_by(SEALED.c.seq, SEALED.c.place)), 1):
        if row.number != expected:
            yield row.seq
            return


def _safely(agrees: Check, row: Row, numbers: dict[str, int]) -> bool:
    try:
        return agrees(row, json.loads(row.content), numbers)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # Not what such a fact looks like: somebody else wrote it.
        return False


def _capture(row: Row, data: dict[str, Any], _numbers: dict[str, int]) -> bool:
    columns = lookup_columns(capture_from(data))
    return row.seq == row.sealed_seq and all(getattr(row, name) == value for name, value in columns.items())


def _citation(row: Row, data: dict[str, Any], numbers: dict[str, int]) -> bool:
    citation = citation_from(data)
    said = (numbers[citation.capture], indexable(citation.claim), citation.stance)
    return said == (row.capture, row.claim, row.stance)


def _attachment(row: Row, data: dict[str, Any], numbers: dict[str, int]) -> bool:
    attachment = attachment_from(data)
    return (numbers[attachment.capture], attachment.kind, attachment.blob) == (row.capture, row.kind, row.blob)


def _look(row: Row, data: dict[str, Any], numbers: dict[str, int]) -> bool:
    look = look_from(data)
    after = numbers[look.after] if look.after else None
    return (numbers[look.capture], look.time, look.outcome, after) == (row.capture, row.time, row.outcome, row.after)


_KINDS: dict[str, tuple[Table, Check]] = {
    "capture": (CAPTURES, _capture),
    "citation": (CITATIONS, _citation),
    "attachment": (ATTACHMENTS, _attachment),
    "look": (LOOKS, _look),
}

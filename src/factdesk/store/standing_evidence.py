"""Whether what evidence is looked up by agrees with what was sealed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, func, or_, select, true
from sqlalchemy.orm import Session

from factdesk.domain.captures import attachment_from, capture_from
from factdesk.domain.citations import citation_from
from factdesk.domain.looks import look_from
from factdesk.store.captures import CAPTURES, lookup_columns
from factdesk.store.citations import ATTACHMENTS, CITATIONS, LOOKS
from factdesk.store.redacted import REDACTED_COLUMNS
from factdesk.store.sealed import SEALED
from factdesk.store.stream import streamed
from factdesk.store.text import indexable

Row = Any
Number = Callable[[str], int]
"""The number of a capture, by its id. Raises `KeyError`."""
Check = Callable[[Row, dict[str, Any], Number], bool]


def wrong_evidence(session: Session) -> Iterator[int]:
    """The seq of the event behind every fact whose row to look it up by is missing or says something else; 0 for rows
    that no event speaks of."""
    numbers = {str(row[0]): int(row[1]) for row in session.execute(select(CAPTURES.c.id, CAPTURES.c.number))}
    for kind in _KINDS:
        yield from _wrong(session, kind, numbers.__getitem__, true(), true())
    yield from _misnumbered(session)


def wrong_about(session: Session, own_id: str) -> Iterator[int]:
    """The same of one fact alone: of the capture that it is or is about, and of all that is about that capture."""
    ids = {own_id, *_captures_of(session, own_id)}
    found = session.execute(select(CAPTURES.c.id, CAPTURES.c.number).where(CAPTURES.c.id.in_(ids)))
    numbers = {str(row[0]): int(row[1]) for row in found}
    for kind, (where, _) in _KINDS.items():
        mine = SEALED.c.id.in_(ids)
        if kind == "capture":
            yield from _wrong(session, kind, numbers.__getitem__, mine, where.c.id.in_(ids))
            continue
        rows = where.c.capture.in_(numbers.values())
        # A fact whose row is gone, or is about another capture, is known by its content alone.
        named = [SEALED.c.content.contains(each, autoescape=True) for each in ids]
        yield from _wrong(
            session, kind, partial(_number, session), or_(mine, rows, *named), or_(rows, where.c.id.in_(ids))
        )
    for own, number in numbers.items():
        yield from _out_of_place(session, own, number)


def _captures_of(session: Session, own_id: str) -> Iterator[str]:
    """The ids of the captures that a fact is about, by its row and by its content."""
    for where in (CITATIONS, ATTACHMENTS, LOOKS):
        chosen = select(CAPTURES.c.id).join(where, where.c.capture == CAPTURES.c.number).where(where.c.id == own_id)
        yield from session.execute(chosen).scalars()
    content = session.execute(select(SEALED.c.content).where(SEALED.c.id == own_id)).scalar()
    with suppress(ValueError, TypeError, KeyError, RecursionError):
        yield str(json.loads(content or "")["capture"])


def _number(session: Session, own_id: str) -> int:
    """The number of a capture. Raises `KeyError`."""
    found = session.execute(select(CAPTURES.c.number).where(CAPTURES.c.id == own_id)).scalar()
    if found is None:
        raise KeyError(own_id)
    return int(found)


def _wrong(
    session: Session, kind: str, number: Number, facts: ColumnElement[bool], rows: ColumnElement[bool]
) -> Iterator[int]:
    """What is wrong of one kind, among these facts and these rows."""
    where, agrees = _KINDS[kind]
    chosen = (
        select(SEALED.c.content, SEALED.c.seq.label("sealed_seq"), *where.c)
        .join(where, where.c.id == SEALED.c.id, isouter=True)
        .where(SEALED.c.kind == kind, facts)
    )
    for row in streamed(session, chosen):
        if row.id is None or not (_blank(kind, row) if row.content is None else _safely(agrees, row, number)):
            yield row.sealed_seq
    stray = select(where.c.id).join(SEALED, SEALED.c.id == where.c.id, isouter=True)
    for _ in streamed(session, stray.where(SEALED.c.kind.is_(None) | (SEALED.c.kind != kind), rows)):
        yield 0


def _blank(kind: str, row: Row) -> bool:
    """Whether nothing of what a redacted fact said is left to look it up by."""
    return all(getattr(row, name) == value for name, value in REDACTED_COLUMNS[kind].items())


def _misnumbered(session: Session) -> Iterator[int]:
    """The seq of the first capture whose number is not its place in the order in which captures were made."""
    chosen = select(CAPTURES.c.number, SEALED.c.seq).join(SEALED, SEALED.c.id == CAPTURES.c.id)
    for expected, row in enumerate(streamed(session, chosen.order_by(SEALED.c.seq, SEALED.c.place)), 1):
        if row.number != expected:
            yield row.seq
            return


def _out_of_place(session: Session, own_id: str, number: int) -> Iterator[int]:
    """The seq of a capture whose number is not its place in that order."""
    own = session.execute(select(SEALED.c.seq, SEALED.c.place).where(SEALED.c.id == own_id)).first()
    if own is None:
        return
    before = or_(SEALED.c.seq < own.seq, and_(SEALED.c.seq == own.seq, SEALED.c.place < own.place))
    chosen = select(func.count()).select_from(CAPTURES).join(SEALED, SEALED.c.id == CAPTURES.c.id)
    if session.execute(chosen.where(before)).scalar_one() + 1 != number:
        yield own.seq


def _safely(agrees: Check, row: Row, number: Number) -> bool:
    try:
        return agrees(row, json.loads(row.content), number)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # Not what such a fact looks like: somebody else wrote it.
        return False


def _capture(row: Row, data: dict[str, Any], _number: Number) -> bool:
    columns = lookup_columns(capture_from(data))
    return row.seq == row.sealed_seq and all(getattr(row, name) == value for name, value in columns.items())


def _citation(row: Row, data: dict[str, Any], number: Number) -> bool:
    citation = citation_from(data)
    said = (number(citation.capture), indexable(citation.claim), citation.stance)
    return said == (row.capture, row.claim, row.stance)


def _attachment(row: Row, data: dict[str, Any], number: Number) -> bool:
    attachment = attachment_from(data)
    return (number(attachment.capture), attachment.kind, attachment.blob) == (row.capture, row.kind, row.blob)


def _look(row: Row, data: dict[str, Any], number: Number) -> bool:
    look = look_from(data)
    after = number(look.after) if look.after else None
    return (number(look.capture), look.time, look.outcome, after) == (row.capture, row.time, row.outcome, row.after)


_KINDS: dict[str, tuple[Table, Check]] = {
    "capture": (CAPTURES, _capture),
    "citation": (CITATIONS, _citation),
    "attachment": (ATTACHMENTS, _attachment),
    "look": (LOOKS, _look),
}

"""Captures with what belongs to them as the record has them, unread: for whoever must not believe them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from factdesk.store.blobs import BLOBS, INLINE
from factdesk.store.captures import CAPTURES
from factdesk.store.citations import ATTACHMENTS, CITATIONS
from factdesk.store.reviews import parts
from factdesk.store.sealed import SEALED

PART = 50
"""Captures that are read at once, with their small blobs."""


class HeldRow(NamedTuple):
    """A fact's id and sealed content (None where it was redacted), and the number of the capture that it is about."""

    number: int
    id: str
    content: str | None


def held_captures(session: Session, numbers: Sequence[int] | None = None) -> Iterator[list[HeldRow]]:
    """Captures in order of number, some at a time: all of them, or those of these numbers and no others."""
    chosen = select(CAPTURES.c.number, CAPTURES.c.id, SEALED.c.content).outerjoin(SEALED, SEALED.c.id == CAPTURES.c.id)
    if numbers is not None:
        for part in parts(list(numbers), PART):
            found = session.execute(chosen.where(CAPTURES.c.number.in_(part)).order_by(CAPTURES.c.number))
            yield [HeldRow(*row) for row in found]
        return
    after = 0
    while True:
        found = session.execute(chosen.where(CAPTURES.c.number > after).order_by(CAPTURES.c.number).limit(PART))
        rows = [HeldRow(*row) for row in found]
        if not rows:
            return
        yield rows
        after = rows[-1].number


def held_citations(session: Session, numbers: Sequence[int]) -> dict[int, list[HeldRow]]:
    """The citations of captures, by the captures' numbers, in the order in which they were made."""
    return _belonging(session, CITATIONS, numbers)


def held_attachments(session: Session, numbers: Sequence[int]) -> dict[int, list[HeldRow]]:
    """The attachments of captures, by the captures' numbers, in the order in which they came."""
    return _belonging(session, ATTACHMENTS, numbers)


def held_blobs(session: Session, digests: Collection[str]) -> dict[str, bytes]:
    """Those of these blobs that lie in the record, by digest. Nothing else tells that they are."""
    found: dict[str, bytes] = {}
    for part in parts(sorted(digests)):
        chosen = select(BLOBS.c.digest, BLOBS.c.data).where(BLOBS.c.digest.in_(part), BLOBS.c.size <= INLINE)
        found |= {row[0]: bytes(row[1]) for row in session.connection().execute(chosen) if isinstance(row[1], bytes)}
    return found


def number_of(session: Session, own_id: str) -> int:
    """The number of the capture that a citation or attachment is about, or that a capture has; 0 for anything else."""
    for table, column in ((CAPTURES, "number"), (CITATIONS, "capture"), (ATTACHMENTS, "capture")):
        found = session.execute(select(table.c[column]).where(table.c.id == own_id)).scalar()
        if found is not None:
            return int(found)
    return 0


def _belonging(session: Session, table: Table, numbers: Sequence[int]) -> dict[int, list[HeldRow]]:
    found: dict[int, list[HeldRow]] = {}
    chosen = select(table.c.capture, table.c.id, SEALED.c.content).outerjoin(SEALED, SEALED.c.id == table.c.id)
    for part in parts(list(numbers)):
        for row in session.execute(chosen.where(table.c.capture.in_(part)).order_by(SEALED.c.seq, SEALED.c.place)):
            found.setdefault(row[0], []).append(HeldRow(*row))
    return found

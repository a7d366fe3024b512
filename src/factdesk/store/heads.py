"""The signed heads of the log. Each is a fact of the key that signed it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from factdesk.domain.heads import SignedHead, head_from
from factdesk.store.items import ITEM_FACTS, ITEMS, item_facts
from factdesk.store.models import Events, table
from factdesk.store.sealed import SEALED
from factdesk.store.stream import streamed

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading back something raises that no desk sealed."""

_EVENTS = table(Events)
_OF_KEYS = ITEM_FACTS.c.item.in_(select(ITEMS.c.id).where(ITEMS.c.kind == "key"))
_PLACED = (
    select(ITEM_FACTS.c.fact, SEALED.c.seq, _EVENTS.c.time)
    .join(SEALED, SEALED.c.id == ITEM_FACTS.c.fact)
    .join(_EVENTS, _EVENTS.c.seq == SEALED.c.seq)
    # By the keys, of which there are few: facts are looked up by what they belong to.
    .where(_OF_KEYS, ITEM_FACTS.c.kind == "head", SEALED.c.content.is_not(None))
    .order_by(SEALED.c.seq)
)


@dataclass(frozen=True, slots=True)
class PlacedHead:
    """Where a signed head is: the id of its fact, and the event that sealed it, with its time."""

    id: str
    seq: int
    time: datetime


@dataclass(frozen=True, slots=True)
class SealedHead:
    """A signed head as it lies in the record: the id of its fact, the event that sealed it, and the hash of the one
    before that."""

    id: str
    seq: int
    previous_hash: str
    content: str

    @property
    def follows(self) -> tuple[int, str]:
        """The head that its event follows, which is what was to be signed."""
        return self.seq - 1, self.previous_hash


def placed_heads(session: Session) -> list[PlacedHead]:
    """Every signed head, oldest first, without its content."""
    return [PlacedHead(*tuple(row)) for row in session.execute(_PLACED)]


def heads_by_id(session: Session, ids: list[str]) -> list[SignedHead]:
    """Signed heads by the ids of their facts, in that order. Raises `ValueError`, `TypeError` or `KeyError` for what
    no desk sealed."""
    rows = item_facts(session, ids)
    return [head_from(json.loads(rows[each].content or "")) for each in ids if each in rows]


def sealed_heads(session: Session) -> Iterator[SealedHead]:
    """Every signed head, oldest first, streamed."""
    for row in streamed(session, _PLACED.add_columns(_EVENTS.c.previous_hash, SEALED.c.content)):
        yield SealedHead(row.fact, row.seq, row.previous_hash, row.content)


def wrong_heads(session: Session) -> Iterator[int]:
    """The seq of every event that sealed a head other than the one it follows. Whose signature it is, is not looked
    at."""
    for each in sealed_heads(session):
        try:
            right = head_from(json.loads(each.content)).head == each.follows
        except UNREADABLE:
            right = False
        if not right:
            yield each.seq

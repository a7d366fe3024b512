"""Which facts of a kind there are, without reading them; and those of some items at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from factdesk.store.events import get_event
from factdesk.store.items import ITEM_FACTS, FactKind, FactRow
from factdesk.store.models import Attachments, Captures, Events, table
from factdesk.store.reviews import parts
from factdesk.store.sealed import SEALED

_EVENTS = table(Events)
_ATTACHMENTS, _CAPTURES = table(Attachments), table(Captures)
_REDACTS = "redact"
"""In the names of the actions of events that take something out."""


class Known(NamedTuple):
    """A fact of an item, by its place. `kept` is false for one that was redacted."""

    item: str
    fact: str
    number: int
    seq: int
    kept: bool


def known_facts(session: Session, kind: FactKind) -> list[Known]:
    """Every fact of a kind, those of one item together and in their order."""
    chosen = (
        select(ITEM_FACTS.c.item, ITEM_FACTS.c.fact, ITEM_FACTS.c.number, SEALED.c.seq, SEALED.c.content.is_not(None))
        .join(SEALED, SEALED.c.id == ITEM_FACTS.c.fact)
        .where(ITEM_FACTS.c.kind == kind)
        .order_by(ITEM_FACTS.c.item, ITEM_FACTS.c.number)
    )
    return [Known(str(row[0]), str(row[1]), int(row[2]), int(row[3]), bool(row[4])) for row in session.execute(chosen)]


def facts_of_items(session: Session, items: Collection[str], kind: FactKind) -> Iterator[FactRow]:
    """The facts of one kind of some items, those of one item together and in their order."""
    chosen = select(
        ITEM_FACTS.c.fact, ITEM_FACTS.c.item, ITEM_FACTS.c.kind, ITEM_FACTS.c.number, SEALED.c.seq, SEALED.c.content
    ).join(SEALED, SEALED.c.id == ITEM_FACTS.c.fact)
    for part in parts(sorted(items)):
        rows = session.execute(
            chosen.where(ITEM_FACTS.c.item.in_(part), ITEM_FACTS.c.kind == kind).order_by(
                ITEM_FACTS.c.item, ITEM_FACTS.c.number
            )
        )
        for row in rows:
            yield FactRow(*tuple(row))


def only_added_since(session: Session, seq: int, digest: str) -> bool:
    """Whether the record goes on from this head and nothing was taken out of it since."""
    event = get_event(session, seq)
    if seq and (event is None or event.hash != digest):
        return False
    gone = select(_EVENTS.c.seq).where(_EVENTS.c.seq > seq, _EVENTS.c.action.contains(_REDACTS)).limit(1)
    return session.execute(gone).first() is None


def attached_since(session: Session, seq: int) -> set[str]:
    """The ids of captures that something was attached to in events above `seq`."""
    chosen = (
        select(_CAPTURES.c.id)
        .join(_ATTACHMENTS, _ATTACHMENTS.c.capture == _CAPTURES.c.number)
        .join(SEALED, SEALED.c.id == _ATTACHMENTS.c.id)
        .where(SEALED.c.seq > seq)
    )
    return {str(row[0]) for row in session.execute(chosen)}

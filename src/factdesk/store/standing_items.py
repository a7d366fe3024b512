"""Whether what items are looked up by agrees with what was sealed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from factdesk.store.items import FACT_KINDS, ITEM_FACTS, ITEM_KINDS, ITEMS, NO_COLUMNS, PERSON_COLUMNS, columns_of
from factdesk.store.sealed import SEALED
from factdesk.store.stream import streamed


def wrong_items(session: Session) -> Iterator[int]:
    """The seq of the event behind every fact of an item whose rows are missing or say something else; 0 for rows that
    no event speaks of."""
    yield from _wrong_facts(session)
    yield from _wrong_states(session)
    yield from _without_item(session)
    stray = select(ITEM_FACTS.c.fact).join(SEALED, SEALED.c.id == ITEM_FACTS.c.fact, isouter=True)
    for _ in streamed(session, stray.where(SEALED.c.id.is_(None) | (SEALED.c.kind != ITEM_FACTS.c.kind))):
        yield 0


def _wrong_facts(session: Session) -> Iterator[int]:
    """Facts without a row, and facts that are not the next of their kind of their item."""
    chosen = (
        select(SEALED.c.seq, ITEM_FACTS.c.item, ITEM_FACTS.c.kind, ITEM_FACTS.c.number)
        .join(ITEM_FACTS, ITEM_FACTS.c.fact == SEALED.c.id, isouter=True)
        .where(SEALED.c.kind.in_(FACT_KINDS))
        .order_by(SEALED.c.seq, SEALED.c.place)
    )
    last: dict[tuple[str, str], int] = {}
    for seq, item, kind, number in streamed(session, chosen):
        if item is None:
            yield seq
            continue
        if number != last.get((item, kind), 0) + 1:
            yield seq
        last[item, kind] = number


def _wrong_states(session: Session) -> Iterator[int]:
    """Items that are not what their newest version says."""
    newest = (
        select(ITEM_FACTS.c.number)
        .where(ITEM_FACTS.c.fact == ITEMS.c.fact, ITEM_FACTS.c.item == ITEMS.c.id, ITEM_FACTS.c.kind == ITEMS.c.kind)
        .correlate(ITEMS)
        .scalar_subquery()
    )
    later = (
        select(ITEM_FACTS.c.fact)
        .where(ITEM_FACTS.c.item == ITEMS.c.id, ITEM_FACTS.c.kind == ITEMS.c.kind)
        .where(ITEM_FACTS.c.number > ITEMS.c.version)
        .correlate(ITEMS)
        .exists()
    )
    columns = (ITEMS.c.kind, ITEMS.c.version, ITEMS.c.seq, ITEMS.c.state, ITEMS.c.name, ITEMS.c.parent)
    chosen = select(
        *columns, SEALED.c.seq.label("sealed_seq"), SEALED.c.content, newest.label("number"), later.label("later")
    ).join(SEALED, SEALED.c.id == ITEMS.c.fact, isouter=True)
    for row in streamed(session, chosen):
        if row.sealed_seq is None or row.kind not in ITEM_KINDS:
            yield 0
        elif row.number != row.version or row.later or row.seq != row.sealed_seq or not _says_so(row):
            yield row.sealed_seq


def _without_item(session: Session) -> Iterator[int]:
    """Facts of items that are gone: a check whose row somebody took out would be on no list, and nobody would know."""
    chosen = (
        select(SEALED.c.seq)
        .join(ITEM_FACTS, ITEM_FACTS.c.fact == SEALED.c.id)
        .join(ITEMS, ITEMS.c.id == ITEM_FACTS.c.item, isouter=True)
        .where(ITEMS.c.id.is_(None))
        .order_by(SEALED.c.seq)
    )
    for (seq,) in streamed(session, chosen):
        yield seq


def _says_so(row: object) -> bool:
    kind, content = getattr(row, "kind", ""), getattr(row, "content", None)
    if content is None:
        # Nothing is left of what it said but, of a person, the name.
        left = PERSON_COLUMNS if kind == "person" else NO_COLUMNS
        return all(getattr(row, name) == value for name, value in left.items())
    try:
        return columns_of(kind, content) == tuple(getattr(row, name) for name in ("state", "name", "parent"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # Not what such an item looks like: somebody else wrote it.
        return False

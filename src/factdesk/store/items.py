"""What changes, as versions that do not: people, keys, claims, tips and checks, and what belongs to a check.

A change seals a new version of the item and, in the same event, whatever came with it (a revision, a sign-off). The
row in `items` is the newest version, with what is looked up of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Select, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session

from factdesk.domain.events import Event
from factdesk.domain.keys import fingerprint
from factdesk.store.models import ItemFacts, Items, table
from factdesk.store.record import Writer
from factdesk.store.reviews import parts
from factdesk.store.sealed import SEALED, seal_each
from factdesk.store.stream import streamed
from factdesk.store.text import indexable

ITEMS = table(Items)
ITEM_FACTS = table(ItemFacts)

ItemKind = Literal["person", "key", "claim", "tip", "scale", "check"]
FactKind = Literal["person", "key", "claim", "tip", "scale", "check", "revision", "signoff", "publication", "head"]

ITEM_KINDS: tuple[ItemKind, ...] = get_args(ItemKind)
FACT_KINDS: tuple[FactKind, ...] = get_args(FactKind)


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to be written about an item. One whose kind is an item's is that item's next version."""

    kind: FactKind
    item: str
    content: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as it stands. `content` is its newest version's, None where it was redacted."""

    id: str
    kind: ItemKind
    version: int
    fact: str
    seq: int
    state: str
    name: str
    parent: str
    content: str | None


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact of an item. `content` is None where it was redacted."""

    id: str
    item: str
    kind: FactKind
    number: int
    seq: int
    content: str | None


NO_COLUMNS = {"state": "redacted", "name": "", "parent": ""}
"""What is looked up of an item whose newest version was redacted."""
PERSON_COLUMNS = {"state": "disabled", "parent": ""}
"""The same of a person, whose name stays: it is given once."""

Columns = tuple[str, str, str]
"""What is looked up of an item: its state, its name, what it belongs to."""


def _person(data: Mapping[str, Any]) -> Columns:
    return ("disabled" if data.get("disabled") else "active", data["name"], "")


def _key(data: Mapping[str, Any]) -> Columns:
    return ("revoked" if data.get("revoked") else "active", fingerprint(data["public"]), data["person"])


def _claim(data: Mapping[str, Any]) -> Columns:
    return (data["kind"], "", "")


def _tip(data: Mapping[str, Any]) -> Columns:
    return (data["origin"], "", data.get("claim", ""))


def _scale(_data: Mapping[str, Any]) -> Columns:
    return ("", "", "")


def _check(data: Mapping[str, Any]) -> Columns:
    return (data["standing"]["state"], "", (data.get("claims") or [""])[0])


_COLUMNS: dict[str, Callable[[Mapping[str, Any]], Columns]] = {
    "person": _person,
    "key": _key,
    "claim": _claim,
    "tip": _tip,
    "scale": _scale,
    "check": _check,
}

_ITEM = select(*(ITEMS.c[name] for name in ItemRow.__slots__ if name != "content"), SEALED.c.content).join(
    SEALED, SEALED.c.id == ITEMS.c.fact
)
_FACT = select(
    ITEM_FACTS.c.fact, ITEM_FACTS.c.item, ITEM_FACTS.c.kind, ITEM_FACTS.c.number, SEALED.c.seq, SEALED.c.content
).join(SEALED, SEALED.c.id == ITEM_FACTS.c.fact)
_LAST = select(func.max(ITEM_FACTS.c.number)).where(
    ITEM_FACTS.c.item == bindparam("item"), ITEM_FACTS.c.kind == bindparam("kind")
)


def columns_of(kind: str, content: str) -> Columns:
    """What is looked up of an item's version. Raises `ValueError`, `TypeError` or `KeyError` for what is none."""
    state, name, parent = _COLUMNS[kind](json.loads(content))
    return indexable(state), indexable(name), indexable(parent)


def put_facts(
    writer: Writer, facts: Sequence[NewFact], *, actor: str, action: str, subject: str
) -> tuple[Event, tuple[str, ...]]:
    """Write facts of items and one event that seals them; returns it and the facts' ids, in their order."""
    own = tuple(fact.id or writer.clock.new_id() for fact in facts)
    named = [(fact.kind, own_id, fact.content) for own_id, fact in zip(own, facts, strict=True)]
    event = seal_each(writer, named, actor=actor, action=action, subject=subject)
    placed = list(zip(own, facts, strict=True))
    # What belongs to an item is written after it: it refers to it.
    for own_id, fact in sorted(placed, key=lambda each: each[1].kind not in ITEM_KINDS):
        last = writer.session.execute(_LAST, {"item": fact.item, "kind": fact.kind}).scalar() or 0
        if fact.kind in ITEM_KINDS:
            _stand(writer, fact, own_id, last + 1, event.seq)
        row = {"fact": own_id, "item": fact.item, "kind": fact.kind, "number": last + 1}
        writer.session.execute(insert(ITEM_FACTS), [row])
    return event, own


def _stand(writer: Writer, fact: NewFact, own_id: str, version: int, seq: int) -> None:
    """Make a fact what an item is from now on."""
    state, name, parent = columns_of(fact.kind, fact.content)
    values = {"version": version, "fact": own_id, "seq": seq, "state": state, "name": name, "parent": parent}
    if version == 1:
        writer.session.execute(insert(ITEMS), [{"id": fact.item, "kind": fact.kind, **values}])
    else:
        writer.session.execute(update(ITEMS).where(ITEMS.c.id == fact.item).values(values))


def get_item(session: Session, own_id: str) -> ItemRow | None:
    """An item by its id."""
    row = session.execute(_ITEM.where(ITEMS.c.id == own_id)).first()
    return ItemRow(*tuple(row)) if row else None


def items_by_id(session: Session, ids: Collection[str]) -> dict[str, ItemRow]:
    """Items by their ids; unknown ones are left out."""
    found: dict[str, ItemRow] = {}
    for part in parts(list(ids)):
        found |= {row.id: ItemRow(*tuple(row)) for row in session.execute(_ITEM.where(ITEMS.c.id.in_(part)))}
    return found


def item_named(session: Session, kind: ItemKind, name: str) -> ItemRow | None:
    """The item of that name; the oldest where several have it."""
    chosen = _ITEM.where(ITEMS.c.kind == kind, ITEMS.c.name == indexable(name)).order_by(ITEMS.c.id).limit(1)
    row = session.execute(chosen).first()
    return ItemRow(*tuple(row)) if row else None


def all_items(
    session: Session, kind: ItemKind, *, states: Collection[str] = (), parent: str | None = None
) -> Iterator[ItemRow]:
    """Items of a kind in the order in which they were made, streamed; in those states, of that parent."""
    chosen = _ITEM.where(ITEMS.c.kind == kind).order_by(ITEMS.c.id)
    if states:
        chosen = chosen.where(ITEMS.c.state.in_(list(states)))
    if parent is not None:
        chosen = chosen.where(ITEMS.c.parent == indexable(parent))
    for row in streamed(session, chosen):
        yield ItemRow(*tuple(row))


def count_items(session: Session, kind: ItemKind, states: Collection[str] = ()) -> int:
    """How many items of a kind there are."""
    chosen = select(func.count()).select_from(ITEMS).where(ITEMS.c.kind == kind)
    if states:
        chosen = chosen.where(ITEMS.c.state.in_(list(states)))
    return int(session.execute(chosen).scalar_one())


def item_ids(session: Session, kind: ItemKind, part: str, limit: int = 10) -> list[str]:
    """Ids of items of a kind that begin or end so. Ends are what one sees differ."""
    begins, ends = ITEMS.c.id.startswith(part, autoescape=True), ITEMS.c.id.endswith(part, autoescape=True)
    chosen = select(ITEMS.c.id).where(ITEMS.c.kind == kind, or_(begins, ends)).order_by(ITEMS.c.id).limit(limit)
    return [str(row[0]) for row in session.execute(chosen)]


def facts_of_item(session: Session, item: str, kind: FactKind | None = None) -> list[FactRow]:
    """The facts of an item in the order in which they were sealed; of one kind, or all."""
    chosen = _FACT.where(ITEM_FACTS.c.item == item)
    if kind is not None:
        chosen = chosen.where(ITEM_FACTS.c.kind == kind)
    return [FactRow(*tuple(row)) for row in session.execute(chosen.order_by(SEALED.c.seq, SEALED.c.place))]


def item_facts(session: Session, ids: Collection[str]) -> dict[str, FactRow]:
    """Facts of items by the facts' ids; unknown ones are left out."""
    found: dict[str, FactRow] = {}
    for part in parts(list(ids)):
        found |= {row.fact: FactRow(*tuple(row)) for row in session.execute(_FACT.where(ITEM_FACTS.c.fact.in_(part)))}
    return found


def all_facts(session: Session, kind: FactKind) -> Iterator[FactRow]:
    """Every fact of a kind, those of one item together and in their order, streamed."""
    chosen: Select[Any] = _FACT.where(ITEM_FACTS.c.kind == kind).order_by(ITEM_FACTS.c.item, ITEM_FACTS.c.number)
    for row in streamed(session, chosen):
        yield FactRow(*tuple(row))

"""Checks as the record has them: where each stands, its revisions, sign-offs and publications."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factdesk.domain.checks import (
    CheckNow,
    Publication,
    Revision,
    SignOff,
    check_from,
    publication_from,
    revision_from,
    signoff_from,
)
from factdesk.store.items import ITEM_FACTS, ITEMS, FactKind, FactRow, all_items, facts_of_item, get_item, item_facts
from factdesk.store.sealed import SEALED
from factdesk.store.stream import streamed

T = TypeVar("T", Revision, SignOff, Publication)


@dataclass(frozen=True, slots=True)
class StoredCheck:
    """A check as it stands. `version` counts what was done to it; `seq` is the newest event's."""

    id: str
    version: int
    seq: int
    now: CheckNow


@dataclass(frozen=True, slots=True)
class Stored(Generic[T]):
    """A fact of a check with its id. `content` is what was sealed, as it was sealed."""

    id: str
    seq: int
    content: str
    fact: T


@dataclass(frozen=True, slots=True)
class Head:
    """A check's newest text, with where it stands."""

    check: str
    revision: str
    state: str
    source: str


def get_check(session: Session, own_id: str) -> StoredCheck | None:
    """A check by its id; None for an unknown or redacted one."""
    row = get_item(session, own_id)
    if row is None or row.kind != "check" or row.content is None:
        return None
    return StoredCheck(row.id, row.version, row.seq, check_from(json.loads(row.content)))


def all_checks(session: Session, states: Collection[str] = ()) -> Iterator[StoredCheck]:
    """Checks in the order in which they were begun, streamed; in those states, or all."""
    for row in all_items(session, "check", states=states):
        if row.content is not None:
            yield StoredCheck(row.id, row.version, row.seq, check_from(json.loads(row.content)))


def steps_of(session: Session, check: str) -> list[CheckNow]:
    """Everything that was done to a check, oldest first; redacted steps are left out."""
    rows = facts_of_item(session, check, "check")
    return [check_from(json.loads(row.content)) for row in rows if row.content is not None]


def revisions_of(session: Session, check: str) -> list[Stored[Revision]]:
    """The revisions of a check, oldest first; redacted ones are left out."""
    return _facts(session, check, "revision", revision_from)


def signoffs_of(session: Session, check: str) -> list[Stored[SignOff]]:
    """The sign-offs of a check, oldest first."""
    return _facts(session, check, "signoff", signoff_from)


def publications_of(session: Session, check: str) -> list[Stored[Publication]]:
    """The publications of a check, oldest first."""
    return _facts(session, check, "publication", publication_from)


def get_revision(session: Session, own_id: str) -> Stored[Revision] | None:
    """A revision by its id; None for an unknown or redacted one."""
    return _one(session, own_id, "revision", revision_from)


def get_signoff(session: Session, own_id: str) -> Stored[SignOff] | None:
    """A sign-off by its id; None for an unknown or redacted one."""
    return _one(session, own_id, "signoff", signoff_from)


def get_publication(session: Session, own_id: str) -> Stored[Publication] | None:
    """A publication by its id; None for an unknown or redacted one."""
    return _one(session, own_id, "publication", publication_from)


def all_heads(session: Session, ids: Collection[str] = ()) -> Iterator[Head]:
    """The newest text of every check, or of these, streamed in the order in which they were begun."""
    newest = (
        select(func.max(ITEM_FACTS.c.number))
        .where(ITEM_FACTS.c.item == ITEMS.c.id, ITEM_FACTS.c.kind == "revision")
        .correlate(ITEMS)
        .scalar_subquery()
    )
    chosen = (
        select(ITEMS.c.id, ITEM_FACTS.c.fact, ITEMS.c.state, SEALED.c.content)
        .join(ITEM_FACTS, (ITEM_FACTS.c.item == ITEMS.c.id) & (ITEM_FACTS.c.kind == "revision"))
        .join(SEALED, SEALED.c.id == ITEM_FACTS.c.fact)
        .where(ITEMS.c.kind == "check", ITEM_FACTS.c.number == newest)
        .order_by(ITEMS.c.id)
    )
    if ids:
        chosen = chosen.where(ITEMS.c.id.in_(list(ids)))
    for check, revision, state, content in streamed(session, chosen):
        if content is not None:
            yield Head(check, revision, state, json.loads(content)["source"])


def _facts(session: Session, check: str, kind: FactKind, make: Callable[[dict[str, Any]], T]) -> list[Stored[T]]:
    return [stored for row in facts_of_item(session, check, kind) if (stored := _stored(row, make)) is not None]


def _one(session: Session, own_id: str, kind: FactKind, make: Callable[[dict[str, Any]], T]) -> Stored[T] | None:
    row = item_facts(session, [own_id]).get(own_id)
    return _stored(row, make) if row is not None and row.kind == kind else None


def _stored(row: FactRow, make: Callable[[dict[str, Any]], T]) -> Stored[T] | None:
    if row.content is None:
        return None
    return Stored(row.id, row.seq, row.content, make(json.loads(row.content)))

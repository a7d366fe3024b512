"""Claims and tips, as the record has them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from factdesk.domain.claims import Claim, claim_from
from factdesk.domain.tips import Tip, tip_from
from factdesk.store.items import all_items, items_by_id


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as it stands. `fact` is the id of its newest version."""

    id: str
    version: int
    fact: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class StoredTip:
    """A tip as it stands."""

    id: str
    version: int
    tip: Tip


def claims_by_id(session: Session, ids: Collection[str]) -> dict[str, StoredClaim]:
    """Claims by their ids; unknown and redacted ones are left out."""
    rows = items_by_id(session, ids).values()
    return {
        row.id: StoredClaim(row.id, row.version, row.fact, claim_from(json.loads(row.content)))
        for row in rows
        if row.kind == "claim" and row.content is not None
    }


def all_claims(session: Session) -> Iterator[StoredClaim]:
    """Claims in the order in which they were added, streamed; without redacted ones."""
    for row in all_items(session, "claim"):
        if row.content is not None:
            yield StoredClaim(row.id, row.version, row.fact, claim_from(json.loads(row.content)))


def all_tips(session: Session, claim: str | None = None) -> Iterator[StoredTip]:
    """Tips in the order in which they came, streamed; of one claim, or all; without redacted ones."""
    for row in all_items(session, "tip", parent=claim):
        if row.content is not None:
            yield StoredTip(row.id, row.version, tip_from(json.loads(row.content)))


def tips_by_id(session: Session, ids: Collection[str]) -> dict[str, StoredTip]:
    """Tips by their ids; unknown and redacted ones are left out."""
    rows = items_by_id(session, ids).values()
    return {
        row.id: StoredTip(row.id, row.version, tip_from(json.loads(row.content)))
        for row in rows
        if row.kind == "tip" and row.content is not None
    }

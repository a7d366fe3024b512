"""What the desk checked, out of the record: each published check as its newest publication has it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from factdesk.domain.balance import Balance, Counted, Standing, balance
from factdesk.domain.scales import NOT_CHECKABLE, Scale
from factdesk.store.claims import all_tips
from factdesk.store.items import FactRow, all_facts
from factdesk.store.record import Record
from factdesk.store.scales import scale_of

NAMED = ("organisation", "public figure")


@dataclass(frozen=True, slots=True)
class Report:
    """The balance, and how many checks could not be counted, since what was published of them was redacted.

    `scale` is the desk's as it is now; `others` has the names of ratings that are no step of it any more.
    """

    balance: Balance
    redacted: int
    scale: Scale
    others: Mapping[str, str]


def balance_of(record: Record, since: str = "") -> Report:
    """What the desk published since a day (the day of a check's first publication counts), from one moment."""
    with record.read() as session:
        scale = scale_of(session)
        rows = list(counted(session))
    keys = (*(step.key for step in scale.steps), NOT_CHECKABLE)
    found = [row for row in rows if row is not None]
    others = {row.check.rating: row.rating for row in found if row.check.rating not in keys}
    return Report(balance((row.check for row in found), keys, since), len(rows) - len(found), scale, others)


@dataclass(frozen=True, slots=True)
class Row:
    """A check as it is counted, and the name of its rating as readers got it."""

    check: Counted
    rating: str


def counted(session: Session) -> Iterator[Row | None]:
    """Every check that was ever published; None for one whose publications were redacted."""
    origins = _origins(session)
    for _, facts in groupby(all_facts(session, "publication"), key=lambda fact: fact.item):
        yield _counted(list(facts), origins)


def _origins(session: Session) -> dict[str, set[str]]:
    """Where the tips of each claim came from."""
    found: dict[str, set[str]] = {}
    for stored in all_tips(session):
        if stored.tip.claim:
            found.setdefault(stored.tip.claim, set()).add(stored.tip.origin)
    return found


def _counted(facts: list[FactRow], origins: Mapping[str, set[str]]) -> Row | None:
    """A check of its publications, oldest first."""
    kept = [json.loads(fact.content) for fact in facts if fact.content is not None]
    if not kept or facts[-1].content is None:
        return None
    stated = [json.loads(publication["statement"]) for publication in kept]
    newest = stated[-1]
    claims = newest["claims"]
    topics = (*newest["topics"], *(topic for claim in claims for topic in claim["topics"]))
    check = Counted(
        claimants=frozenset(_kind(claim) for claim in claims),
        topics=frozenset(filter(None, map(_topic, topics))),
        rating=newest["rating"]["key"],
        origins=frozenset().union(*(origins.get(claim["id"], ()) for claim in claims)),
        language=newest["language"],
        day=kept[0]["time"][:10],
        standing=_standing(each["act"] for each in stated),
    )
    return Row(check, newest["rating"]["name"])


def _kind(claim: Mapping[str, Any]) -> str:
    kind = str(claim["claimant_kind"])
    return kind if kind in NAMED else "none named"


def _topic(topic: str) -> str:
    """A topic as it is counted: its spelling in capitals or with other spaces is no other topic."""
    return " ".join(unicodedata.normalize("NFC", topic).casefold().split())


def _standing(acts: Iterable[str]) -> Standing:
    done = list(acts)
    if done[-1] == "withdraw":
        return "withdrawn"
    return "corrected" if "correct" in done else "published"

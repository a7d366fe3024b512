"""What the desk checked, out of the record: each published check as its newest publication has it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
        return report(session, counted(session), since)


@dataclass(frozen=True, slots=True)
class Countable:
    """A check as it is counted, but for where its tips came from; `named` is its rating as readers got it."""

    claimants: tuple[str, ...]
    topics: tuple[str, ...]
    claims: tuple[str, ...]
    rating: str
    named: str
    language: str
    day: str
    standing: Standing


def report(session: Session, rows: Iterable[Countable | None], since: str = "") -> Report:
    """The balance of checks; None stands for one whose publications were redacted."""
    scale, origins = scale_of(session), _origins(session)
    found, redacted = [], 0
    for row in rows:
        if row is None:
            redacted += 1
        else:
            found.append(row)
    keys = (*(step.key for step in scale.steps), NOT_CHECKABLE)
    others = {row.rating: row.named for row in found if row.rating not in keys}
    return Report(balance((_counted(row, origins) for row in found), keys, since), redacted, scale, others)


def counted(session: Session) -> Iterator[Countable | None]:
    """Every check that was ever published; None for one whose publications were redacted."""
    for _, facts in groupby(all_facts(session, "publication"), key=lambda fact: fact.item):
        yield _countable(list(facts))


def _origins(session: Session) -> dict[str, set[str]]:
    """Where the tips of each claim came from."""
    found: dict[str, set[str]] = {}
    for stored in all_tips(session):
        if stored.tip.claim:
            found.setdefault(stored.tip.claim, set()).add(stored.tip.origin)
    return found


def _countable(facts: list[FactRow]) -> Countable | None:
    """A check of its publications, oldest first."""
    kept = [json.loads(fact.content) for fact in facts if fact.content is not None]
    if not kept or facts[-1].content is None:
        return None
    return countable([json.loads(publication["statement"]) for publication in kept], kept[0]["time"])


def countable(stated: Sequence[Mapping[str, Any]], time: str) -> Countable:
    """A check of what its publications say, oldest first; `time` is that of the first."""
    newest = stated[-1]
    claims = newest["claims"]
    topics = (*newest["topics"], *(topic for claim in claims for topic in claim["topics"]))
    return Countable(
        claimants=tuple(sorted({_kind(claim) for claim in claims})),
        topics=tuple(sorted(set(filter(None, map(_topic, topics))))),
        claims=tuple(str(claim["id"]) for claim in claims),
        rating=newest["rating"]["key"],
        named=newest["rating"]["name"],
        language=newest["language"],
        day=time[:10],
        standing=_standing(each["act"] for each in stated),
    )


def _counted(row: Countable, origins: Mapping[str, set[str]]) -> Counted:
    return Counted(
        claimants=frozenset(row.claimants),
        topics=frozenset(row.topics),
        rating=row.rating,
        origins=frozenset().union(*(origins.get(own, ()) for own in row.claims)),
        language=row.language,
        day=row.day,
        standing=row.standing,
    )


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

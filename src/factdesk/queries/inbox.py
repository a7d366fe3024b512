"""The tips of a desk: those of one claim together, and of the others those that say the same, by how many ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from factdesk.domain.matches import Answer
from factdesk.queries.desk import Desk
from factdesk.queries.find_matches import find_matches
from factdesk.queries.inbox_claims import ClaimCheck, Known, Suggestion, bars_of, known_claims, suggested
from factdesk.queries.inbox_groups import MEASURED, Message, grouped
from factdesk.queries.inbox_words import joined
from factdesk.queries.tip_vectors import tip_vectors
from factdesk.store.claims import StoredTip, all_tips
from factdesk.store.vectors import Vector

YOUNG = 14
"""Days since the first tip up to which demand is shown by the day, and then by the week."""

Unit = Literal["day", "week"]


@dataclass(frozen=True, slots=True)
class TipGroup:
    """Tips that ask the same. `claim` is the one they are linked to, empty for none; `text` is that claim's, or one
    tip's. `demand` has a count for each period of the inbox."""

    claim: str
    text: str
    tips: tuple[str, ...]
    first: str
    last: str
    demand: tuple[int, ...]
    languages: Mapping[str, int]
    origins: Mapping[str, int]
    checks: tuple[ClaimCheck, ...]
    suggestion: Suggestion | None = None

    @property
    def count(self) -> int:
        """How many tips there are."""
        return len(self.tips)


@dataclass(frozen=True, slots=True)
class Inbox:
    """Groups, the most wanted first, and how many more there are. `periods` are the days on which the periods of
    `demand` begin."""

    tips: int
    unit: Unit
    periods: tuple[str, ...]
    groups: tuple[TipGroup, ...]
    more: int = 0


def inbox(desk: Desk, since: str = "", top: int | None = None, having: str = "") -> Inbox:
    """The tips that came on a day or later, in groups: the most wanted `top` ones, or the one that has a tip."""
    with desk.record.read() as session:
        tips = [stored for stored in all_tips(session) if stored.tip.day >= since]
    today = desk.record.clock.now().date()
    unit, starts = periods([stored.tip.day for stored in tips], today)
    found = [*_linked(tips), *_alike(desk, [stored for stored in tips if not stored.tip.claim])]
    found.sort(key=lambda each: (len(each.tips), max(stored.tip.day for stored in each.tips), each.tips[0].id))
    chosen = [each for each in reversed(found) if not having or any(tip.id == having for tip in each.tips)][:top]
    known = known_claims(desk, tips) if chosen else None
    groups = tuple(_group(desk, each, starts, known) for each in chosen if known is not None)
    return Inbox(len(tips), unit, tuple(day.isoformat() for day in starts), groups, len(found) - len(groups))


def periods(days: Collection[str], today: date) -> tuple[Unit, list[date]]:
    """The days on which periods begin: days from the first tip to today, or weeks from their Mondays."""
    if not days:
        return "day", []
    first = date.fromisoformat(min(days))
    last = max(today, date.fromisoformat(max(days)))
    if (last - first).days < YOUNG:
        return "day", [first + timedelta(days=number) for number in range((last - first).days + 1)]
    monday = first - timedelta(days=first.weekday())
    return "week", [monday + timedelta(weeks=number) for number in range((last - monday).days // 7 + 1)]


@dataclass(frozen=True, slots=True)
class _Together:
    """Tips of one group, the oldest first. `message` is what the others were compared with, None where a person put
    them to `claim`; `vector` its row."""

    tips: list[StoredTip]
    claim: str = ""
    message: Message | None = None
    vector: Vector | None = None


def _linked(tips: Sequence[StoredTip]) -> Iterable[_Together]:
    """The tips of each claim."""
    found: dict[str, list[StoredTip]] = {}
    for stored in tips:
        if stored.tip.claim:
            found.setdefault(stored.tip.claim, []).append(stored)
    return (_Together(own, claim) for claim, own in found.items())


def _alike(desk: Desk, tips: Sequence[StoredTip]) -> Iterable[_Together]:
    """Tips that nobody put to a claim, those that say the same together."""
    by_words: dict[str, list[StoredTip]] = {}
    for stored in tips:
        by_words.setdefault(" ".join(stored.tip.text.casefold().split()), []).append(stored)
    if not by_words:
        return
    messages = [Message(own[0].tip.text, own[0].tip.language) for own in by_words.values()]
    vectors, _ = tip_vectors(desk, [message.text for message in messages])
    owners = joined(messages, vectors, grouped(messages, vectors, bars_of(desk, MEASURED)))
    found: dict[int, list[StoredTip]] = {}
    for owner, own in zip(owners, by_words.values(), strict=True):
        found.setdefault(owner, []).extend(own)
    for owner, own in found.items():
        yield _Together(sorted(own, key=lambda stored: stored.id), "", messages[owner], vectors[owner])


def _group(desk: Desk, each: _Together, starts: Sequence[date], known: Known) -> TipGroup:
    days = sorted(stored.tip.day for stored in each.tips)
    edges = np.array([start.isoformat() for start in starts], "datetime64[D]")
    places = np.searchsorted(edges, np.array(days, "datetime64[D]"), side="right") - 1
    suggestion = None
    if each.message is not None and each.vector is not None:
        suggestion = suggested(desk, each.message, each.vector, known)
    return TipGroup(
        claim=each.claim,
        text=each.message.text if each.message else known.texts.get(each.claim, "") or each.tips[0].tip.text,
        tips=tuple(stored.id for stored in each.tips),
        first=days[0],
        last=days[-1],
        demand=tuple(np.bincount(places, minlength=len(starts)).tolist()),
        languages=dict(Counter(stored.tip.language for stored in each.tips).most_common()),
        origins=dict(Counter(stored.tip.origin for stored in each.tips).most_common()),
        checks=known.checks.get(each.claim, ()),
        suggestion=suggestion,
    )


@dataclass(frozen=True, slots=True)
class AboutTip:
    """What is known of a tip: the group it is in, and the checks of others that answer it."""

    group: TipGroup
    answer: Answer


def about_tip(desk: Desk, stored: StoredTip, top: int = 3) -> AboutTip:
    """What is known of a tip, its group and the checks of others that answer it."""
    return AboutTip(inbox(desk, having=stored.id).groups[0], find_matches(desk, stored.tip.text, top=top))

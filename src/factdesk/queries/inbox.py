"""The tips of a desk: those of one claim together, and of the others those that say the same, by how many ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np

from factdesk.domain.matches import Answer, Reason
from factdesk.encode.base import Vectors
from factdesk.queries.desk import Desk
from factdesk.queries.find_matches import find_matches
from factdesk.queries.inbox_groups import (
    MEASURED,
    SUGGESTED,
    UNTURNED,
    Bars,
    Message,
    differ,
    grouped,
    in_two_languages,
)
from factdesk.queries.inbox_words import joined
from factdesk.queries.tip_vectors import tip_vectors
from factdesk.store.checks import all_checks
from factdesk.store.claims import StoredClaim, StoredTip, all_claims, all_tips
from factdesk.store.vectors import Vector
from factdesk.text.fold import terms

YOUNG = 14
"""Days since the first tip up to which demand is shown by the day, and then by the week."""

Unit = Literal["day", "week"]


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """A check of a claim, and its state (`domain.workflow.State`)."""

    id: str
    state: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A claim of the desk that tips seem to belong to, why, and what is checked of it already. Nothing is linked."""

    claim: str
    text: str
    cosine: float
    reason: Reason
    checks: tuple[ClaimCheck, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Known:
    """The desk's claims, with their vectors as they are compared, and the checks of each. `words` has their places by
    their folded words; `made` the vectors that the record did not hold."""

    claims: tuple[StoredClaim, ...]
    vectors: Vectors
    words: Mapping[tuple[str, ...], int]
    checks: Mapping[str, tuple[ClaimCheck, ...]]
    made: Mapping[bytes, Vector]

    def text_of(self, claim: str) -> str:
        """A claim's words; empty for an unknown or redacted one."""
        return next((stored.claim.text for stored in self.claims if stored.id == claim), "")


def inbox(desk: Desk, since: str = "", top: int | None = None) -> Inbox:
    """The tips that came on a day or later, in groups; of `top` groups, the most wanted ones."""
    with desk.record.read() as session:
        tips = [stored for stored in all_tips(session) if stored.tip.day >= since]
    today = desk.record.clock.now().date()
    unit, starts = periods([stored.tip.day for stored in tips], today)
    found = [*_linked(tips), *_alike(desk, [stored for stored in tips if not stored.tip.claim])]
    found.sort(key=lambda each: (len(each.tips), max(stored.tip.day for stored in each.tips), each.tips[0].id))
    chosen = found[::-1][:top]
    known = known_claims(desk) if chosen else None
    bars = bars_of(desk, SUGGESTED) if chosen else UNTURNED
    groups = tuple(_group(each, starts, known, bars) for each in chosen if known is not None)
    return Inbox(len(tips), unit, tuple(day.isoformat() for day in starts), groups, len(found) - len(groups))


def known_claims(desk: Desk) -> Known:
    """The desk's claims with what is known of them."""
    with desk.record.read() as session:
        claims = tuple(all_claims(session))
        checks: dict[str, list[ClaimCheck]] = {}
        for stored in all_checks(session) if claims else ():
            for claim in stored.now.claims:
                checks.setdefault(claim, []).append(ClaimCheck(stored.id, stored.now.standing.state))
    vectors, made = tip_vectors(desk, [stored.claim.text for stored in claims])
    words = {tuple(terms(stored.claim.text)): place for place, stored in reversed(list(enumerate(claims)))}
    return Known(claims, vectors, words, {claim: tuple(found) for claim, found in checks.items()}, made)


def suggested(message: Message, vector: Vector, known: Known, bars: Bars) -> Suggestion | None:
    """The claim that a message seems to make: the one in its words, else the nearest that it does not contradict."""
    if not known.claims:
        return None
    cosines = known.vectors @ vector
    place = known.words.get(tuple(terms(message.text)))
    if place is not None:
        return _suggestion(known, place, float(cosines[place]), Reason("words", "the same words"))
    for place in np.argsort(-cosines, kind="stable")[:3].tolist():
        claim = known.claims[place].claim
        near = Message(claim.text, claim.language)
        if cosines[place] >= bars.between(near, message) and not differ(near, message):
            return _suggestion(known, place, float(cosines[place]), _near(message, near, cosines[place]))
    return None


def _suggestion(known: Known, place: int, cosine: float, reason: Reason) -> Suggestion:
    stored = known.claims[place]
    return Suggestion(stored.id, stored.claim.text, round(cosine, 4), reason, known.checks.get(stored.id, ()))


def _near(message: Message, claim: Message, cosine: float) -> Reason:
    near = {"percent": f"{cosine:.0%}"}
    if in_two_languages(message, claim):
        return Reason("meaning", "near in meaning, in another language, {percent}", near)
    return Reason("meaning", "near in meaning, {percent}", near)


def bars_of(desk: Desk, measured: Bars) -> Bars:
    """The cosines that were measured, where the encoder is the one they were measured with."""
    return measured if desk.matcher.projection else UNTURNED


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


def _group(each: _Together, starts: Sequence[date], known: Known, bars: Bars) -> TipGroup:
    days = sorted(stored.tip.day for stored in each.tips)
    edges = np.array([start.isoformat() for start in starts], "datetime64[D]")
    places = np.searchsorted(edges, np.array(days, "datetime64[D]"), side="right") - 1
    suggestion = None
    if each.message is not None and each.vector is not None:
        suggestion = suggested(each.message, each.vector, known, bars)
    return TipGroup(
        claim=each.claim,
        text=each.message.text if each.message else known.text_of(each.claim) or each.tips[0].tip.text,
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
    group = next(group for group in inbox(desk).groups if stored.id in group.tips)
    return AboutTip(group, find_matches(desk, stored.tip.text, top=top))

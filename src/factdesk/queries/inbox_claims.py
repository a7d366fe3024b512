"""The claims of a desk, and which of them a message seems to make. A person decides; nothing is linked here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from factdesk.domain.matches import Reason
from factdesk.encode.base import Vectors
from factdesk.queries.desk import Desk
from factdesk.queries.inbox_groups import MEASURED, SUGGESTED, UNTURNED, Bars, Message, differ, in_two_languages
from factdesk.queries.tip_vectors import tip_vectors
from factdesk.store.checks import all_checks
from factdesk.store.claims import StoredTip, all_claims
from factdesk.store.vectors import Vector
from factdesk.text.fold import terms

TRIED = 3
"""Claims that are held against a message, the nearest first."""


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
class Said:
    """A way to say a claim: its own words, or those of a tip that somebody put to it."""

    claim: str
    message: Message
    by_tip: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The desk's claims. `said` are ways to say them, whose vectors, as they are compared, are the rows of `vectors`;
    `words` has the place of the first in each words; `made` are the vectors that the record did not hold."""

    texts: Mapping[str, str]
    checks: Mapping[str, tuple[ClaimCheck, ...]]
    said: tuple[Said, ...]
    vectors: Vectors
    words: Mapping[str, int]
    made: Mapping[bytes, Vector]


def known_claims(desk: Desk, tips: Iterable[StoredTip] = ()) -> Known:
    """The desk's claims with what is known of them. `tips` that were put to a claim are taken for ways to say it."""
    with desk.record.read() as session:
        claims = list(all_claims(session))
        checks: dict[str, list[ClaimCheck]] = {}
        for stored in all_checks(session) if claims else ():
            for claim in stored.now.claims:
                checks.setdefault(claim, []).append(ClaimCheck(stored.id, stored.now.standing.state))
    texts = {stored.id: stored.claim.text for stored in claims}
    said = [Said(stored.id, Message(stored.claim.text, stored.claim.language)) for stored in claims]
    said += _by_tips(tips, texts)
    vectors, made = tip_vectors(desk, [each.message.text for each in said])
    words: dict[str, int] = {}
    for place, each in enumerate(said):
        words.setdefault(_plainly(each.message.text) if each.by_tip else _folded(each.message.text), place)
    return Known(texts, {claim: tuple(own) for claim, own in checks.items()}, tuple(said), vectors, words, made)


def _by_tips(tips: Iterable[StoredTip], texts: Mapping[str, str]) -> Iterator[Said]:
    seen: set[tuple[str, str]] = set()
    for stored in tips:
        tip = stored.tip
        same = (tip.claim, _plainly(tip.text))
        if tip.claim in texts and same not in seen:
            seen.add(same)
            yield Said(tip.claim, Message(tip.text, tip.language), by_tip=True)


def _folded(text: str) -> str:
    """The words of a claim: without marks and signs."""
    return " ".join(terms(text))


def _plainly(text: str) -> str:
    """The words of a tip. There may be thousands, and to fold each takes time."""
    return " ".join(text.casefold().split())


def bars_of(desk: Desk, measured: Bars) -> Bars:
    """The cosines that were measured, where the encoder is the one they were measured with."""
    return measured if desk.matcher.projection else UNTURNED


def suggested(desk: Desk, message: Message, vector: Vector, known: Known) -> Suggestion | None:
    """The claim that a message seems to make: the one in its words, else the nearest that it does not contradict.

    A tip that was put to a claim is another message, and must be as near as those of one group are.
    """
    if not known.said:
        return None
    cosines = known.vectors @ vector
    place = known.words.get(_folded(message.text), known.words.get(_plainly(message.text)))
    if place is not None:
        return _suggestion(known, place, float(cosines[place]), _same_words(known.said[place]))
    for place in np.argsort(-cosines, kind="stable")[:TRIED].tolist():
        said, cosine = known.said[place], float(cosines[place])
        bars = bars_of(desk, MEASURED if said.by_tip else SUGGESTED)
        if cosine >= bars.between(said.message, message) and not differ(said.message, message):
            return _suggestion(known, place, cosine, _near(message, said, cosine))
    return None


def _suggestion(known: Known, place: int, cosine: float, reason: Reason) -> Suggestion:
    claim = known.said[place].claim
    return Suggestion(claim, known.texts[claim], round(cosine, 4), reason, known.checks.get(claim, ()))


def _same_words(said: Said) -> Reason:
    if said.by_tip:
        return Reason("words", "the same words as a tip that was put to it")
    return Reason("words", "the same words")


def _near(message: Message, said: Said, cosine: float) -> Reason:
    near = {"percent": f"{cosine:.0%}"}
    if said.by_tip:
        return Reason("meaning", "near in meaning to a tip that was put to it, {percent}", near)
    if in_two_languages(message, said.message):
        return Reason("meaning", "near in meaning, in another language, {percent}", near)
    return Reason("meaning", "near in meaning, {percent}", near)

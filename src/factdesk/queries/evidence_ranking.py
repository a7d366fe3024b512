"""The candidates of one claim: scored, put in order, and explained."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from factdesk.domain.evidence import PassageHit
from factdesk.domain.matches import Reason, Span
from factdesk.encode.base import Vectors
from factdesk.match.bearing import MEANING, Claim, features, nearest_sentence, shipped_bearing
from factdesk.match.conflicts import compare, stated
from factdesk.match.evidence_reasons import reasons
from factdesk.match.features import Rarity
from factdesk.queries.evidence_candidates import Found, Known
from factdesk.queries.prepare import Prepared

PRIMARY = 1.0
"""What a primary source is given where they are preferred: it passes others that bear on the claim about as much."""
BY_WORDS = 0.1
"""Share of the claim's words, by rarity, that a sentence must have to be the one that matters by its words."""

LINKS = Reason("link", "the claim links to this source")
IS_PRIMARY = Reason("primary", "a primary source")


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate with its margin. `linked` is whether the claim links to its source; `bears` whether the passage is
    near enough to be shown to a person."""

    known: Known
    margin: float
    nearness: float
    linked: bool
    bears: bool

    @property
    def score(self) -> float:
        """The margin from 0 to 1; it puts the passages of one claim in order, and no more."""
        return round(1 / (1 + math.exp(-self.margin / 2)), 4)


def claim_of(prepared: Prepared, vectors: Vectors, encoder: str) -> Claim:
    """A claim as it is compared, given the vectors of its texts; without them where the encoder cannot read it."""
    bare = vectors if prepared.readable else vectors[:0]
    return Claim(prepared.words, shipped_bearing().claim_vectors(bare, encoder), bare)


def rank(prepared: Prepared, claim: Claim, found: Found, rarity: Rarity, *, primary: bool) -> list[Ranked]:
    """The candidates, best first; of equals the one that the desk has had longer. What the claim links to leads."""
    rows = features(claim, [known.parts for known in found.known], rarity)
    foreign = np.array([in_other_language(prepared, known) for known in found.known], bool)
    margins = shipped_bearing().margins(rows, foreign).tolist()
    bears = shipped_bearing().bears.reached(rows, foreign).tolist()
    lead = max(margins, default=0.0) - min(margins, default=0.0) + PRIMARY
    ranked = []
    for known, margin, near, bearing in zip(found.known, margins, rows[:, MEANING].tolist(), bears, strict=True):
        linked = known.stored.number in found.linked
        ahead = lead * linked + PRIMARY * (primary and known.stored.capture.primary)
        ranked.append(Ranked(known, margin + ahead, near, linked, bearing or linked))
    return sorted(ranked, key=lambda item: (-item.margin, item.known.key))


def in_other_language(prepared: Prepared, known: Known) -> bool:
    """Whether a passage is known to be in another language than the claim."""
    return bool(prepared.language and known.language and prepared.language != known.language)


def by_source(ranked: Sequence[Ranked]) -> list[list[Ranked]]:
    """Passages under their captures, the capture with the best passage first."""
    groups: dict[int, list[Ranked]] = {}
    for item in ranked:
        groups.setdefault(item.known.stored.number, []).append(item)
    return list(groups.values())


def explained(prepared: Prepared, claim: Claim, item: Ranked, rarity: Rarity) -> PassageHit:
    """A ranked passage with its reasons and the sentence that matters."""
    known = item.known
    span = mattering(claim, known, rarity)
    start = span.start - known.slice.start
    sentence = known.text[start : start + span.end - span.start]
    comparison = compare(stated(prepared.text, prepared.language), stated(sentence, known.language))
    foreign = in_other_language(prepared, known)
    why = reasons(claim, known.parts, comparison, item.nearness, rarity, other_language=foreign)
    ahead = (LINKS,) * item.linked + (IS_PRIMARY,) * known.stored.capture.primary
    return PassageHit(
        span=Span(known.slice.start, known.slice.end),
        text=known.text,
        page=known.slice.page,
        heading=known.slice.heading,
        score=item.score,
        sentence=span,
        reasons=(*ahead, *why),
        bears=item.bears,
    )


def mattering(claim: Claim, known: Known, rarity: Rarity) -> Span:
    """The sentence that matters: the one with most of the claim's words, where words tell; else, as in another
    language, one of the piece that is nearest in meaning: that with any of the words, or the longest."""
    spans = known.sentences or (Span(known.slice.start, known.slice.end),)
    place, share = nearest_sentence(claim, known.parts, rarity)
    if share >= BY_WORDS or not len(claim.bare) or len(known.rows) != len(known.pieces):
        return spans[min(place, len(spans) - 1)]
    nearest = known.pieces[int((known.rows @ claim.bare.T).max(axis=1).argmax())]
    if share and nearest.start <= spans[place].start < nearest.end:
        return spans[place]
    within = [span for span in spans if nearest.start <= span.start and span.end <= nearest.end]
    return max(within, key=lambda span: span.end - span.start, default=nearest)

"""One message held against its candidates: features, probability, comparison, decision; what people said wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from factdesk.domain.matches import Decision, Match, Reason, Verdict
from factdesk.domain.own_reviews import SOURCE
from factdesk.encode.base import Vectors
from factdesk.match.conflicts import Comparison, compare, stated
from factdesk.match.decide import RELATED, decide
from factdesk.match.features import NAMES, Matrix, Query, Rarity, features
from factdesk.match.model import Matcher
from factdesk.match.reasons import Evidence, reasons
from factdesk.match.twins import settled
from factdesk.queries.candidates import Known
from factdesk.queries.prepare import Prepared

COVERED = NAMES.index("claim_covered")
COSINE = NAMES.index("meaning_best")
LINKED = 0.99
"""Probability given to a review whose own page the message links to."""
FEW_WORDS = 0.6
"""Share of the claim's words below which a claim in another language is held against the message by meaning alone.
Names are shared across languages; where all words are, the language of one of the two was told wrong."""
CERTAIN = {"confirmed": 1.0, "rejected": 0.0}


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate with its probability; `part` is the number of the message's sentence it is nearest to.

    `same` is the probability from which it is called the same. A cosine that means nothing is 0.
    """

    known: Known
    probability: float
    covered: float
    cosine: float
    part: int
    same: float
    judged: Verdict | None


def rank(
    matcher: Matcher,
    prepared: Prepared,
    vectors: Vectors,
    candidates: Sequence[Known],
    rarity: Rarity,
    judged: Mapping[int, Verdict],
) -> list[Ranked]:
    """The candidates, most probable first; what a person confirmed comes first, what they rejected last."""
    if not candidates:
        return []
    rows = features(query_of(prepared, vectors), [known.parts for known in candidates], rarity)
    chances, same = _chances(matcher, prepared, candidates, rows)
    parts = nearest_parts(candidates, vectors)
    covered: list[float] = rows[:, COVERED].tolist()
    cosines: list[float] = rows[:, COSINE].tolist() if prepared.readable else [0.0] * len(rows)
    ranked = []
    for at, known in enumerate(candidates):
        verdict = judged.get(known.number)
        chance = max(chances[at], LINKED) if known.linked else chances[at]
        chance = CERTAIN[verdict] if verdict else chance
        ranked.append(Ranked(known, chance, covered[at], cosines[at], parts[at], same[at], verdict))
    return sorted(ranked, key=lambda item: -item.probability)


def _chances(
    matcher: Matcher, prepared: Prepared, candidates: Sequence[Known], rows: Matrix
) -> tuple[list[float], list[float]]:
    """Each candidate's probability, and the one from which its table calls it the same."""
    chances, same = (np.zeros(len(rows), np.float32) for _ in range(2))
    far = np.array([in_other_language(prepared, known) for known in candidates]) & (rows[:, COVERED] < FEW_WORDS)
    tables = [(matcher.table, ~far), (matcher.meaning, far)]
    if not prepared.readable:
        tables = [(matcher.words, np.ones(len(rows), bool))]
    for table, chosen in tables:
        if chosen.any():
            chances[chosen] = table.probability(table.margin(rows[chosen]))
            same[chosen] = table.same
    claims = [known.parts.claim for known in candidates]
    order = [(known.review.source != SOURCE, known.number) for known in candidates]
    return settled(chances, claims, order).tolist(), same.tolist()


def in_other_language(prepared: Prepared, known: Known) -> bool:
    """Whether a review is known to be in another language than the message."""
    return bool(prepared.language and known.review.language and prepared.language != known.review.language)


def nearest_parts(candidates: Sequence[Known], vectors: Vectors) -> list[int]:
    """The number of the message's sentence that each candidate is nearest to; 0 where it has but one."""
    if len(vectors) < 2:
        return [0] * len(candidates)
    counts = np.array([len(known.parts.vectors) for known in candidates], np.int64)
    near = np.concatenate([known.parts.vectors for known in candidates]) @ vectors[1:].T
    starts = np.cumsum(counts) - counts
    found: list[int] = np.maximum.reduceat(near, starts, axis=0).argmax(axis=1).tolist()
    return found


def query_of(prepared: Prepared, vectors: Vectors) -> Query:
    """A message as the matcher compares it."""
    return Query(prepared.words, tuple(part.words for part in prepared.parts), vectors)


def explained(prepared: Prepared, ranked: Ranked, rarity: Rarity, vectors: Vectors) -> Match:
    """A ranked candidate with its decision and the reasons for it."""
    review = ranked.known.review
    comparison = _compared(prepared, ranked)
    decision: Decision
    if ranked.judged:
        decision = "same" if ranked.judged == "confirmed" else "none"
    elif ranked.known.linked:
        decision = "same"
    else:
        decision = decide(
            ranked.probability, comparison, same=ranked.same, covered=ranked.covered, cosine=ranked.cosine
        )
    evidence = Evidence(
        claim=review.claim,
        query=query_of(prepared, vectors),
        candidate=ranked.known.parts,
        comparison=comparison,
        cosine=ranked.cosine,
        covered=ranked.covered,
        other_language=in_other_language(prepared, ranked.known),
    )
    found = reasons(evidence, rarity)
    if ranked.known.linked:
        found = (Reason("link", "the message links to this check"), *found)
    return Match(ranked.known.id, round(ranked.probability, 4), decision, found, review, ranked.judged)


def _compared(prepared: Prepared, ranked: Ranked) -> Comparison:
    """The claim against the sentence it is nearest to. Improbable ones are not worth the time it takes."""
    if ranked.probability < RELATED:
        return Comparison()
    text = prepared.parts[ranked.part].text if prepared.parts else prepared.text
    review = ranked.known.review
    return compare(stated(text, prepared.language), stated(review.claim or review.title, review.language))

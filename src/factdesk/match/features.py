"""What is compared between a message and a known claim: each feature a column, each with its public description.

Everything is computed from the texts and vectors handed in, never from an engine's own scores, so that the learned
table means the same whatever index found the candidates. `rarity` weighs a term by how few documents hold it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from factdesk.encode.base import Vectors
from factdesk.match.words import Words, joined

Matrix = NDArray[np.float32]
"""Shape (candidates, features)."""

Rarity = Mapping[str, float]

Others = NDArray[np.bool_]
"""Shape (candidates, candidates): whether one says something else than the other."""

SATURATION, LENGTH_SHARE, USUAL_LENGTH = 1.2, 0.5, 24.0
"""BM25's k1 and b, and the length in terms that a claim with its title usually has."""

ALIKE = 0.85
"""Cosine from which two known claims say the same, so that neither takes the lead from the other."""

DESCRIPTIONS: dict[str, str] = {
    "meaning_whole": "Cosine of the whole message and the claim or its title, whichever is nearer.",
    "meaning_claim": "Cosine of the claim and the message or its nearest sentence.",
    "meaning_title": "Cosine of the title (the claim where there is none) and the message or its nearest sentence.",
    "meaning_best": "The greatest of all these cosines.",
    "meaning_lead": "By how much that is above the best of the candidates that say something else (negative: below).",
    "meaning_top": "The greatest cosine that any candidate has.",
    "meaning_rank": "Logarithm of 1 + the place among the candidates by meaning, from 0.",
    "words_score": "BM25 of the message over claim and title.",
    "words_share": "That score as a share of the rarity of all the message's terms.",
    "words_lead": "By how much it is above the best of the candidates that say something else, as a share of the top.",
    "words_top": "The greatest BM25 that any candidate has.",
    "words_rank": "Logarithm of 1 + the place among the candidates by words, from 0.",
    "words_sentence": "The greatest BM25 of a single sentence of the message.",
    "claim_covered": "Share of the claim's terms, by rarity, that the message has.",
    "title_covered": "Share of the title's terms, by rarity, that the message has; of the claim's where there is none.",
    "message_covered": "Share of the message's terms, by rarity, that claim or title has.",
    "pairs_covered": "Share of the claim's neighbouring pairs of terms that the message has.",
    "numbers_agree": "How many numbers message and claim share.",
    "numbers_missing": "How many of the claim's numbers the message does not have.",
    "names_covered": "Share of the claim's names, by rarity, that the message has; -1 where it has none.",
    "names_missing": "Rarity of the claim's names that the message does not have.",
    "message_length": "Logarithm of 1 + the message's terms.",
    "claim_length": "Logarithm of 1 + the claim's terms.",
    "sentences": "Logarithm of the message's sentences.",
}
"""Every feature by name, in the order of the columns."""

NAMES = tuple(DESCRIPTIONS)


@dataclass(frozen=True, slots=True)
class Query:
    """A message taken apart. `vectors` has the whole message's row first, then one for each sentence (if several)."""

    whole: Words
    sentences: tuple[Words, ...]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known claim taken apart. `vectors` has the claim's row first, then the title's where it has one of its own.

    `both` are the words of claim and title as one.
    """

    claim: Words
    title: Words
    vectors: Vectors
    both: Words = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "both", joined(self.claim, self.title))


def features(query: Query, candidates: Sequence[Candidate], rarity: Rarity) -> Matrix:
    """The features of every candidate, one row each."""
    if not candidates:
        return np.zeros((0, len(NAMES)), np.float32)
    others = others_than(candidates)
    columns = meaning_features(query, candidates, others) | word_features(query, candidates, others, rarity)
    return np.stack([columns[name] for name in NAMES], axis=1).astype(np.float32)


def others_than(candidates: Sequence[Candidate]) -> Others:
    """Which candidates say something else than which."""
    claims = np.stack([candidate.vectors[0] for candidate in candidates])
    return np.asarray(claims @ claims.T < ALIKE)


def meaning_features(query: Query, candidates: Sequence[Candidate], others: Others) -> dict[str, NDArray[np.float32]]:
    """The columns that come from vectors."""
    claims = np.stack([candidate.vectors[0] for candidate in candidates])
    titles = np.stack([candidate.vectors[-1] for candidate in candidates])
    to_claim, to_title = query.vectors @ claims.T, query.vectors @ titles.T
    best = np.maximum(to_claim, to_title).max(axis=0)
    return {
        "meaning_whole": np.maximum(to_claim[0], to_title[0]),
        "meaning_claim": to_claim.max(axis=0),
        "meaning_title": to_title.max(axis=0),
        "meaning_best": best,
        "meaning_lead": _lead(best, others),
        "meaning_top": np.full_like(best, best.max()),
        "meaning_rank": np.log1p(_places(best)),
    }


def word_features(
    query: Query, candidates: Sequence[Candidate], others: Others, rarity: Rarity
) -> dict[str, NDArray[np.float32]]:
    """The columns that come from words."""
    documents = [candidate.both for candidate in candidates]
    whole = query.whole
    score = _column(_bm25(whole.distinct, document, rarity) for document in documents)
    sentences = [
        _column(_bm25(sentence.distinct, document, rarity) for document in documents) for sentence in query.sentences
    ]
    total = _sum(whole.distinct, rarity) or 1.0
    top = float(score.max()) or 1.0
    columns = {
        "words_score": score,
        "words_share": score / total,
        "words_lead": _lead(score, others) / top,
        "words_top": np.full_like(score, score.max()),
        "words_rank": np.log1p(_places(score)),
        "words_sentence": np.max(sentences, axis=0) if sentences else score,
        "message_length": np.full_like(score, math.log1p(len(whole.sequence))),
        "sentences": np.full_like(score, math.log(max(1, len(query.sentences)))),
        "message_covered": _column(_sum(whole.distinct & document.distinct, rarity) / total for document in documents),
    }
    for name, value in FROM_CLAIM.items():
        columns[name] = _column(value(whole, candidate, rarity) for candidate in candidates)
    return columns


def _claim_covered(message: Words, candidate: Candidate, rarity: Rarity) -> float:
    return _covered(candidate.claim.distinct, message.distinct, rarity)


def _title_covered(message: Words, candidate: Candidate, rarity: Rarity) -> float:
    words = candidate.title if candidate.title.distinct else candidate.claim
    return _covered(words.distinct, message.distinct, rarity)


def _pairs_covered(message: Words, candidate: Candidate, _rarity: Rarity) -> float:
    pairs = candidate.claim.pairs
    return len(pairs & message.pairs) / len(pairs) if pairs else 0.0


def _numbers_agree(message: Words, candidate: Candidate, _rarity: Rarity) -> float:
    return float(len(candidate.claim.digits & message.digits))


def _numbers_missing(message: Words, candidate: Candidate, _rarity: Rarity) -> float:
    return float(len(candidate.claim.digits - message.digits))


def _names_covered(message: Words, candidate: Candidate, rarity: Rarity) -> float:
    return _covered(candidate.claim.names, message.distinct, rarity) if candidate.claim.names else -1.0


def _names_missing(message: Words, candidate: Candidate, rarity: Rarity) -> float:
    return _sum(candidate.claim.names - message.distinct, rarity)


def _claim_length(_message: Words, candidate: Candidate, _rarity: Rarity) -> float:
    return math.log1p(len(candidate.claim.sequence))


FROM_CLAIM: dict[str, Callable[[Words, Candidate, Rarity], float]] = {
    "claim_covered": _claim_covered,
    "title_covered": _title_covered,
    "pairs_covered": _pairs_covered,
    "numbers_agree": _numbers_agree,
    "numbers_missing": _numbers_missing,
    "names_covered": _names_covered,
    "names_missing": _names_missing,
    "claim_length": _claim_length,
}
"""The columns of one candidate alone."""


def rarity_of(count: int, documents: int) -> float:
    """BM25's inverse document frequency of a term that `count` of the documents hold."""
    return math.log(1 + (documents - count + 0.5) / (count + 0.5))


def _bm25(terms: frozenset[str], document: Words, rarity: Rarity) -> float:
    shared = terms & document.distinct
    if not shared:
        return 0.0
    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * len(document.sequence) / USUAL_LENGTH)
    score = 0.0
    for term in shared:
        count = document.sequence.count(term)
        score += rarity.get(term, 0.0) * count * (SATURATION + 1) / (count + norm)
    return score


def _covered(terms: frozenset[str], by: frozenset[str], rarity: Rarity) -> float:
    total = _sum(terms, rarity)
    return _sum(terms & by, rarity) / total if total else 0.0


def _sum(terms: frozenset[str], rarity: Rarity) -> float:
    # Not a generator: this is where most of the time went.
    return sum(map(rarity.get, terms, repeat(0.0)))


def _column(values: Iterable[float]) -> NDArray[np.float32]:
    return np.fromiter(values, np.float32)


def _lead(scores: NDArray[np.float32], others: Others) -> NDArray[np.float32]:
    """Each score less the best of the candidates that say something else; less nothing where there are none."""
    rivals = np.where(others, scores[None, :], -np.inf).max(axis=1)
    return np.asarray(scores - np.where(np.isfinite(rivals), rivals, 0.0), np.float32)


def _places(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Each score's place from the top, from 0."""
    places = np.empty(len(scores), np.int64)
    places[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return places

"""How much a passage bears on a claim: a few features, each a column with its public description, and their weights.

As in `features`, everything is computed from the texts and vectors handed in, never from an engine's own scores. What
a passage has is held against what the other candidates of the same claim have: how much a cosine says depends on the
claim. So scores put the passages of one claim in order, and are not comparable between claims.
Learned by `benchmarks/train_evidence.py`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from factdesk.encode.base import Vectors
from factdesk.match.features import Rarity
from factdesk.match.words import Words
from factdesk.text.fold import terms

Matrix = NDArray[np.float32]
"""Shape (passages, features)."""
Vector = NDArray[np.float32]
"""Shape (features,) or (dimension,)."""

SATURATION, LENGTH_SHARE, USUAL_LENGTH = 1.2, 0.75, 200.0
"""BM25's k1 and b, and the length in terms that a passage usually has."""
HELD = 50.0
"""Passages of a library whose mean says as much as that of claims."""

DESCRIPTIONS: dict[str, str] = {
    "meaning": "Cosine of claim and passage, without what all claims and all passages have in common.",
    "title": "Likewise of claim and the source's title; that of the passage where it has none.",
    "near": "Cosine of claim and the nearest sentence of the passage as it stands there, nothing taken off.",
    "bare": "Cosine of claim and passage, nothing taken off: what is put like a claim counts for something.",
    "bare title": "Likewise of claim and title.",
    "words": "BM25 of the claim over the passage and what stands over it, as a share of the most there could be.",
    "covered": "Share of the claim's terms, by rarity, that the passage or what stands over it has.",
    "sentence": "The greatest such share that a single sentence has.",
    "pairs": "Share of the claim's neighbouring pairs of terms, by rarity, that the passage has.",
    "over": "Share of the claim's terms, by rarity, that stand over the passage: in the title or a heading.",
    "numbers": "Share of the claim's numbers that the passage has; 0 where it has none.",
    "names": "Share of the claim's names, by rarity, that the passage has; 0 where it has none.",
}
"""Every feature by name, in the order of the columns."""

NAMES = tuple(DESCRIPTIONS)
MEANING, NEAR = NAMES.index("meaning"), NAMES.index("near")
BY_VECTORS = tuple(NAMES.index(name) for name in ("meaning", "title", "near", "bare", "bare title"))
"""Features that words say nothing in."""


@dataclass(frozen=True, slots=True)
class Floor:
    """What tells a passage that bears on a claim from the best that a library has on something else.

    A passage bears when a weighed sum of the features named reaches 0. Unlike margins it asks how near a passage is,
    not whether it is nearer than others. `own` serves passages in the claim's language, `foreign` others, of which
    words tell nothing; both float32[features + 1], the last of them the constant.
    """

    own: Vector
    foreign: Vector

    def reached(self, rows: Matrix, foreign: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which passages bear on the claim, bool[passages]."""
        sums = [rows @ weights[:-1] + weights[-1] for weights in (self.own, self.foreign)]
        return np.asarray(np.where(foreign, sums[1], sums[0]) >= 0, np.bool_)


@dataclass(frozen=True, slots=True)
class Bearing:
    """What turns features into scores: each is shifted and scaled by the candidates' mean and spread, then weighed.

    `floor` float32[features] is the least spread that is believed: where no passage shares words with the claim, as
    in another language, one that shares a single word must not lead by it. `claims` float32[dimension] is what claims
    have in common: taken off, or every cosine is high and says little.
    """

    encoder: str
    weights: Vector
    floor: Vector
    claims: Vector
    bears: Floor

    def claim_vectors(self, vectors: Vectors, encoder: str) -> Vectors:
        """The vectors of a claim as they are compared; those of an encoder that nothing was learned on as they are."""
        return centred(vectors, self.claims) if encoder == self.encoder else vectors

    def passage_vectors(self, vectors: Vectors, encoder: str, mean: Vector, passages: int) -> Vectors:
        """The vectors of passages as they are compared: without what the library's have in common.

        `mean` is that of `passages` many; that of a small library says little, and is held to that of claims.
        """
        if encoder != self.encoder:
            return vectors
        share = passages / (passages + HELD)
        return centred(vectors, share * mean + (1 - share) * self.claims)

    def margins(self, rows: Matrix, foreign: NDArray[np.bool_] | None = None) -> Vector:
        """The margin of every passage of one claim; 0 is as good as the candidates' mean.

        `foreign` bool[passages] tells which are in another language than the claim. Of those, words that are not
        shared say nothing: they are taken to share as many as the others do on the mean.
        """
        if not len(rows):
            return np.zeros(0, np.float32)
        if foreign is not None and foreign.any() and not foreign.all():
            usual = rows[~foreign].mean(axis=0)
            usual[list(BY_VECTORS)] = -np.inf
            rows = np.where(foreign[:, None], np.maximum(rows, usual), rows)
        spread = np.maximum(rows.std(axis=0), self.floor)
        return np.asarray(((rows - rows.mean(axis=0)) / spread) @ self.weights, np.float32)


def centred(vectors: Vectors, mean: Vector) -> Vectors:
    """Vectors with what all of them have in common taken off, as unit rows."""
    rows = vectors - mean
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)


@cache
def shipped_bearing() -> Bearing:
    """The weights that come with factdesk. Raises `ValueError` when they were learned on other features."""
    data = json.loads(files("factdesk.match").joinpath("data", "evidence.json").read_text(encoding="utf-8"))
    if tuple(data["features"]) != NAMES:
        raise ValueError("the weights of evidence were learned on other features")
    weights, floor, claims = (np.array(data[name], np.float32) for name in ("weights", "floor", "claims"))
    bears = Floor(*(np.array(data["bears"][name], np.float32) for name in ("own", "foreign")))
    return Bearing(data["encoder"], weights, floor, claims, bears)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim taken apart. `vectors` has a row for the whole, then one for each sentence where there are several,
    without what claims have in common; `bare` has the same rows with nothing taken off.

    No rows at all: a claim that the encoder cannot read, of which words alone are compared.
    """

    words: Words
    vectors: Vectors
    bare: Vectors


@dataclass(frozen=True, slots=True)
class Bare:
    """The vectors of a passage with nothing taken off, each float32[n, dimension]: one row or none for the whole and
    the source's title, one for each piece and for what stands over it."""

    whole: Vectors
    title: Vectors
    pieces: Vectors


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage taken apart: the terms of each of its sentences, and of what stands over it.

    `vector` and `title` are float32[1, dimension] without what passages have in common, or have no row where there is
    none.
    """

    sentences: tuple[tuple[str, ...], ...]
    over: tuple[str, ...]
    vector: Vectors
    title: Vectors
    bare: Bare
    counts: dict[str, int] = field(init=False)
    pairs: frozenset[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        counts: dict[str, int] = {}
        pairs: set[tuple[str, str]] = set()
        for sentence in (self.over, *self.sentences):
            for term in sentence:
                counts[term] = counts.get(term, 0) + 1
            pairs.update(pairwise(sentence))
        object.__setattr__(self, "counts", counts)
        object.__setattr__(self, "pairs", frozenset(pairs))


def taken_apart(sentences: Sequence[str], over: str, vector: Vectors, title: Vectors, bare: Bare) -> Passage:
    """A passage taken apart, given its sentences and what stands over it."""
    return Passage(tuple(tuple(terms(text)) for text in sentences), tuple(terms(over)), vector, title, bare)


def features(claim: Claim, passages: Sequence[Passage], rarity: Rarity) -> Matrix:
    """The features of every passage, one row each."""
    rows = [_row(claim, passage, rarity) for passage in passages]
    return np.array(rows, np.float32).reshape(len(passages), len(NAMES))


def nearest_sentence(claim: Claim, passage: Passage, rarity: Rarity) -> tuple[int, float]:
    """The sentence that has the greatest share of the claim's terms by rarity, and that share; the first of equals."""
    shares = [_covered(claim.words.distinct, sentence, rarity) for sentence in passage.sentences]
    best = max(range(len(shares)), key=shares.__getitem__, default=0)
    return best, shares[best] if shares else 0.0


def _row(claim: Claim, passage: Passage, rarity: Rarity) -> tuple[float, ...]:
    wanted, there = claim.words.distinct, passage.counts.keys()
    total = _sum(wanted, rarity) or 1.0
    names, digits = claim.words.names, claim.words.digits
    return (
        *_by_vectors(claim, passage),
        _bm25(wanted, passage, rarity) / (total * (SATURATION + 1)),
        _sum(wanted & there, rarity) / total,
        nearest_sentence(claim, passage, rarity)[1],
        _pairs(claim, passage, rarity),
        _sum(wanted.intersection(passage.over), rarity) / total,
        len(digits & there) / len(digits) if digits else 0.0,
        _covered(names, there, rarity) if names else 0.0,
    )


def _by_vectors(claim: Claim, passage: Passage) -> tuple[float, ...]:
    """The features of `BY_VECTORS`, in their order."""
    bare = passage.bare
    whole, plain = nearness(claim.vectors, passage.vector), nearness(claim.bare, bare.whole)
    return (
        whole,
        nearness(claim.vectors, passage.title) if len(passage.title) else whole,
        nearness(claim.bare, bare.pieces) if len(bare.pieces) else plain,
        plain,
        nearness(claim.bare, bare.title) if len(bare.title) else plain,
    )


def nearness(claim: Vectors, other: Vectors) -> float:
    """The greatest cosine of two sets of rows; 0 where either has none."""
    return float((other @ claim.T).max()) if len(claim) and len(other) else 0.0


def _bm25(terms: frozenset[str], passage: Passage, rarity: Rarity) -> float:
    length = sum(map(len, passage.sentences)) + len(passage.over)
    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / USUAL_LENGTH)
    counts = ((rarity.get(term, 0.0), passage.counts.get(term, 0)) for term in terms)
    return sum(weight * count * (SATURATION + 1) / (count + norm) for weight, count in counts if count)


def _pairs(claim: Claim, passage: Passage, rarity: Rarity) -> float:
    pairs = claim.words.pairs
    total = sum(rarity.get(a, 0.0) + rarity.get(b, 0.0) for a, b in pairs)
    shared = sum(rarity.get(a, 0.0) + rarity.get(b, 0.0) for a, b in pairs & passage.pairs)
    return shared / total if total else 0.0


def _covered(terms: frozenset[str], by: Collection[str], rarity: Rarity) -> float:
    total = _sum(terms, rarity)
    return _sum(terms.intersection(by), rarity) / total if total else 0.0


def _sum(terms: Iterable[str], rarity: Rarity) -> float:
    return sum(map(rarity.get, terms, repeat(0.0)))

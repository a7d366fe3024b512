"""A claim's words laid beside the words of a piece of evidence, each with how alike the two are in their contexts.

Words are compared by what the encoder makes of them where they stand, so that this means the same within a language
and across two. Of a long piece of evidence only the few sentences that bear on the claim are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from factdesk.encode.base import WordStates
from factdesk.match.conflicts import NO_CONTENT
from factdesk.match.words import words_of
from factdesk.text.fold import has_vietnamese_marks, terms
from factdesk.text.sentences import sentences

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

MOST_SENTENCES = 3
"""Sentences of the evidence that are held against a claim: what it says may be spread over that many."""
WORTH_ADDING = 0.03
"""By how much another sentence must raise the mean likeness of the claim's words to be looked at too."""
NO_SENTENCE_END = ".,;:!?…\"“”‘’'()[]{}<>«»–—-*"


@dataclass(frozen=True)
class Side:
    """One text of the two: its words as written, their places in `text`, and their states, rows of length 1."""

    text: str
    spans: tuple[tuple[int, int], ...]
    states: Floats
    vector: Floats

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The words in small letters, without what stands before and behind them; '' where that is all there is."""
        return tuple(self.text[start:end].strip(NO_SENTENCE_END).lower() for start, end in self.spans)

    @cached_property
    def language(self) -> str:
        """`vi` for Vietnamese with its marks; otherwise '', and what reads the text guesses."""
        return "vi" if has_vietnamese_marks(self.text) else ""

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The words as written, without what stands before and behind them."""
        return tuple(self.text[start:end].strip(NO_SENTENCE_END) for start, end in self.spans)

    @cached_property
    def folded(self) -> tuple[frozenset[str], ...]:
        """The terms of each word."""
        return tuple(frozenset(terms(word)) for word in self.plain)

    @cached_property
    def content(self) -> Flags:
        """Which words carry a statement."""
        return np.array([bool(found - NO_CONTENT) for found in self.folded], bool)

    @cached_property
    def names(self) -> Flags:
        """Which words are written as names."""
        known = words_of(self.text).names
        pairs = zip(self.folded, self.written, strict=True)
        return np.array([bool(found & known) and word[:1].isupper() for found, word in pairs], bool)

    def word_at(self, start: int) -> int:
        """The number of the word in which a place of the text lies; the last one for places behind all words."""
        ends = [end for _, end in self.spans]
        return min(int(np.searchsorted(ends, start, side="right")), len(ends) - 1)

    def within(self, places: Sequence[tuple[int, int]]) -> list[int]:
        """The numbers of the words that lie in some of the places."""
        return [row for row, (start, end) in enumerate(self.spans) if any(a <= start and end <= b for a, b in places)]

    def part(self, rows: Sequence[int]) -> Side:
        """The same text with only some of its words."""
        return Side(self.text, tuple(self.spans[row] for row in rows), self.states[list(rows)], self.vector)


@dataclass(frozen=True)
class Pairing:
    """A claim and what was found of it in the evidence: `likeness` float32[claim's words, evidence's words].

    `passages` are the sentences of the evidence that were looked at, as one text.
    """

    claim: Side
    evidence: Side
    likeness: Floats
    passages: str

    @cached_property
    def best(self) -> Floats:
        """For each word of the claim the likeness of the evidence's nearest word."""
        return np.asarray(self.likeness.max(axis=1), np.float32)

    @cached_property
    def nearest(self) -> NDArray[np.int64]:
        """For each word of the claim which word that is."""
        return np.asarray(self.likeness.argmax(axis=1), np.int64)

    @cached_property
    def told(self) -> Flags:
        """Which of the claim's words stand in the evidence, in whatever form the fold brings together."""
        known = frozenset[str]().union(*self.evidence.folded)
        return np.array([not found or found <= known for found in self.claim.folded], bool)

    @cached_property
    def echoed(self) -> Flags:
        """Which of the evidence's words stand in the claim."""
        known = frozenset[str]().union(*self.claim.folded)
        return np.array([not found or found <= known for found in self.evidence.folded], bool)


def side(words: WordStates, mean: Floats) -> Side:
    """A text's words with what all words have in common taken off, as rows of length 1."""
    states = words.states - mean
    lengths = np.linalg.norm(states, axis=1, keepdims=True)
    return Side(words.text, words.spans, np.asarray(states / np.maximum(lengths, 1e-9), np.float32), words.vector)


def paired(claim: Side, evidence: Side) -> Pairing | None:
    """The claim held against the sentences of the evidence that bear on it; None where either has no words."""
    if not claim.spans or not evidence.spans:
        return None
    likeness = claim.states @ evidence.states.T
    spans = _bearing(claim, evidence, likeness)
    rows = evidence.within(spans)
    passages = " ".join(evidence.text[start:end] for start, end in spans)
    return Pairing(claim, evidence.part(rows), np.ascontiguousarray(likeness[:, rows]), passages)


def _bearing(claim: Side, evidence: Side, likeness: Floats) -> list[tuple[int, int]]:
    """The places of the sentences that bear on the claim, found greedily, in the order of the text."""
    weights = np.where(claim.content, 1.0, 0.2)
    weights = weights / weights.sum()
    found = [(span.start, span.end) for span in sentences(evidence.text)]
    starts = np.array([start for start, _ in evidence.spans])
    columns = [likeness[:, (starts >= start) & (starts < end)] for start, end in found]
    tops = {place: rows.max(axis=1) for place, rows in zip(found, columns, strict=True) if rows.shape[1]}
    chosen: list[tuple[int, int]] = []
    best = np.full(len(likeness), -1.0)
    while tops and len(chosen) < MOST_SENTENCES:
        gains = {place: float(weights @ np.maximum(top, best)) for place, top in tops.items()}
        place = max(gains, key=gains.__getitem__)
        if chosen and gains[place] - float(weights @ best) < WORTH_ADDING:
            break
        best = np.maximum(best, tops.pop(place))
        chosen.append(place)
    return sorted(chosen)

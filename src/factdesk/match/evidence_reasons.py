"""Why a passage bears on a claim: what the two have in common, and what the passage says differently."""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.match.bearing import Claim, Passage, nearest_sentence
from factdesk.match.conflicts import Comparison
from factdesk.match.features import Rarity
from factdesk.match.reasons import COMMON, SHOWN, as_written, full_names
from factdesk.text.fold import terms

CLOSE, FAIRLY_CLOSE = 0.62, 0.45
"""Centred cosines of claim and passage: those that answer a claim lie mostly above the first, others below the
second."""
ON_TOPIC = 0.4
"""Share of the claim's words, by rarity, that a sentence must have for what it says differently to mean anything."""


def reasons(
    claim: Claim, passage: Passage, comparison: Comparison, nearness: float, rarity: Rarity, *, other_language: bool
) -> tuple[Reason, ...]:
    """The reasons, the weightiest for a reader first: what differs, then what agrees.

    `comparison` holds the claim against the sentence that matters.
    """
    near = nearness >= CLOSE or nearest_sentence(claim, passage, rarity)[1] >= ON_TOPIC
    differences = tuple(_differences(comparison)) if near else ()
    return (*differences, *_agreements(claim, passage, comparison, nearness, rarity, other_language))


def _differences(found: Comparison) -> Iterator[Reason]:
    if found.numbers_differ:
        values = {"claim": _listed(found.message_numbers), "passage": _listed(found.claim_numbers)}
        yield Reason("numbers", "numbers differ: {claim} in the claim, {passage} in the passage", values)
    if found.message_negates and not found.claim_negates:
        yield Reason("negation", "the claim says “not”, the passage does not")
    if found.claim_negates and not found.message_negates:
        yield Reason("negation", "the passage says “not”, the claim does not")


def _agreements(
    claim: Claim, passage: Passage, comparison: Comparison, nearness: float, rarity: Rarity, other_language: bool
) -> Iterator[Reason]:
    text, there = claim.words.text, frozenset(passage.counts)
    if comparison.same_numbers:
        yield Reason("numbers", "same numbers: {numbers}", {"numbers": _listed(comparison.same_numbers)})
    names = full_names(text, claim.words.names & there, there)
    if names:
        yield Reason("names", "names agree: {names}", {"names": _listed(names)})
    named = frozenset(term for name in names for term in terms(name))
    shared = (claim.words.distinct & there) - claim.words.names - claim.words.digits - named
    telling = sorted((term for term in shared if rarity.get(term, 0.0) >= COMMON), key=lambda t: (-rarity[t], t))
    words = as_written(text, frozenset(telling[:SHOWN]))
    if words:
        yield Reason("words", "shared words: {words}", {"words": _listed(words)})
    if nearness >= CLOSE:
        yield Reason("meaning", "close in meaning")
    elif nearness >= FAIRLY_CLOSE:
        yield Reason("meaning", "fairly close in meaning")
    if other_language:
        yield Reason("language", "in another language")


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(words[:SHOWN])

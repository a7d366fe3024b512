"""From a probability and a comparison to a decision. Abstains rather than guesses."""

from __future__ import annotations

from factdesk.domain.matches import Decision
from factdesk.match.conflicts import Comparison

SAME = 0.5
RELATED = 0.15
"""Probabilities from which a claim is called the same, or related. `SAME` is set by `benchmarks/train_match.py` so that
at least 95 % of what is called the same is, on messages that were held out."""

ON_TOPIC = 0.5
"""Share of the claim's words, or compared cosine, from which a difference is about the same statement."""


def decide(probability: float, comparison: Comparison, *, covered: float, cosine: float) -> Decision:
    """`same`, `related`, `conflicting` or `none`.

    `covered` is the share of the claim's words that the message has, `cosine` that of their vectors. A negation counts
    only where the two clearly make one statement: in a long sentence it often belongs to something else.
    """
    if probability < RELATED:
        return "none"
    close = covered >= ON_TOPIC or cosine >= ON_TOPIC
    differs = comparison.numbers_differ or comparison.quantifiers_differ or comparison.negation_differs
    if close and differs:
        return "conflicting"
    return "same" if probability >= SAME else "related"

"""From a probability and a comparison to a decision. Abstains rather than guesses."""

from __future__ import annotations

from factdesk.domain.matches import Decision
from factdesk.match.conflicts import Comparison

RELATED = 0.15
"""Probability from which a claim is called related."""

ON_TOPIC = 0.5
"""Share of the claim's words, or compared cosine, from which a difference is about the same statement."""


def decide(probability: float, comparison: Comparison, *, same: float, covered: float, cosine: float) -> Decision:
    """`same`, `related`, `conflicting` or `none`.

    `same` is the probability from which a claim is called the same: the table brings it, set so that at least 95 % of
    what is called so was right on messages held out.

    `covered` is the share of the claim's words that the message has, `cosine` that of their vectors. A negation counts
    only where the two clearly make one statement: in a long sentence it often belongs to something else.
    """
    if probability < RELATED:
        return "none"
    close = covered >= ON_TOPIC or cosine >= ON_TOPIC
    differs = comparison.numbers_differ or comparison.quantifiers_differ or comparison.negation_differs
    if close and differs:
        return "conflicting"
    return "same" if probability >= same else "related"

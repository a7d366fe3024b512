"""A match: a claim found to be the same as a known one, with the reasons for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from factdesk.domain.reviews import Review

Decision = Literal["same", "related", "conflicting", "none"]
"""`conflicting`: the same topic, but a number, a name or a negation differs. `none`: not this claim."""

Verdict = Literal["confirmed", "rejected"]
"""What a person said of a match."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a score: the feature it comes from, a template for people, and the values compared."""

    feature: str
    template: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The reason in English."""
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of a text in Unicode code points: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """A known review held against a claim. `score` is the calibrated probability that both state the same claim."""

    review_id: str
    score: float
    decision: Decision
    reasons: tuple[Reason, ...]
    review: Review
    judged: Verdict | None = None


@dataclass(frozen=True, slots=True)
class ClaimAnswer:
    """What is known of one claim of a message: its place in the message, and matches, best first."""

    text: str
    span: Span
    matches: tuple[Match, ...]
    disagreement: Reason | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a message, claim by claim. `message_id` names the message for `match confirm` and `reject`."""

    message_id: str
    message: str
    language: str
    claims: tuple[ClaimAnswer, ...]

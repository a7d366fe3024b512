"""A message's sentences as claims: what kind each is, and whether a desk should spend time on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from factdesk.domain.matches import Reason, Span

Kind = Literal["checkable", "opinion", "prediction", "question", "experience", "other"]
"""Only `checkable` can ever be rated (DESIGN §1.3)."""


@dataclass(frozen=True, slots=True)
class ClaimSentence:
    """One sentence of a message. `probability` is of `checkworthy`, calibrated; the span is into the message."""

    text: str
    span: Span
    kind: Kind
    checkworthy: bool
    probability: float
    reason: Reason

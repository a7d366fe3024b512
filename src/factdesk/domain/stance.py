"""A stance hint: what a piece of evidence seems to do to a claim. It is shown, and never stored as a judgement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from factdesk.domain.matches import Reason

StanceLabel = Literal["supports", "refutes", "neither"]
"""`neither`: on the topic or not, the evidence does not settle the claim."""

Shown = Literal["supports", "refutes", "unclear"]

STANCE_LABELS: tuple[StanceLabel, ...] = ("supports", "refutes", "neither")


@dataclass(frozen=True, slots=True)
class StanceHint:
    """The likeliest label with its calibrated probability.

    `sure` is false where the hint abstains: where it is too likely wrong, and where it would say *refutes* without
    having found what the two say differently. `reasons` says what was found, the weightiest for the label first.
    """

    label: StanceLabel
    probability: float
    sure: bool
    reasons: tuple[Reason, ...]

    @property
    def shown(self) -> Shown:
        """What a person is shown: *unclear* unless it is sure of the one or the other."""
        return "unclear" if not self.sure or self.label == "neither" else self.label

"""A stance hint: what a piece of evidence seems to do to a claim. It is shown, and never stored as a judgement."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    `shown` is what a person is shown: *unclear* unless it is sure of the one or the other. It is a field, so that it
    stands beside the label wherever a hint is written out, and no program takes an unsure label for a finding.
    """

    label: StanceLabel
    probability: float
    sure: bool
    reasons: tuple[Reason, ...]
    shown: Shown = field(init=False)

    def __post_init__(self) -> None:
        """Make `shown` of the label."""
        shown: Shown = "unclear" if not self.sure or self.label == "neither" else self.label
        object.__setattr__(self, "shown", shown)

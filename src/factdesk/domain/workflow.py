"""The way of a check, from a draft to what readers see: one table, and nothing else decides.

    draft ─ submit ─► submitted ─ sign ─► signed ─ publish ─► published
      ▲                  │                  │                    │
      └──── return ──────┴──────────────────┘      reopen (a person, or `watch`), correct
                                                                 ▼
    corrected ◄─ publish ─ signed ◄─ sign ─ submitted ◄─ submit ─ reopened ─ keep ─► as it was
    withdrawn ◄─ publish ─ signed ◄─ sign ─ submitted ◄─ withdraw ─ published, corrected or reopened

An edit makes a new revision. One after submitting takes the check back to its author; one after signing voids the
signature: it was on another text. What is published never changes: a reopened check stays on the site as it was until
its correction or withdrawal is published, and both need a signature too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

State = Literal["draft", "submitted", "returned", "signed", "published", "reopened", "corrected", "withdrawn"]

Action = Literal["edit", "undo", "submit", "return", "sign", "publish", "reopen", "correct", "withdraw", "keep"]

Role = Literal["contributor", "reviewer", "editor", "admin"]
"""From the least to the most; who may do more may do what those before may."""

ROLES: tuple[Role, ...] = ("contributor", "reviewer", "editor", "admin")
STATES: tuple[State, ...] = (
    "draft",
    "submitted",
    "returned",
    "signed",
    "published",
    "reopened",
    "corrected",
    "withdrawn",
)


@dataclass(frozen=True, slots=True)
class Step:
    """What an action does: from which states, to which, and the least role that may. No `to` means: it depends on
    what the check was before, and on what is being published."""

    action: Action
    sources: frozenset[State]
    role: Role
    to: State | None = None


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


STEPS: dict[Action, Step] = {
    step.action: step
    for step in (
        Step("edit", _from("draft", "submitted", "returned", "signed", "reopened"), "contributor"),
        Step("undo", _from("draft", "returned", "reopened"), "contributor"),
        Step("submit", _from("draft", "returned", "reopened"), "contributor", "submitted"),
        Step("return", _from("submitted", "signed"), "reviewer"),
        Step("sign", _from("submitted"), "reviewer", "signed"),
        Step("publish", _from("signed"), "editor"),
        Step("reopen", _from("published", "corrected"), "contributor", "reopened"),
        Step("correct", _from("published", "corrected", "reopened"), "contributor", "reopened"),
        Step("withdraw", _from("published", "corrected", "reopened"), "editor", "submitted"),
        Step("keep", _from("reopened"), "editor"),
    )
}
"""Every action there is. What it needs beside the state and the role is checked where it is done (`actions`)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a check stands. `was_public`: a revision of it was published. `was_corrected`: so was a correction.
    `correcting` and `withdrawing`: what is on its way is a correction, or a withdrawal."""

    state: State = "draft"
    was_public: bool = False
    was_corrected: bool = False
    correcting: bool = False
    withdrawing: bool = False

    @property
    def act(self) -> Literal["publish", "correct", "withdraw"]:
        """What publishing it would be."""
        return "withdraw" if self.withdrawing else "correct" if self.was_public else "publish"


def may(role: Role, action: Action) -> bool:
    """Whether a role suffices for an action."""
    return ROLES.index(role) >= ROLES.index(STEPS[action].role)


def possible(standing: Standing, action: Action) -> bool:
    """Whether an action can be done where a check stands. What was public goes on only as a correction or a
    withdrawal: an edit of it that names nothing wrong is not submitted."""
    if action == "submit" and standing.was_public and not standing.correcting:
        return False
    return standing.state in STEPS[action].sources


def after(standing: Standing, action: Action) -> Standing:
    """Where a check stands after an action. Raises `ValueError` for one that cannot be done there."""
    if not possible(standing, action):
        raise ValueError(f"{action} from {standing.state}")
    if action == "publish":
        return _published(standing)
    if action == "keep":
        return Standing("corrected" if standing.was_corrected else "published", True, standing.was_corrected)
    if action in ("edit", "undo", "return"):
        # An edited or returned withdrawal is none any more: it is asked for anew.
        return replace(standing, state=_back(standing, action), withdrawing=False)
    to = STEPS[action].to or standing.state
    return replace(
        standing,
        state=to,
        correcting=(standing.correcting or action == "correct") and action != "withdraw",
        withdrawing=standing.withdrawing or action == "withdraw",
    )


def _published(standing: Standing) -> Standing:
    if standing.withdrawing:
        return Standing("withdrawn", True, standing.was_corrected)
    if standing.was_public:
        return Standing("corrected", True, True)
    return Standing("published", True)


def _back(standing: Standing, action: Action) -> State:
    """The state in which a check is written on."""
    if standing.was_public:
        return "reopened"
    if action == "return":
        return "returned"
    return "draft" if standing.state in ("submitted", "signed") else standing.state

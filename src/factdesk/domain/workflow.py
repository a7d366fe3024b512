"""The way of a check, from a draft to what readers see: one table, and nothing else decides.

    draft ─ submit ─► submitted ─ sign ─► signed ─ publish ─► published
      ▲                  │                  │                    │
      └──── return ──────┴──────────────────┘         reopen, by a person or by `watch`
                                                                 ▼
    corrected ◄─ publish ─ signed ◄─ sign ─ submitted ◄─ submit ─ reopened
    withdrawn ◄─ publish ─ signed ◄─ …  (a withdrawal needs a signature too)

An edit makes a new revision. One after submitting takes the check back to its author; one after signing voids the
signature: it was on another text. What is published never changes: a reopened check stays on the site as it was until
its correction or withdrawal is published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["draft", "submitted", "returned", "signed", "published", "reopened", "corrected", "withdrawn"]

Action = Literal["edit", "undo", "submit", "return", "sign", "publish", "reopen", "withdraw"]

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
PUBLIC: frozenset[State] = frozenset({"published", "corrected", "reopened", "withdrawn"})
"""Where readers see something of the check."""


@dataclass(frozen=True, slots=True)
class Step:
    """What an action does: from which states, to which, and the least role that may. An empty `to` means: depends on
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
        Step("return", _from("submitted", "signed"), "reviewer", "returned"),
        Step("sign", _from("submitted"), "reviewer", "signed"),
        Step("publish", _from("signed"), "editor"),
        Step("reopen", _from("published", "corrected"), "contributor", "reopened"),
        Step("withdraw", _from("reopened"), "editor", "submitted"),
    )
}
"""Every action there is. What it needs beside the state and the role is checked where it is done (`actions`)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a check stands. `was_public` is whether a revision of it was ever published; `withdrawing` whether what is
    on its way is a withdrawal."""

    state: State = "draft"
    was_public: bool = False
    withdrawing: bool = False


def may(role: Role, action: Action) -> bool:
    """Whether a role suffices for an action."""
    return ROLES.index(role) >= ROLES.index(STEPS[action].role)


def possible(standing: Standing, action: Action) -> bool:
    """Whether an action can be done where a check stands."""
    return standing.state in STEPS[action].sources


def after(standing: Standing, action: Action) -> Standing:
    """Where a check stands after an action. Raises `ValueError` for one that cannot be done there."""
    if not possible(standing, action):
        raise ValueError(f"{action} from {standing.state}")
    to = STEPS[action].to
    if action == "publish":
        state: State = "withdrawn" if standing.withdrawing else "corrected" if standing.was_public else "published"
        return Standing(state, was_public=True)
    if action == "withdraw":
        return Standing("submitted", standing.was_public, withdrawing=True)
    if action in ("edit", "undo"):
        # An edited withdrawal is no withdrawal any more: it is asked for anew.
        return Standing(_edited(standing), standing.was_public)
    return Standing(to or standing.state, standing.was_public, standing.withdrawing and action != "return")


def _edited(standing: Standing) -> State:
    if standing.state in ("submitted", "signed"):
        return "reopened" if standing.was_public else "draft"
    return standing.state


def permissions() -> tuple[tuple[Action, dict[Role, bool]], ...]:
    """Which role may do what, as the documentation shows it."""
    return tuple((action, {role: may(role, action) for role in ROLES}) for action in STEPS)

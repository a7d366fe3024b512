"""The way of a check: no order of actions publishes what nobody signed, and what is public stays known as such."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from factdesk.domain.workflow import ROLES, STATES, STEPS, Action, Role, Standing, after, may, possible

ACTIONS: list[Action] = list(STEPS)


class Way(RuleBasedStateMachine):
    """Any order of actions that are possible."""

    def __init__(self) -> None:
        super().__init__()
        self.now = Standing()
        self.signed_text: int | None = None
        self.text = 0
        self.published: list[int] = []

    @rule(action=st.sampled_from(ACTIONS))
    def act(self, action: Action) -> None:
        if not possible(self.now, action):
            with pytest.raises(ValueError, match=action):
                after(self.now, action)
            return
        self.now = after(self.now, action)
        if action in ("edit", "undo", "withdraw"):
            self.text += 1
        if action == "sign":
            self.signed_text = self.text
        if action == "publish":
            assert self.signed_text == self.text
            self.published.append(self.text)

    @invariant()
    def what_was_public_stays_known(self) -> None:
        assert self.now.was_public == bool(self.published)
        assert self.now.state not in ("published", "corrected", "reopened", "withdrawn") or self.published

    @invariant()
    def a_signature_is_on_this_text(self) -> None:
        assert self.now.state != "signed" or self.signed_text == self.text


TestWay = Way.TestCase


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (["submit", "sign", "publish"], "published"),
        (["submit", "return", "edit", "submit", "sign", "publish"], "published"),
        (["submit", "sign", "edit"], "draft"),
        (["submit", "sign", "publish", "reopen", "correct", "edit", "submit", "sign", "publish"], "corrected"),
        (
            ["submit", "sign", "publish", "correct", "edit", "submit", "return", "submit", "sign", "publish"],
            "corrected",
        ),
        (["submit", "sign", "publish", "reopen", "withdraw", "sign", "publish"], "withdrawn"),
        (["submit", "sign", "publish", "withdraw", "sign", "publish"], "withdrawn"),
        (["submit", "sign", "publish", "reopen", "withdraw", "edit"], "reopened"),
        (["submit", "sign", "publish", "correct", "submit", "sign", "edit"], "reopened"),
        (["submit", "sign", "publish", "reopen", "keep"], "published"),
        (["submit", "sign", "publish", "correct", "submit", "sign", "publish", "reopen", "edit", "keep"], "corrected"),
    ],
)
def test_ways(steps: list[Action], state: str) -> None:
    standing = Standing()
    for step in steps:
        standing = after(standing, step)
    assert standing.state == state


def test_what_was_public_is_not_submitted_before_it_is_said_what_was_wrong() -> None:
    reopened = after(Standing("published", was_public=True), "reopen")
    assert not possible(reopened, "submit")
    assert possible(after(reopened, "correct"), "submit")


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_can_be_done_to_what_was_withdrawn(action: Action) -> None:
    assert not possible(Standing("withdrawn", was_public=True), action)


@given(st.sampled_from(ROLES), st.sampled_from(ACTIONS))
def test_who_may_do_more_may_do_what_those_before_may(role: Role, action: Action) -> None:
    higher = ROLES[ROLES.index(role) :]
    assert not may(role, action) or all(may(other, action) for other in higher)


def test_nobody_publishes_from_anywhere_but_signed() -> None:
    assert [state for state in STATES if possible(Standing(state), "publish")] == ["signed"]
    assert [state for state in STATES if possible(Standing(state), "sign")] == ["submitted"]

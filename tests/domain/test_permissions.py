"""The table of who may do what: complete, growing with the role, and no wider than was meant."""

from __future__ import annotations

import pytest

from factdesk.domain.permissions import PERMISSIONS, allowed, rows
from factdesk.domain.workflow import ROLES, STEPS, Role, may

LEAST: dict[Role, set[str]] = {
    "contributor": {
        *("tip.add", "tip.link", "claim.add", "claim.edit", "key.register", "key.revoke"),
        *(f"check.{action}" for action in ("new", "edit", "undo", "submit", "reopen", "correct")),
    },
    "reviewer": {"check.sign", "check.return", "log.sign"},
    "editor": {"check.publish", "check.withdraw", "check.keep"},
    "admin": {"people.add", "people.role", "people.disable", "redact", "scale.set"},
}
"""What each role is the first that may, as DESIGN and the handbook say."""


@pytest.mark.parametrize("role", ROLES)
def test_what_each_role_may_and_those_before_may_not(role: Role) -> None:
    before = set[str]().union(*(LEAST[each] for each in ROLES[: ROLES.index(role)]))
    assert {action for action in PERMISSIONS if allowed(role, action)} == before | LEAST[role]


def test_every_action_of_the_workflow_is_in_it_with_the_same_role() -> None:
    for action in STEPS:
        for role in ROLES:
            assert allowed(role, f"check.{action}") == may(role, action)


def test_the_table_is_what_is_asked() -> None:
    shown = rows()
    assert [action for action, _ in shown] == list(PERMISSIONS)
    assert all(can[role] == allowed(role, action) for action, can in shown for role in ROLES)


def test_an_unknown_action_is_nobodys() -> None:
    with pytest.raises(KeyError):
        allowed("admin", "desk.burn")

"""Which role may do what: one table for every action of a desk, from which the documentation makes its own."""

from __future__ import annotations

from factdesk.domain.workflow import ROLES, STEPS, Role

PERMISSIONS: dict[str, Role] = {
    "tip.add": "contributor",
    "tip.link": "contributor",
    "claim.add": "contributor",
    "claim.edit": "contributor",
    "check.new": "contributor",
    **{f"check.{action}": step.role for action, step in STEPS.items()},
    "key.register": "contributor",
    "key.revoke": "contributor",
    "log.sign": "reviewer",
    "people.add": "admin",
    "people.role": "admin",
    "people.disable": "admin",
    "scale.set": "admin",
    "redact": "admin",
}
"""Every action and the least role that may. A key is registered, and revoked, by whose it is; an admin may revoke
any."""


def allowed(role: Role, action: str) -> bool:
    """Whether a role suffices for an action."""
    return ROLES.index(role) >= ROLES.index(PERMISSIONS[action])


def rows() -> tuple[tuple[str, dict[Role, bool]], ...]:
    """Which role may do what, as the documentation shows it."""
    return tuple((action, {role: allowed(role, action) for role in ROLES}) for action in PERMISSIONS)

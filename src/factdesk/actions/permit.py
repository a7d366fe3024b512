"""Who may do what: asked in the transaction that does it (DESIGN §1.2)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factdesk.domain.people import Person, name_of
from factdesk.domain.permissions import PERMISSIONS, allowed
from factdesk.errors import RefusedError
from factdesk.store.people import count_people, find_person


def permitted(session: Session, name: str, action: str) -> Person:
    """The person of that name, who may do this. Raises `RefusedError` for anybody else."""
    found = find_person(session, name_of(name) or name)
    if found is None and not count_people(session):
        raise RefusedError(
            "Nobody works at this desk yet.",
            remedy="Add yourself, as its first person and admin: factdesk people add NAME",
        )
    if found is None:
        raise RefusedError(
            "Nobody at this desk is called {name}.",
            remedy="Say who you are with --as NAME; an admin adds people with: factdesk people add NAME",
            name=name,
        )
    person = found.person
    if person.disabled:
        raise RefusedError(
            "{name} does not work at this desk any more.", remedy="Act as somebody else with --as NAME.", name=name
        )
    if not allowed(person.role, action):
        raise RefusedError(
            "This takes the role {needed} at least; {name} has the role {role}.",
            remedy="Ask one who may, or an admin to change the role: factdesk people role {name} ROLE",
            name=person.name,
            role=person.role,
            needed=PERMISSIONS[action],
        )
    return person

"""Adding people, giving them roles, and saying that one does not work here any more."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from factdesk.actions.permit import permitted
from factdesk.domain.people import RESERVED, Person, name_of
from factdesk.domain.workflow import ROLES, Role
from factdesk.errors import InputError, NotFoundError, RefusedError
from factdesk.store.items import NewFact, put_facts
from factdesk.store.people import StoredPerson, all_people, count_people, find_person
from factdesk.store.record import Record, Writer

MOST_SHOWN = 100
"""Characters of a name that readers see."""


def add_person(record: Record, name: str, *, shown: str = "", role: Role = "contributor", actor: str) -> StoredPerson:
    """Add somebody. The first person of a desk is its admin, and may be added by whoever holds the desk.

    A name is given once and for all: also who left keeps theirs. Raises `RefusedError`, `InputError`.
    """
    own = name_of(name)
    if not own:
        raise InputError(
            "{name} cannot be the name of a person here.",
            remedy="It has 1 to 40 letters, digits, dots and hyphens, and no spaces; --shown takes the full name.",
            name=name,
        )
    if role not in ROLES:
        raise InputError(
            "There is no role {role}.", remedy="Choose one of: {roles}.", role=role, roles=", ".join(ROLES)
        )
    with record.write() as writer:
        first = not count_people(writer.session)
        by = own if first else permitted(writer.session, actor, "people.add").name
        if own in RESERVED or find_person(writer.session, own) is not None:
            raise RefusedError(
                "There is or was somebody called {name}: a name is given once.", remedy="Take another.", name=own
            )
        person = Person(own, " ".join(shown.split())[:MOST_SHOWN] or name.strip(), "admin" if first else role)
        return _written(writer, writer.clock.new_id(), person, "people.add", by)


def set_role(record: Record, name: str, role: Role, *, actor: str) -> StoredPerson:
    """Give somebody another role, which also brings back one who left. Raises `RefusedError`, `NotFoundError`."""
    with record.write() as writer:
        admin = permitted(writer.session, actor, "people.role")
        stored = person_named(writer.session, name)
        changed = replace(stored.person, role=role, disabled=False)
        _keep_an_admin(writer.session, stored, changed)
        if changed == stored.person:
            return stored
        return _written(writer, stored.id, changed, "people.role", admin.name)


def disable_person(record: Record, name: str, *, actor: str) -> StoredPerson:
    """Say that somebody does not work here any more: they can do nothing from now on, and what they did stays."""
    with record.write() as writer:
        admin = permitted(writer.session, actor, "people.disable")
        stored = person_named(writer.session, name)
        changed = replace(stored.person, disabled=True)
        _keep_an_admin(writer.session, stored, changed)
        if changed == stored.person:
            return stored
        return _written(writer, stored.id, changed, "people.disable", admin.name)


def person_named(session: Session, name: str) -> StoredPerson:
    """The person of that name. Raises `NotFoundError`."""
    found = find_person(session, name_of(name) or name)
    if found is None:
        raise NotFoundError(
            "Nobody at this desk is called {name}.", remedy="See who is: factdesk people list", name=name
        )
    return found


def _keep_an_admin(session: Session, stored: StoredPerson, changed: Person) -> None:
    others = (each.person for each in all_people(session) if each.id != stored.id)
    if not any(each.role == "admin" and not each.disabled for each in (changed, *others)):
        raise RefusedError(
            "{name} is the desk's only admin.",
            remedy="Make another one first: factdesk people role NAME admin",
            name=stored.person.name,
        )


def _written(writer: Writer, own_id: str, person: Person, action: str, actor: str) -> StoredPerson:
    fact = NewFact("person", own_id, person.content())
    put_facts(writer, [fact], actor=actor, action=action, subject=f"person:{own_id}")
    return StoredPerson(own_id, person)

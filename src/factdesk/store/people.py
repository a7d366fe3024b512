"""The people of a desk and their public keys, as the record has them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy.orm import Session

from factdesk.domain.keys import PublicKey, key_from
from factdesk.domain.people import Person, person_from
from factdesk.store.items import ItemRow, all_items, count_items, item_named


@dataclass(frozen=True, slots=True)
class StoredPerson:
    """A person with their id. One whose content was redacted is disabled and has no name to show."""

    id: str
    person: Person


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A public key with its id."""

    id: str
    key: PublicKey


def find_person(session: Session, name: str) -> StoredPerson | None:
    """The person of that name (`domain.people.name_of`)."""
    row = item_named(session, "person", name)
    return _person(row) if row is not None else None


def all_people(session: Session) -> list[StoredPerson]:
    """Everybody, disabled ones too, in the order in which they came."""
    return [_person(row) for row in all_items(session, "person")]


def count_people(session: Session) -> int:
    """How many people there are, disabled ones too."""
    return count_items(session, "person")


def find_key(session: Session, fingerprint: str) -> StoredKey | None:
    """The key of that fingerprint."""
    row = item_named(session, "key", fingerprint)
    return _key(row) if row is not None else None


def keys_of(session: Session, person: str | None = None) -> list[StoredKey]:
    """The keys of a person, or of all, revoked ones too, oldest first."""
    found = (_key(row) for row in all_items(session, "key", parent=person))
    return [key for key in found if key is not None]


def _person(row: ItemRow) -> StoredPerson:
    if row.content is None:
        return StoredPerson(row.id, Person(row.name, "", "contributor", disabled=True))
    return StoredPerson(row.id, person_from(json.loads(row.content)))


def _key(row: ItemRow) -> StoredKey | None:
    return None if row.content is None else StoredKey(row.id, key_from(json.loads(row.content)))

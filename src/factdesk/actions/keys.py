"""Public keys of people: made known to the desk, exchanged, and given up. The private ones never come here."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from sqlalchemy.orm import Session

from factdesk.actions.permit import permitted
from factdesk.domain.keys import REASONS, PublicKey, Why, fingerprint
from factdesk.domain.people import Person
from factdesk.errors import InputError, NotFoundError, RefusedError
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import is_public, is_signed
from factdesk.store.items import NewFact, put_facts
from factdesk.store.people import StoredKey, find_key, keys_of
from factdesk.store.record import Record, Writer

PROOF = "factdesk key registration"
"""What a new key signs the digest of, with the person's name: that who registers it holds it."""


def register_key(record: Record, public: str, proof: str, *, rotate: bool = False, actor: str) -> StoredKey:
    """Make a person's new key known. `proof` is its signature over `proof_digest`. One key at a time: another one
    takes the old one's place, with `rotate`. Raises `RefusedError`, `InputError`."""
    if not is_public(public):
        raise InputError("This is no public key.", remedy="Make one with: factdesk key new")
    with record.write() as writer:
        person = permitted(writer.session, actor, "key.register")
        if not is_signed(public, proof_digest(person.name, public), proof):
            raise RefusedError(
                "The key was not shown to be {name}'s own.", remedy="Make it with: factdesk key new", name=person.name
            )
        known = find_key(writer.session, fingerprint(public))
        if known is not None:
            raise RefusedError("The desk knows this key already.", remedy="Make another one: factdesk key new")
        active = [key for key in keys_of(writer.session, person.name) if key.key.revoked is None]
        if active and not rotate:
            raise RefusedError(
                "{name} has a key already.",
                remedy="Exchange it with: factdesk key rotate, or give it up with: factdesk key revoke",
                name=person.name,
            )
        for old in active:
            _written(writer, old.id, replace(old.key, revoked=writer.now(), why="rotated"), "key.revoke", person.name)
        key = PublicKey(person.name, public, writer.now())
        return _written(writer, writer.clock.new_id(), key, "key.register", person.name)


def revoke_key(record: Record, own: str, why: Why, *, actor: str) -> StoredKey:
    """Give a key up, by its fingerprint or the beginning of it. A key that is given up signs nothing more; only for
    one that was `compromised` what it signed before is doubted. Raises `RefusedError`, `NotFoundError`."""
    if why not in REASONS:
        raise InputError("A key is given up for one of: {reasons}.", reasons=", ".join(REASONS))
    with record.write() as writer:
        person = permitted(writer.session, actor, "key.revoke")
        stored = _key_named(writer, own)
        _own_or_admin(person, stored)
        if stored.key.why == why or stored.key.why == "compromised":
            return stored
        revoked = stored.key.revoked or writer.now()
        return _written(writer, stored.id, replace(stored.key, revoked=revoked, why=why), "key.revoke", person.name)


def proof_digest(name: str, public: str) -> str:
    """What a new key signs, as a SHA-256."""
    return hashlib.sha256(f"{PROOF}\n{name}\n{public}".encode()).hexdigest()


def own_key(session: Session, key: PrivateKey, person: Person) -> StoredKey:
    """A private key as the desk knows it. Raises `RefusedError` where it is not that person's, or was given up."""
    known = find_key(session, fingerprint(key.public))
    if known is None or known.key.person != person.name:
        raise RefusedError(
            "The desk does not know this key as {name}'s.",
            remedy="Make one with: factdesk key new --as {name}",
            name=person.name,
        )
    if known.key.revoked is not None:
        raise RefusedError(
            "This key was given up.", remedy="Make another one: factdesk key new --as {name}", name=person.name
        )
    return known


def _own_or_admin(person: Person, stored: StoredKey) -> None:
    if stored.key.person != person.name and person.role != "admin":
        raise RefusedError(
            "This key is {owner}'s.", remedy="They give it up themselves, or an admin does.", owner=stored.key.person
        )


def _key_named(writer: Writer, own: str) -> StoredKey:
    wanted = "".join(own.split()).lower()
    found = [key for key in keys_of(writer.session) if len(wanted) >= 4 and key.key.fingerprint.startswith(wanted)]
    if len(found) != 1:
        raise NotFoundError(
            "No one key has the fingerprint {own}.", remedy="See the keys with: factdesk key show --all", own=own
        )
    return found[0]


def _written(writer: Writer, own_id: str, key: PublicKey, action: str, actor: str) -> StoredKey:
    fact = NewFact("key", own_id, key.content())
    put_facts(writer, [fact], actor=actor, action=action, subject=f"key:{own_id}")
    return StoredKey(own_id, key)

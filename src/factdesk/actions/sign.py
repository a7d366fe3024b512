"""Signing a check: another person's approval of exactly one revision, and of all that it relies on."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from factdesk.actions.acts import begin, changed_meanwhile, finish
from factdesk.actions.heads import head_fact
from factdesk.actions.permit import permitted
from factdesk.domain.checks import SignOff
from factdesk.domain.conditions import Condition
from factdesk.domain.ids import short
from factdesk.domain.people import Person, names
from factdesk.domain.statements import Statement
from factdesk.errors import RefusedError
from factdesk.queries.desk import Desk
from factdesk.queries.publishable import readiness
from factdesk.queries.statement import statement_for
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import sign as signature_of
from factdesk.store.checks import StoredCheck
from factdesk.store.items import NewFact


@dataclass(frozen=True, slots=True)
class Signed:
    """A check that was signed, and its sign-off's id."""

    check: StoredCheck
    signoff: str
    fact: SignOff


def sign(desk: Desk, check: StoredCheck, key: PrivateKey, *, actor: str) -> Signed:
    """Sign a submitted check as it stands. It must be fit to be published, but for the signature; who wrote any part
    of it cannot sign; the key must be the person's own and in use. It signs the head of the log too, as it stood
    before. Raises `RefusedError`."""
    with desk.record.read() as session:
        _may_sign(session, statement_for(session, desk.config, check), actor)
    ready = readiness(desk, check)
    refuse_wanting(check, ready.wanting)
    digest = ready.statement.digest
    with desk.record.write() as writer:
        stored, person = begin(writer, check.id, "sign", actor, check.version)
        statement = statement_for(writer.session, desk.config, stored)
        _unchanged(stored, statement, digest)
        may_sign(statement, person)
        head = head_fact(writer, desk.config.name, key, person)
        own = writer.clock.new_id()
        fact = SignOff(
            stored.id, statement.revision, person.name, key.public, digest, signature_of(key, digest), writer.now()
        )
        done = finish(
            writer,
            stored,
            "sign",
            person.name,
            facts=[NewFact("signoff", stored.id, fact.content(), own), head],
            signed=own,
        )
        return Signed(done, own, fact)


def may_sign(statement: Statement, person: Person) -> None:
    """Raises `RefusedError` for one who wrote any part of it, or is named as an author."""
    named = names(statement.authors, person.name) or names(statement.authors, person.shown)
    if person.name in statement.writers or named:
        raise RefusedError(
            "{name} wrote a part of this check, or is named as an author: two people are needed.",
            remedy="Somebody who wrote none of it signs it: factdesk check sign {id} --as NAME",
            name=person.name,
            id=short(statement.check),
        )


def refuse_wanting(check: StoredCheck, wanting: tuple[Condition, ...]) -> None:
    """Raises `RefusedError` with the first condition that is not met, and how to meet it; `check show` has all."""
    if not wanting:
        return
    why, remedy = wanting[0].wanting, wanting[0].remedy
    if why is not None and remedy is not None:
        raise RefusedError(
            why.template, place=short(check.id), remedy=remedy.template, **{**why.values, **remedy.values}
        )


def _may_sign(session: Session, statement: Statement, actor: str) -> None:
    """The same before anything is verified, which takes a while."""
    may_sign(statement, permitted(session, actor, "check.sign"))


def _unchanged(stored: StoredCheck, statement: Statement, digest: str) -> None:
    if statement.digest != digest:
        raise changed_meanwhile(stored.id)

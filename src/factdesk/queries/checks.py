"""Checks as a desk looks at them: the list, one check with what it still needs, and its text as a file."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from factdesk.domain.checks import Publication, Revision, SignOff
from factdesk.domain.conditions import Condition
from factdesk.domain.ids import short
from factdesk.domain.workflow import STEPS, Action, State, possible
from factdesk.errors import IntegrityError, NotFoundError
from factdesk.queries.desk import Desk
from factdesk.queries.publishable import Readiness, readiness
from factdesk.queries.signatures import signature_condition
from factdesk.queries.statement import statement_for
from factdesk.store.checks import (
    Stored,
    StoredCheck,
    all_checks,
    get_revision,
    publications_of,
    revisions_of,
    signoffs_of,
)
from factdesk.store.record import Record


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """A check with what is known of it. `conditions` are those of publishing, the signature last; `next` what can be
    done where it stands, whoever may."""

    stored: StoredCheck
    revision: Stored[Revision]
    ready: Readiness
    conditions: tuple[Condition, ...]
    signoffs: tuple[Stored[SignOff], ...]
    publications: tuple[Stored[Publication], ...]
    next: tuple[Action, ...]


def list_checks(record: Record, states: tuple[State, ...] = ()) -> list[StoredCheck]:
    """Checks, those that something was done to last first; in those states, or all."""
    with record.read() as session:
        return sorted(all_checks(session, states), key=lambda each: each.seq, reverse=True)


def show_check(desk: Desk, check: StoredCheck, *, quick: bool = True) -> ShownCheck:
    """One check, held against the conditions of publishing."""
    ready = readiness(desk, check, quick=quick)
    with desk.record.read() as session:
        signature = signature_condition(session, check, statement_for(session, desk.config, check))
        return ShownCheck(
            check,
            newest(session, check),
            ready,
            (*ready.conditions, signature),
            tuple(signoffs_of(session, check.id)),
            tuple(publications_of(session, check.id)),
            tuple(action for action in STEPS if possible(check.now.standing, action)),
        )


def newest(session: Session, check: StoredCheck) -> Stored[Revision]:
    """The newest revision of a check. Raises `IntegrityError`."""
    found = get_revision(session, check.now.head)
    if found is None:
        raise IntegrityError(
            "The text of the check {id} was redacted, or is missing.",
            remedy="Which of the two: factdesk log {id}, factdesk audit",
            id=check.id,
        )
    return found


def numbered(session: Session, check: StoredCheck, number: int) -> Stored[Revision]:
    """A revision by its number, from 1. Raises `NotFoundError`."""
    for each in revisions_of(session, check.id):
        if each.fact.number == number:
            return each
    raise NotFoundError(
        "The check has no revision {number}.",
        remedy="See them with: factdesk log {id}",
        number=number,
        id=short(check.id),
    )

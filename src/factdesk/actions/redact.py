"""Taking out for good what must not be kept (DESIGN §1.6): the content goes, the event stays.

All of it in one transaction; the files of bytes, the indexes and the caches go after it. What a crash leaves of these,
the same redaction asked for again takes away.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from factdesk.actions.acts import reason
from factdesk.actions.permit import permitted
from factdesk.actions.redact_derived import drop_derived
from factdesk.actions.redact_revision import step_back
from factdesk.domain.events import canonical_payload, canonical_time
from factdesk.domain.people import Person
from factdesk.errors import RefusedError
from factdesk.queries.desk import Desk
from factdesk.queries.redaction import Going, what_goes
from factdesk.queries.redaction_subject import subject_named
from factdesk.store.people import all_people
from factdesk.store.record import Writer
from factdesk.store.redact import (
    blobs_of_redactions,
    delete_blobs,
    delete_vectors,
    in_files,
    secure,
    take_out,
    take_out_judgements,
    take_out_reviews,
)
from factdesk.store.scrub import remove_files, scrubbed
from factdesk.store.sealed import seal_facts

WHY = "redact.why"
"""The action of the event that seals why something was redacted; an event for each fact follows it."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """What was taken out: nothing where it was redacted before. `files` is how many files of bytes went. `clean` says
    that no old copy is left in the record's own files, `index` that none is in the indexes; else the same again later
    does it."""

    going: Going
    files: int
    clean: bool
    index: bool


def plan_redaction(desk: Desk, given: str, *, actor: str) -> Going:
    """What would go. Raises `RefusedError`, `UsageError`, `NotFoundError`, `InputError`."""
    with desk.record.read() as session:
        person = permitted(session, actor, "redact")
        going = what_goes(session, desk.config, subject_named(session, given))
        _refuse(session, going, person)
    return going


def redact(desk: Desk, going: Going, *, why: str, actor: str) -> Redacted:
    """Take out what was planned. It cannot be undone.

    Raises `RefusedError` also when the record holds something else by now than when it was planned; `InputError`
    without a reason.
    """
    if not going.empty:
        words = reason(why, needed=True)
        with desk.record.write() as writer:
            person = permitted(writer.session, actor, "redact")
            again = what_goes(writer.session, desk.config, going.subject)
            if again != going:
                raise RefusedError(
                    "Somebody changed {id} in the meantime.",
                    remedy="Look again at what would go: factdesk redact {id} --dry-run",
                    id=str(going.subject),
                )
            _refuse(writer.session, going, person)
            _take_out(writer, going, words, person)
    return finish(desk, going)


def finish(desk: Desk, going: Going) -> Redacted:
    """Take away what is no part of the transaction. Done again it finishes what a crash cut short."""
    with desk.record.read() as session:
        pending = blobs_of_redactions(session)
    files = remove_files(desk.record, pending)
    index = drop_derived(desk, going.subject.kind)
    return Redacted(going, files, scrubbed(desk.config), index)


def _take_out(writer: Writer, going: Going, why: str, person: Person) -> None:
    secure(writer.session)
    found = going.found
    subject = str(going.subject)
    said = {
        "subject": subject,
        "why": why,
        "person": person.name,
        "time": canonical_time(writer.now()),
        # Those in files alone: of the others nothing is left to be removed, nor to be recognised.
        "blobs": in_files(writer.session, found.blobs),
    }
    _, (own,) = seal_facts(
        writer, "redaction", [canonical_payload(said)], actor=person.name, action=WHY, subject=subject
    )
    if going.subject.number:
        step_back(writer, going.subject.id, found.facts, person, why)
    take_out_reviews(writer, person.name, own, found.reviews)
    take_out(writer, person.name, found.facts)
    take_out_judgements(writer, person.name, found.judgements)
    delete_vectors(writer, found.texts)
    delete_blobs(writer, found.blobs)


def _refuse(session: Session, going: Going, actor: Person) -> None:
    """A desk keeps an admin. Raises `RefusedError`."""
    if going.subject.kind != "person" or going.empty:
        return
    others = [each.person for each in all_people(session) if each.id != going.subject.id]
    if not any(each.role == "admin" and not each.disabled for each in others):
        raise RefusedError(
            "{name} is the desk's only admin.",
            remedy="Make another one first: factdesk people role NAME admin",
            name=actor.name,
        )

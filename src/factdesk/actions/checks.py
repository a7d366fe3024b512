"""Beginning a check, saving what was written, and taking the last edit back.

Nothing is overwritten: a text that was written on an older revision than the newest is merged with it, and where both
changed the same lines nothing is saved before a person has decided.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from factdesk.actions.acts import begin, finish, found
from factdesk.actions.permit import permitted
from factdesk.domain.checks import CheckNow, Made, Revision
from factdesk.domain.ids import short
from factdesk.domain.people import Person
from factdesk.domain.statements import statement_of
from factdesk.domain.workflow import Standing, possible
from factdesk.drafts.fields import header
from factdesk.drafts.merge import merged
from factdesk.errors import InputError, IntegrityError, RefusedError
from factdesk.lint.read import read_draft
from factdesk.store.checks import (
    Stored,
    StoredCheck,
    all_checks,
    get_revision,
    publications_of,
    signoffs_of,
)
from factdesk.store.claims import claims_by_id
from factdesk.store.items import NewFact
from factdesk.store.record import Record, Writer


@dataclass(frozen=True, slots=True)
class Saved:
    """A check after a save. `revision` is its newest; `merged` whether somebody else's edit was joined with this one,
    and `changed` whether anything was written at all."""

    check: StoredCheck
    revision: str
    merged: bool = False
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people changed the same lines. Nothing was written: `text` has both between marks, and once somebody has
    decided is saved on `base`, the revision that is newest now."""

    check: StoredCheck
    base: str
    text: str
    count: int
    other: str


def new_check(record: Record, source: str, *, actor: str, made: Made = "new") -> Saved:
    """Begin a check with a text. Raises `InputError` for front matter that cannot be read, `RefusedError`."""
    _readable(source)
    head = header(source)
    with record.write() as writer:
        person = permitted(writer.session, actor, "check.new")
        _known_claims(writer.session, head.claims)
        own, revision = writer.clock.new_id(), writer.clock.new_id()
        time = writer.now()
        first = Revision(own, 1, source, person.name, time, made)
        now = CheckNow(
            Standing(), revision, "new", person.name, time, claims=head.claims, title=head.title, language=head.language
        )
        stored = found(writer, own, now, NewFact("revision", own, first.content(), revision))
    return Saved(stored, revision)


def save(
    record: Record, check: str, source: str, *, base: str = "", actor: str, made: Made = "edit"
) -> Saved | Conflict:
    """Save a text that was written on the revision `base`, by default the newest. Saving what is there already changes
    nothing. Raises `InputError`, `RefusedError`."""
    _readable(source)
    with record.write() as writer:
        stored, person = begin(writer, check, "edit", actor)
        head = _revision(writer.session, stored.now.head)
        text, joined = source, False
        if base and base != head.id:
            start = _base(writer.session, check, base)
            if source == start.fact.source:
                # Nothing was written: what others wrote stands.
                return Saved(stored, head.id, changed=False)
            result = merged(start.fact.source, source, head.fact.source, header(source).language or "en")
            if result.conflicts:
                return Conflict(stored, head.id, result.text, result.conflicts, head.fact.person)
            text, joined = result.text, True
        if text == head.fact.source:
            return Saved(stored, head.id, merged=joined, changed=False)
        _known_claims(writer.session, header(text).claims)
        saved, revision = _put(writer, stored, head, text, person, "merge" if joined else made)
        return Saved(saved, revision, merged=joined)


def undo(record: Record, check: str = "", *, actor: str) -> Saved:
    """Take back the last edit of a draft: its text is again what it was before, exactly. Only one's own, and nothing
    that was submitted, signed or published. Without a check, the one that this person edited last.

    Raises `RefusedError` when there is nothing to take back.
    """
    with record.write() as writer:
        own = check or _last_edited(writer.session, permitted(writer.session, actor, "check.undo").name)
        stored, person = begin(writer, own, "undo", actor)
        head = _revision(writer.session, stored.now.head)
        shown = _revision(writer.session, head.fact.restores) if head.fact.restores else head
        for each in (head, shown):
            if each.fact.person != person.name:
                raise RefusedError(
                    "The last edit is {name}'s.",
                    remedy="They take it back, or you edit the check: factdesk check edit {id}",
                    name=each.fact.person,
                    id=short(stored.id),
                )
        if not shown.fact.parent or shown.id in _fixed(writer.session, stored):
            raise RefusedError(
                "There is no edit here that can be taken back: what was signed or published stays.",
                remedy="See what was done with: factdesk log {id}. To write on: factdesk check edit {id}",
                id=short(stored.id),
            )
        target = _revision(writer.session, shown.fact.parent)
        target = _revision(writer.session, target.fact.restores) if target.fact.restores else target
        saved, revision = _put(writer, stored, head, target.fact.source, person, "undo", restores=target.id)
        return Saved(saved, revision)


def _put(
    writer: Writer,
    stored: StoredCheck,
    head: Stored[Revision],
    source: str,
    person: Person,
    made: Made,
    restores: str = "",
) -> tuple[StoredCheck, str]:
    """A new revision, and the check after it. A sign-off that stood is void: it was on another text."""
    own = writer.clock.new_id()
    revision = Revision(stored.id, head.fact.number + 1, source, person.name, writer.now(), made, head.id, restores)
    head_of = header(source)
    after = finish(
        writer,
        stored,
        "undo" if made == "undo" else "edit",
        person.name,
        facts=[NewFact("revision", stored.id, revision.content(), own)],
        head=own,
        signed="",
        withdrawal="",
        claims=head_of.claims,
        title=head_of.title,
        language=head_of.language,
    )
    return after, own


def _last_edited(session: Session, actor: str) -> str:
    """The check whose newest edit is this person's, of several the newest."""
    own = [each for each in all_checks(session) if possible(each.now.standing, "undo") and each.now.person == actor]
    own = [each for each in own if each.now.action in ("edit", "undo")]
    if not own:
        raise RefusedError(
            "You have edited no draft that could be taken back.",
            remedy="What was submitted goes back with factdesk check return; what was published, with check correct.",
        )
    return max(own, key=lambda each: each.seq).id


def _base(session: Session, check: str, base: str) -> Stored[Revision]:
    revision = get_revision(session, base)
    if revision is None or revision.fact.check != check:
        raise InputError(
            "This file was not written on a revision of this check.",
            remedy="Export the check again, and put your changes into that file: factdesk check export {id}",
            id=short(check),
        )
    return revision


def _revision(session: Session, own: str) -> Stored[Revision]:
    found_one = get_revision(session, own)
    if found_one is None:
        raise IntegrityError(
            "The text of the check {id} was redacted, or is missing.",
            remedy="Which of the two: factdesk log {id}, factdesk audit",
            id=own,
        )
    return found_one


def _fixed(session: Session, stored: StoredCheck) -> set[str]:
    """The revisions that were signed or published: nobody goes back behind them by an undo."""
    signed = {each.fact.revision for each in signoffs_of(session, stored.id)}
    published = (statement_of(each.fact.statement).revision for each in publications_of(session, stored.id))
    return signed | set(published)


def _readable(source: str) -> None:
    """Raises `InputError` for what is no check: nothing at all, or front matter that cannot be read."""
    if not source.strip():
        raise InputError("The check is empty.", remedy="Write something into it, or leave it as it was.")
    read_draft(source)


def _known_claims(session: Session, ids: tuple[str, ...]) -> None:
    """A claim that is named is one of the desk's, whole. Raises `InputError`."""
    known = claims_by_id(session, ids)
    missing = [own for own in ids if own not in known]
    if missing:
        raise InputError(
            "The desk does not have the claim {claim}.",
            remedy="See those it has with factdesk claim list; add one with factdesk claim add.",
            claim=missing[0][:80],
        )

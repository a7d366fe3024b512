"""The acts between writing and publishing: submitting, returning, reopening, correcting, withdrawing, keeping."""

from __future__ import annotations

from factdesk.actions.acts import begin, finish, reason
from factdesk.domain.checks import SEVERITIES, Correction, Revision, Severity
from factdesk.domain.statements import statement_of
from factdesk.drafts.fields import header
from factdesk.errors import InputError, IntegrityError
from factdesk.store.checks import StoredCheck, get_check, get_publication, get_revision
from factdesk.store.items import NewFact
from factdesk.store.record import Record, Writer


def submit(record: Record, check: str, *, why: str = "", actor: str, seen: int | None = None) -> StoredCheck:
    """Hand a check to whoever reviews it. Raises `RefusedError`."""
    with record.write() as writer:
        stored, person = begin(writer, check, "submit", actor, seen)
        return finish(writer, stored, "submit", person.name, why=why)


def send_back(record: Record, check: str, why: str, *, actor: str, seen: int | None = None) -> StoredCheck:
    """Return a submitted or signed check to its author, with what is to be mended. A sign-off is void."""
    with record.write() as writer:
        stored, person = begin(writer, check, "return", actor, seen)
        return finish(writer, stored, "return", person.name, why=reason(why, needed=True), signed="", withdrawal="")


def reopen(record: Record, check: str, why: str, *, actor: str) -> StoredCheck:
    """Take a published check up again. Readers go on seeing it as it was. Raises `RefusedError`."""
    with record.write() as writer:
        stored, person = begin(writer, check, "reopen", actor)
        return finish(writer, stored, "reopen", person.name, why=reason(why, needed=True))


def reopen_for_source(record: Record, check: str, why: str, *, actor: str) -> StoredCheck | None:
    """Take a published check up again because a source that it quotes has changed; None where it is not published.

    The desk does that by itself, whoever let it look: no role is asked for.
    """
    with record.write() as writer:
        stored = get_check(writer.session, check)
        if stored is None or stored.now.standing.state not in ("published", "corrected"):
            return None
        return finish(writer, stored, "reopen", "watch", actor=actor, why=reason(why))


def correct(record: Record, check: str, what: str, severity: Severity, *, actor: str) -> StoredCheck:
    """Say what is wrong with a published check and how much, and open it for that. Said again, the last counts."""
    if severity not in SEVERITIES:
        raise InputError("There is no severity {given}.", given=severity)
    words = reason(what)
    if not words:
        raise InputError(
            "It is not said what was wrong.", remedy="Say it with --what, in a sentence that readers will see."
        )
    with record.write() as writer:
        stored, person = begin(writer, check, "correct", actor)
        return finish(writer, stored, "correct", person.name, correction=Correction(words, severity, writer.now()))


def withdraw(record: Record, check: str, why: str, *, actor: str) -> StoredCheck:
    """Ask for a published check to be withdrawn. It needs a signature, and keeps a page that says so."""
    words = reason(why, needed=True)
    with record.write() as writer:
        stored, person = begin(writer, check, "withdraw", actor)
        return finish(writer, stored, "withdraw", person.name, why=words, withdrawal=words, correction=None, signed="")


def keep(record: Record, check: str, why: str, *, actor: str) -> StoredCheck:
    """Say that a reopened check stands as it was published. What was edited since is set aside, not lost: the
    published text is the newest revision again."""
    words = reason(why, needed=True)
    with record.write() as writer:
        stored, person = begin(writer, check, "keep", actor)
        facts, head, source = _published_again(writer, stored, person.name)
        front = header(source)
        return finish(
            writer,
            stored,
            "keep",
            person.name,
            facts=facts,
            why=words,
            head=head,
            correction=None,
            withdrawal="",
            signed="",
            claims=front.claims,
            title=front.title,
            language=front.language,
        )


def _published_again(writer: Writer, stored: StoredCheck, person: str) -> tuple[list[NewFact], str, str]:
    """The published text as the newest revision: none to be made where it is that already; its id and its text."""
    published = get_publication(writer.session, stored.now.public)
    public = get_revision(writer.session, statement_of(published.fact.statement).revision) if published else None
    head = get_revision(writer.session, stored.now.head)
    if public is None or head is None:
        raise IntegrityError(
            "The text of the check {id} was redacted, or is missing.",
            remedy="Which of the two: factdesk log {id}, factdesk audit",
            id=stored.id,
        )
    if public.fact.source == head.fact.source:
        return [], head.id, head.fact.source
    own = writer.clock.new_id()
    made = Revision(
        stored.id, head.fact.number + 1, public.fact.source, person, writer.now(), "keep", head.id, public.id
    )
    return [NewFact("revision", stored.id, made.content(), own)], own, made.source

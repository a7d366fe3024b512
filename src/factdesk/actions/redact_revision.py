"""Before one revision of a check goes: a check whose newest text it is stands on the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factdesk.domain.checks import CheckNow, Revision
from factdesk.domain.people import Person
from factdesk.domain.workflow import Action, Standing, after, possible
from factdesk.drafts.fields import header
from factdesk.errors import RefusedError
from factdesk.store.checks import StoredCheck, get_check, revisions_of
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Writer
from factdesk.store.redact import Fact

ACTION = "check.redact"


def step_back(writer: Writer, check: str, going: Sequence[Fact], person: Person, why: str) -> None:
    """Make the newest text that stays the newest of all, as an undo does, where the newest goes: a sign-off on that is
    void, and what was published is reopened. Raises `RefusedError` where no text stays."""
    gone = {fact.id for fact in going}
    stored = get_check(writer.session, check)
    if stored is None or not _stands_on(stored, gone):
        return
    facts: list[NewFact] = []
    now = replace(
        stored.now,
        standing=_standing(stored.now.standing),
        action="edit",
        person=person.name,
        time=writer.now(),
        public="" if stored.now.public in gone else stored.now.public,
        signed="",
        why=why,
        withdrawal="",
    )
    if stored.now.head in gone:
        now, revision = _earlier(writer, stored, now, gone)
        facts.append(revision)
    step = NewFact("check", check, now.content())
    put_facts(writer, [step, *facts], actor=person.name, action=ACTION, subject=f"check:{check}")


def _stands_on(stored: StoredCheck, gone: set[str]) -> bool:
    return bool({stored.now.head, stored.now.public} & gone)


def _earlier(writer: Writer, stored: StoredCheck, now: CheckNow, gone: set[str]) -> tuple[CheckNow, NewFact]:
    revisions = revisions_of(writer.session, stored.id)
    head = next(each for each in revisions if each.id == stored.now.head)
    left = [each for each in revisions if each.id not in gone and each.fact.source != head.fact.source]
    if not left:
        raise RefusedError(
            "This is the only text that the check has.",
            remedy="Save another one first, with factdesk check edit {id}; or redact the whole check: check:{id}",
            id=stored.id[-12:],
        )
    target, own = left[-1], writer.clock.new_id()
    made = Revision(
        stored.id,
        head.fact.number + 1,
        target.fact.source,
        now.person,
        now.time,
        "undo",
        target.id,
        target.fact.restores or target.id,
    )
    said = header(target.fact.source)
    stands = replace(now, head=own, claims=said.claims, title=said.title, language=said.language)
    return stands, NewFact("revision", stored.id, made.content(), own)


def _standing(standing: Standing) -> Standing:
    """Where a check stands without its newest text."""
    ways: tuple[Action, ...] = ("edit", "reopen")
    return next((after(standing, action) for action in ways if possible(standing, action)), standing)

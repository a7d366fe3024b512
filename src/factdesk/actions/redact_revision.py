"""Before one revision of a check goes: a check whose newest text it is stands on the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from factdesk.domain.checks import CheckNow, Revision
from factdesk.domain.ids import short
from factdesk.domain.people import Person
from factdesk.domain.workflow import Action, after, possible
from factdesk.drafts.fields import header
from factdesk.errors import RefusedError
from factdesk.store.checks import StoredCheck, get_check, revisions_of
from factdesk.store.items import NewFact, get_item, put_facts
from factdesk.store.record import Writer
from factdesk.store.redact import Fact

ACTION = "check.redact"
_WAYS: tuple[Action, ...] = ("edit", "reopen")
"""How a check goes on without its newest text: it is written on, or what was published is taken up again."""


def step_back(writer: Writer, check: str, going: Sequence[Fact], person: Person, why: str) -> None:
    """Make the newest text that stays the newest of all, as an undo does, where the newest goes: a sign-off on that is
    void, and what was published is reopened. Raises `RefusedError` where no text stays."""
    gone = {fact.id for fact in going}
    stored, item = get_check(writer.session, check), get_item(writer.session, check)
    if stored is None or item is None or not {item.fact, stored.now.public} & gone:
        return
    action = next((each for each in _WAYS if possible(stored.now.standing, each)), None)
    if action is None and item.fact not in gone:
        # Withdrawn: nothing follows from there.
        return
    facts: list[NewFact] = []
    now = replace(
        stored.now,
        standing=after(stored.now.standing, action) if action else stored.now.standing,
        action=action or "edit",
        person=person.name,
        time=writer.now(),
        signed="",
        why=why,
        withdrawal="",
    )
    if stored.now.head in gone:
        now, revision = _earlier(writer, stored, now, gone)
        facts.append(revision)
    step = NewFact("check", check, now.content())
    put_facts(writer, [step, *facts], actor=person.name, action=ACTION, subject=f"check:{check}")


def _earlier(writer: Writer, stored: StoredCheck, now: CheckNow, gone: set[str]) -> tuple[CheckNow, NewFact]:
    revisions = revisions_of(writer.session, stored.id)
    head = next(each for each in revisions if each.id == stored.now.head)
    left = [each for each in revisions if each.id not in gone and each.fact.source != head.fact.source]
    if not left:
        raise RefusedError(
            "This is the only text that the check has.",
            remedy="Save another one first, with factdesk check edit {id}, which a published check is opened for with "
            "factdesk check correct {id}; or redact the whole check: check:{id}",
            id=short(stored.id),
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

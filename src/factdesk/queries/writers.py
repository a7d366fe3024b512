"""Who wrote any part of a check since its last publication: none of them can sign it (DESIGN §1.2)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from factdesk.domain.checks import check_from
from factdesk.domain.people import name_of
from factdesk.domain.statements import statement_of
from factdesk.drafts.fields import header
from factdesk.lint.read import read_draft
from factdesk.queries.lint_facts import ids_of_marks
from factdesk.store.checks import StoredCheck, get_publication, get_revision
from factdesk.store.citations import citations_by_id
from factdesk.store.events import get_event
from factdesk.store.items import facts_of_item

WRITES = frozenset({"new", "edit", "undo", "correct", "withdraw"})
"""What is done to a check by writing: its text, what is said to be wrong with it, why it is withdrawn."""


def writers_of(session: Session, check: StoredCheck) -> tuple[str, ...]:
    """Names, sorted: of whoever edited the check, its claims or their appearances, or made a citation that it uses,
    since it was last published; of what was not in it then, whenever they did. Those whom the text names as its
    authors are no less so, and asked for there."""
    stored = get_publication(session, check.now.public) if check.now.public else None
    since, before = 0, frozenset[str]()
    if stored is not None:
        since, said = stored.seq, statement_of(stored.fact.statement)
        before = frozenset({each.id for each in said.claims} | {each.id for each in said.citations})
    found = {person for action, person in _since_published(_done(session, check.id)) if action in WRITES}
    revision = get_revision(session, check.now.head)
    if revision is not None:
        seqs = _made(session, revision.fact.source)
        found |= _actors(session, (seq for own, seq in seqs if seq > since or own not in before))
    return tuple(sorted(found))


def _made(session: Session, source: str) -> Iterator[tuple[str, int]]:
    """The claims and citations that a text names, each with the events that made them what they are."""
    for own in header(source).claims:
        yield from ((own, fact.seq) for fact in facts_of_item(session, own, "claim"))
    ids = ids_of_marks(session, dict.fromkeys(mark.id for mark in read_draft(source).marks))
    yield from ((own, each.seq) for own, each in citations_by_id(session, list(ids.values())).items())


def _done(session: Session, check: str) -> Iterator[tuple[str, str]]:
    """What was done to a check and by whom, oldest first. Of a step that was redacted the log still says both."""
    for row in facts_of_item(session, check, "check"):
        if row.content is not None:
            now = check_from(json.loads(row.content))
            yield now.action, now.person
        elif (event := get_event(session, row.seq)) is not None:
            yield event.action.removeprefix("check."), event.actor


def _since_published(done: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was done after the last publication."""
    found: list[tuple[str, str]] = []
    for each in done:
        found = [] if each[0] == "publish" else [*found, each]
    return found


def _actors(session: Session, seqs: Iterable[int]) -> set[str]:
    events = (get_event(session, seq) for seq in set(seqs))
    # As people are called, however somebody wrote it: BINH is binh.
    return {name_of(event.actor) or event.actor for event in events if event is not None}

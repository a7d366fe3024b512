"""Who wrote any part of a check since its last publication: none of them can sign it (DESIGN §1.2)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from factdesk.domain.checks import CheckNow
from factdesk.domain.people import name_of
from factdesk.drafts.fields import header
from factdesk.lint.read import read_draft
from factdesk.queries.lint_facts import ids_of_marks
from factdesk.store.checks import StoredCheck, get_publication, get_revision, steps_of
from factdesk.store.citations import citations_by_id
from factdesk.store.events import get_event
from factdesk.store.items import facts_of_item

WRITES = frozenset({"new", "edit", "undo", "correct", "withdraw"})
"""What is done to a check by writing: its text, what is said to be wrong with it, why it is withdrawn."""


def writers_of(session: Session, check: StoredCheck) -> tuple[str, ...]:
    """Names, sorted: of whoever edited the check, its claims or their appearances, or made a citation that it uses,
    since it was last published. Those whom the text names as its authors are no less so, and asked for there."""
    stored = get_publication(session, check.now.public) if check.now.public else None
    since = stored.seq if stored is not None else 0
    found = {now.person for now in _since_published(steps_of(session, check.id)) if now.action in WRITES}
    revision = get_revision(session, check.now.head)
    if revision is not None:
        source = revision.fact.source
        seqs = [fact.seq for own in header(source).claims for fact in facts_of_item(session, own, "claim")]
        ids = ids_of_marks(session, dict.fromkeys(mark.id for mark in read_draft(source).marks))
        seqs += [each.seq for each in citations_by_id(session, list(ids.values())).values()]
        found |= _actors(session, (seq for seq in seqs if seq > since))
    return tuple(sorted(found))


def _since_published(steps: Iterable[CheckNow]) -> list[CheckNow]:
    """What was done after the last publication."""
    found: list[CheckNow] = []
    for now in steps:
        found = [] if now.action == "publish" else [*found, now]
    return found


def _actors(session: Session, seqs: Iterable[int]) -> set[str]:
    events = (get_event(session, seq) for seq in set(seqs))
    # As people are called, however somebody wrote it: BINH is binh.
    return {name_of(event.actor) or event.actor for event in events if event is not None}

"""Who did what when: the event log as people read it, and what each revision of a check changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from factdesk.domain.checks import CheckNow, Revision, check_from, revision_from
from factdesk.domain.events import Event
from factdesk.store.checks import StoredCheck
from factdesk.store.events import events_about, newest_events
from factdesk.store.items import FactRow, facts_of_item
from factdesk.store.sealed import redactions, subject_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `now` is where a check stood after it, `revision` what came of it as a text and
    `before` the text it was made from; each None where there was none, or it was redacted."""

    seq: int
    time: datetime
    actor: str
    action: str
    subject: str
    now: CheckNow | None = None
    revision: Revision | None = None
    before: Revision | None = None
    redacted: bool = False


def log_of_desk(session: Session, limit: int, after: int = 0) -> list[Entry]:
    """The newest events of the whole desk, the newest last."""
    return [_plain(event) for event in newest_events(session, limit) if event.seq > after]


def log_of_check(session: Session, check: StoredCheck) -> list[Entry]:
    """Everything that was done to a check, oldest first, each with what it changed."""
    facts: dict[int, list[FactRow]] = {}
    for row in facts_of_item(session, check.id):
        facts.setdefault(row.seq, []).append(row)
    taken = redactions(session)
    return list(_entries(session, check, facts, taken))


def _entries(
    session: Session, check: StoredCheck, facts: dict[int, list[FactRow]], taken: dict[str, int]
) -> Iterator[Entry]:
    before: Revision | None = None
    for event in events_about(session, f"check:{check.id}"):
        rows = facts.get(event.seq, [])
        now = next((check_from(json.loads(row.content)) for row in rows if row.kind == "check" and row.content), None)
        made = next((row for row in rows if row.kind == "revision"), None)
        revision = revision_from(json.loads(made.content)) if made is not None and made.content else None
        redacted = any(subject_of(row.kind, row.id) in taken for row in rows)
        yield Entry(
            event.seq,
            event.time,
            event.actor,
            event.action,
            event.subject,
            now,
            revision,
            before if revision is not None else None,
            redacted,
        )
        before = revision or before


def _plain(event: Event) -> Entry:
    return Entry(event.seq, event.time, event.actor, event.action, event.subject)

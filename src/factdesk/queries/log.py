"""Who did what when: the event log as people read it, and what each revision of a check changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from factdesk.domain.checks import CheckNow, Revision, check_from, revision_from
from factdesk.domain.events import Event
from factdesk.store.events import events_about, newest_events
from factdesk.store.items import FactRow, facts_of_item
from factdesk.store.sealed import facts_of_event, redactions, subject_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `now` is where a check stood after it, `revision` what came of it as a text and
    `before` the text it was made from; each None where there was none, or it was redacted. `why` is what was said with
    it: of an act on a check, or of a redaction."""

    seq: int
    time: datetime
    actor: str
    action: str
    subject: str
    now: CheckNow | None = None
    revision: Revision | None = None
    before: Revision | None = None
    redacted: bool = False
    why: str = ""


def log_of_desk(session: Session, limit: int, after: int = 0) -> list[Entry]:
    """The newest events of the whole desk, the newest last."""
    return [_plain(session, event) for event in newest_events(session, limit) if event.seq > after]


def log_of_check(session: Session, check: str) -> list[Entry]:
    """Everything that was done to the check of that id, oldest first, each with what it changed. Of one that was
    redacted it is still known who did what when."""
    facts: dict[int, list[FactRow]] = {}
    for row in facts_of_item(session, check):
        facts.setdefault(row.seq, []).append(row)
    taken = redactions(session)
    return list(_entries(session, check, facts, taken))


def _entries(session: Session, check: str, facts: dict[int, list[FactRow]], taken: dict[str, int]) -> Iterator[Entry]:
    before: Revision | None = None
    for event in events_about(session, f"check:{check}"):
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
            _said(session, event, now),
        )
        before = revision or before


def _plain(session: Session, event: Event) -> Entry:
    return Entry(event.seq, event.time, event.actor, event.action, event.subject, why=_said(session, event, None))


def _said(session: Session, event: Event, now: CheckNow | None) -> str:
    """The reason that was given with an event, empty for none."""
    if now is not None:
        return now.correction.what if event.action == "check.correct" and now.correction is not None else now.why
    if event.action != "redact.why":
        return ""
    return next((str(json.loads(row.content)["why"]) for row in facts_of_event(session, event.seq) if row.content), "")

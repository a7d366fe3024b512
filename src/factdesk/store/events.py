"""Reading the event log, in chunks, and adding to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Row, Select, insert, select
from sqlalchemy.orm import Session

from factdesk.domain.events import GENESIS, Event, canonical_payload
from factdesk.store.models import Events, table
from factdesk.store.stream import streamed

_EVENTS = table(Events)
_HEAD = select(_EVENTS.c.seq, _EVENTS.c.hash).order_by(_EVENTS.c.seq.desc()).limit(1)


def head(session: Session) -> tuple[int, str]:
    """The newest event's seq and hash; `(0, GENESIS)` for an empty log."""
    row = session.connection().execute(_HEAD).first()
    return (int(row[0]), str(row[1])) if row else (0, GENESIS)


def read_events(session: Session, after: int = 0) -> Iterator[Event]:
    """Events with a seq above `after`, in order, without holding them all."""
    return _stream(session, select(_EVENTS).where(_EVENTS.c.seq > after).order_by(_EVENTS.c.seq))


def events_about(session: Session, subject: str) -> Iterator[Event]:
    """Events whose subject this is, oldest first."""
    return _stream(session, select(_EVENTS).where(_EVENTS.c.subject == subject).order_by(_EVENTS.c.seq))


def events_with(session: Session, action: str) -> Iterator[Event]:
    """Events of one action, oldest first."""
    return _stream(session, select(_EVENTS).where(_EVENTS.c.action == action).order_by(_EVENTS.c.seq))


def newest_events(session: Session, limit: int) -> list[Event]:
    """The newest events, oldest first, at most `limit`."""
    chosen = select(_EVENTS).order_by(_EVENTS.c.seq.desc()).limit(limit)
    return [_event(row) for row in session.execute(chosen)][::-1]


def get_event(session: Session, seq: int) -> Event | None:
    """One event by its seq."""
    row = session.execute(select(_EVENTS).where(_EVENTS.c.seq == seq)).first()
    return _event(row) if row else None


def events_by_hash(session: Session, prefix: str, limit: int = 10) -> list[Event]:
    """Events whose hash begins so, at most `limit`."""
    chosen = select(_EVENTS).where(_EVENTS.c.hash.startswith(prefix, autoescape=True)).limit(limit)
    return [_event(row) for row in session.execute(chosen.order_by(_EVENTS.c.seq))]


def insert_event(session: Session, event: Event) -> None:
    """Write a sealed event."""
    values = {
        name: getattr(event, name) for name in ("seq", "time", "actor", "action", "subject", "previous_hash", "hash")
    }
    session.execute(insert(_EVENTS), {**values, "payload": canonical_payload(event.payload)})


def payload_from(text: str) -> Mapping[str, Any]:
    """The payload that was written as `text`.

    Anything but canonical JSON of an object comes back under a key of its own: its event does not verify.
    """
    try:
        payload = json.loads(text)
    except ValueError:
        payload = None
    if isinstance(payload, dict) and canonical_payload(payload) == text:
        return payload
    return {"unreadable": text}


def _stream(session: Session, statement: Select[Any]) -> Iterator[Event]:
    for row in streamed(session, statement):
        yield _event(row)


def _event(row: Row[Any]) -> Event:
    seq, time, actor, action, subject, payload, previous, own = tuple(row)
    return Event(int(seq), time, actor, action, subject, payload_from(payload), previous, own)

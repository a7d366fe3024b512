"""The event log: who changed what and when, each event bound to the one before it by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

GENESIS = "0" * 64
"""The previous hash of the first event."""


@dataclass(frozen=True, slots=True)
class Event:
    """One change of the record. `payload` holds counts and salted digests, never content or private data."""

    seq: int
    time: datetime
    actor: str
    action: str
    subject: str
    payload: Mapping[str, Any]
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain stops being one: the first event that does not verify, and why."""

    seq: int
    reason: str


def canonical_time(time: datetime) -> str:
    """A time as the hash sees it: UTC, microseconds, `Z`."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical_payload(payload: Mapping[str, Any]) -> str:
    """A payload as the hash sees it."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def event_hash(
    seq: int, time: datetime, actor: str, action: str, subject: str, payload: str, previous_hash: str
) -> str:
    """SHA-256 over a JSON list of everything in an event but its own hash."""
    parts = [seq, canonical_time(time), actor, action, subject, payload, previous_hash]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def seal(
    seq: int,
    time: datetime,
    actor: str,
    action: str,
    subject: str,
    payload: Mapping[str, Any],
    previous_hash: str,
) -> Event:
    """An event with its hash."""
    digest = event_hash(seq, time, actor, action, subject, canonical_payload(payload), previous_hash)
    return Event(seq, time, actor, action, subject, payload, previous_hash, digest)


def first_break(events: Iterable[Event]) -> Break | None:
    """The first event, in order of `seq`, at which the chain does not hold; None when it holds throughout."""
    previous, expected = GENESIS, 1
    for event in events:
        if event.seq != expected:
            return Break(expected, "is missing")
        if event.previous_hash != previous:
            return Break(event.seq, "does not follow the event before it")
        again = event_hash(
            event.seq,
            event.time,
            event.actor,
            event.action,
            event.subject,
            canonical_payload(event.payload),
            previous,
        )
        if again != event.hash:
            return Break(event.seq, "was changed after it was written")
        previous, expected = event.hash, expected + 1
    return None

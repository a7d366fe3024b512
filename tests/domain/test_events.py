from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.events import GENESIS, Break, Event, canonical_payload, canonical_time, first_break, seal

START = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
PAYLOADS = st.dictionaries(st.text(max_size=8), VALUES, max_size=4)


def chain(payloads: list[dict[str, Any]]) -> list[Event]:
    events: list[Event] = []
    for number, payload in enumerate(payloads, 1):
        previous = events[-1].hash if events else GENESIS
        events.append(seal(number, START + timedelta(seconds=number), "an", "act", "it", payload, previous))
    return events


CHANGES: dict[str, Any] = {
    "time": START,
    "actor": "someone else",
    "action": "other",
    "subject": "else",
    "payload": {"count": 9},
}


@given(st.lists(PAYLOADS, max_size=6))
def test_a_chain_as_written_holds(payloads: list[dict[str, Any]]) -> None:
    assert first_break(chain(payloads)) is None


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_of_any_field_is_found_where_it_was_made(field: str) -> None:
    events = chain([{"count": number} for number in range(5)])
    events[2] = replace(events[2], **{field: CHANGES[field]})
    assert first_break(events) == Break(3, "was changed after it was written")


def test_an_event_that_was_changed_and_sealed_anew_breaks_the_next() -> None:
    events = chain([{"count": number} for number in range(5)])
    old = events[2]
    events[2] = seal(old.seq, old.time, "forger", old.action, old.subject, old.payload, old.previous_hash)
    assert first_break(events) == Break(4, "does not follow the event before it")


@given(st.integers(0, 4))
def test_a_missing_event_is_named(gone: int) -> None:
    events = chain([{}] * 5)
    del events[gone]
    expected = Break(gone + 1, "is missing") if gone < 4 else None
    assert first_break(events) == expected


def test_two_events_that_changed_places_are_found() -> None:
    events = chain([{}] * 4)
    events[1], events[2] = events[2], events[1]
    assert first_break(events) == Break(2, "is missing")


def test_a_chain_that_does_not_begin_at_the_beginning_is_found() -> None:
    first = seal(1, START, "an", "act", "it", {}, "f" * 64)
    assert first_break([first]) == Break(1, "does not follow the event before it")


@given(PAYLOADS)
def test_the_order_of_a_payloads_keys_does_not_count(payload: dict[str, Any]) -> None:
    assert canonical_payload(dict(reversed(payload.items()))) == canonical_payload(payload)


def test_times_are_written_to_the_microsecond() -> None:
    assert canonical_time(START) == "2026-01-02T03:04:05.000006Z"


def test_a_hash_does_not_change_from_one_version_of_factdesk_to_the_next() -> None:
    sealed = seal(1, START, "an", "desk.create", "desk", {"b": [1, "ơ"], "a": None}, GENESIS)
    assert sealed.hash == "b2bf85ab4063fe52a4670e9a58c61e0a9678299afa849fc92a7f6221b17f5f17"

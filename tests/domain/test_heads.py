"""Signed heads as they are kept and signed, and which of them are published."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.heads import MOST_SEQ, SignedHead, head_from, head_text, read_head, shown_head, thinned
from factdesk.domain.keys import fingerprint

TIME = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)

digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
seqs = st.integers(1, MOST_SEQ)
times = st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
heads = st.builds(
    SignedHead,
    desk=st.text(max_size=40),
    seq=seqs,
    hash=digests,
    person=st.text(max_size=20),
    public=digests,
    signature=st.binary(min_size=64, max_size=64).map(bytes.hex),
    time=times,
)


@given(heads)
def test_a_signed_head_is_read_back(head: SignedHead) -> None:
    content = head.content()
    assert head_from(json.loads(content)) == head
    assert head_from(json.loads(content)).content() == content
    assert head.fingerprint == fingerprint(head.public)


@given(heads, heads)
def test_what_is_signed_is_another_text_for_every_other_head(one: SignedHead, other: SignedHead) -> None:
    signed = [(each.desk, each.head, each.public, each.time) for each in (one, other)]
    assert (one.text == other.text) == (signed[0] == signed[1])


def test_what_is_signed_is_what_the_documentation_says() -> None:
    text = head_text('Desk "A"\n', (42, "0a" * 32), "0b" * 32, TIME)
    hash_, key = "0a" * 32, "0b" * 32
    assert text == (
        f'{{"desk":"Desk \\"A\\"\\n","head":"42:{hash_}","key":"{key}","time":"2026-01-02T03:04:05.000006Z"}}'
    )


def test_no_field_runs_into_the_next() -> None:
    crafted = 'a","head":"1:' + "0" * 64
    assert json.loads(head_text(crafted, (2, "1" * 64), "2" * 64, TIME))["head"] == f"2:{'1' * 64}"


@pytest.mark.attack
@pytest.mark.parametrize(
    "change",
    [
        {"seq": 0},
        {"seq": -1},
        {"seq": True},
        {"seq": 1.0},
        {"seq": "1"},
        {"seq": MOST_SEQ + 1},
        {"hash": "0" * 63},
        {"hash": "0" * 63 + "A"},
        {"hash": "0" * 64 + "\n"},
        {"public": "0" * 65},
        {"public": None},
        {"signature": "0" * 127},
        {"signature": "G" * 128},
        {"person": 5},
        {"desk": ["x"]},
        {"time": "2026-01-02T03:04:05Z"},
        {"time": "2026-01-02T04:04:05.000006+01:00"},
        {"time": "2026-01-02T03:04:05.000006"},
        {"time": "yesterday"},
        {"time": 5},
        {"more": 1},
    ],
)
def test_what_is_no_signed_head(change: dict[str, Any]) -> None:
    known = json.loads(SignedHead("D", 1, "0" * 64, "an", "1" * 64, "2" * 128, TIME).content())
    head_from(known)
    with pytest.raises((ValueError, TypeError)):
        head_from(known | change)
    for name in known:
        with pytest.raises((ValueError, TypeError, KeyError)):
            head_from({key: value for key, value in known.items() if key != name})


@given(seqs, digests)
def test_a_head_is_read_as_it_is_shown(seq: int, own: str) -> None:
    assert read_head(f" {shown_head((seq, own)).upper()}\n") == (seq, own)


@given(st.lists(times, max_size=120).map(sorted), st.integers(0, 60))
def test_published_are_the_newest_of_each_month_and_the_last(all_times: list[datetime], last: int) -> None:
    chosen = thinned(all_times, last)
    assert list(chosen) == sorted(set(chosen))
    assert set(chosen) >= set(range(max(0, len(all_times) - last), len(all_times)))
    months = {(time.year, time.month) for time in all_times}
    assert {(all_times[place].year, all_times[place].month) for place in chosen} == months
    for place in chosen[: max(0, len(chosen) - last)]:
        following = all_times[place + 1] if place + 1 < len(all_times) else None
        now = all_times[place]
        assert (
            following is None
            or (following.year, following.month) != (now.year, now.month)
            or place >= len(all_times) - last
        )


def test_a_desk_that_signs_every_day_publishes_few() -> None:
    days = [TIME + timedelta(days=day) for day in range(3650)]
    assert 50 + 115 <= len(thinned(days)) <= 50 + 122

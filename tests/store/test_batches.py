"""Batches of reviews: what is new, changed, the same, taken out; and the one event that seals them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from factdesk.domain.events import canonical_payload
from factdesk.domain.reviews import Publisher, Review, content_digest
from factdesk.store.batches import Batch, Entry, batch_digest, day_number, put_batch
from factdesk.store.chain import verify
from factdesk.store.events import head
from factdesk.store.record import Record
from factdesk.store.reviews import VERSIONS, find_by_keys, find_by_numbers, find_by_urls, versions_of

Put = Callable[..., Batch]


def test_new_reviews_are_numbered_densely(record: Record, put_reviews: Put) -> None:
    assert put_reviews(record, "a", "b").numbers == (1, 2)
    batch = put_reviews(record, "c", first=3)
    assert (batch.outcomes, batch.numbers) == (("new",), (3,))
    with record.read() as session:
        row = find_by_keys(session, ["k3"])["k3"]
    assert (row.number, row.version, row.own_id, row.source, row.run) == (3, 1, "own-3", "test.jsonl", "run-1")
    assert batch.event is not None
    assert row.seq == batch.event.seq


def test_the_same_again_writes_nothing(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a", "b")
    before = record.head()
    batch = put_reviews(record, "a", "b")
    assert (batch.outcomes, batch.numbers, batch.event) == (("unchanged", "unchanged"), (1, 2), None)
    assert record.head() == before


def test_a_change_is_a_new_version_and_the_old_one_stays(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a", "b")
    batch = put_reviews(record, "a", "B", run="run-2")
    assert batch.outcomes == ("unchanged", "changed")
    with record.read() as session:
        versions = versions_of(session, 2)
        row = find_by_numbers(session, [2])[2]
    assert [(each.version, each.run) for each in versions] == [(1, "run-1"), (2, "run-2")]
    assert [each.content and '"claim":"B"' in each.content for each in versions] == [False, True]
    assert (row.version, row.run) == (2, "run-2")


def test_one_key_twice_in_a_batch(record: Record) -> None:
    entries = [Entry("k", Review(claim="first")), Entry("k", Review(claim="second"))]
    with record.write() as writer:
        batch = put_batch(writer, "run", entries, actor="an")
    assert (batch.outcomes, batch.numbers) == (("new", "repeated"), (1, 1))
    with record.read() as session:
        assert [each.version for each in versions_of(session, 1)] == [1]


def test_taken_out_and_back_again(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a")
    with record.write() as writer:
        out = put_batch(writer, "run-2", [Entry("k1", None), Entry("unknown", None)], actor="an")
    assert (out.outcomes, out.numbers) == (("withdrawn", "unchanged"), (1, 0))
    with record.read() as session:
        assert find_by_numbers(session, [1])[1].deleted_at is not None
        assert versions_of(session, 1)[-1].content == ""
    with record.write() as writer:
        assert put_batch(writer, "run-2", [Entry("k1", None)], actor="an").outcomes == ("unchanged",)
    back = put_reviews(record, "a")
    assert (back.outcomes, back.numbers) == (("new",), (1,))
    with record.read() as session:
        row = find_by_numbers(session, [1])[1]
    assert (row.deleted_at, row.version) == (None, 3)


def test_the_event_seals_every_row_with_salted_digests(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a", "b")
    batch = put_reviews(record, "A", "b", "c")
    assert batch.event is not None
    with record.read() as session:
        rows = find_by_numbers(session, [1, 3])
        written = session.execute(select(VERSIONS).where(VERSIONS.c.seq == batch.event.seq)).all()
    lines = []
    for row in sorted(written, key=lambda row: int(row.review)):
        assert row.digest == content_digest(row.content, row.salt)
        assert row.digest != hashlib.sha256(row.content.encode()).hexdigest()
        lines.append(f"{rows[row.review].id} {row.version} {row.digest}")
    whole = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    expected = {"run": "run-1", "count": 2, "digest": whole, "changed": 1, "new": 1}
    assert batch.event.payload == expected
    assert batch_digest(lines) == whole


def test_no_content_enters_an_event(record: Record, put_reviews: Put) -> None:
    batch = put_reviews(record, "carrots let you see in the dark", publisher=Publisher("Example", "example.org"))
    assert batch.event is not None
    payload = canonical_payload(batch.event.payload)
    assert "carrots" not in payload
    assert "xample" not in payload


def test_an_error_after_a_batch_takes_it_all_back(record: Record) -> None:
    try:
        with record.write() as writer:
            put_batch(writer, "run", [Entry("k", Review(claim="a"))], actor="an")
            raise RuntimeError
    except RuntimeError:
        pass
    with record.read() as session:
        assert find_by_keys(session, ["k"]) == {}
        assert head(session)[0] == 0


def test_long_and_hostile_keys_are_kept_apart(record: Record) -> None:
    keys = ["x" * 10_000, "x" * 10_001, "nul\x00", "half \ud83d pair", "chữ có dấu" * 300]
    entries = [
        Entry(key, Review(claim=f"claim {key}", own_id=key, url=key, publisher=Publisher(key, key)), url=key)
        for key in keys
    ]
    with record.write() as writer:
        assert put_batch(writer, "run", entries, actor="an").numbers == (1, 2, 3, 4, 5)
    with record.read() as session:
        found = find_by_keys(session, keys)
        assert {key: row.number for key, row in found.items()} == dict(zip(keys, range(1, 6), strict=True))
        assert {key: rows[0].number for key, rows in find_by_urls(session, keys).items()} == {
            key: row.number for key, row in found.items()
        }
        assert verify(session).broken is None


def test_keys_that_are_the_same_once_stored(record: Record) -> None:
    entries = [Entry("key", Review(claim="a")), Entry("key\x00", Review(claim="b"))]
    with record.write() as writer:
        assert put_batch(writer, "run", entries, actor="an").outcomes == ("new", "repeated")
    with record.read() as session:
        assert {key: row.number for key, row in find_by_keys(session, ["key", "key\x00"]).items()} == {
            "key": 1,
            "key\x00": 1,
        }


def test_a_large_batch_with_some_of_each(record: Record, put_reviews: Put) -> None:
    put_reviews(record, *(f"claim {at}" for at in range(1200)))
    changed = [f"claim {at}" + ("!" if at % 3 == 0 else "") for at in range(1300)]
    batch = put_reviews(record, *changed)
    assert {name: batch.outcomes.count(name) for name in ("new", "changed", "unchanged")} == {
        "new": 100,
        "changed": 400,
        "unchanged": 800,
    }


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_day_is_counted_from_1970(day: date) -> None:
    assert date(1970, 1, 1) + timedelta(days=day_number(day.isoformat())) == day


def test_a_day_that_is_none_counts_as_unknown() -> None:
    assert [day_number(text) for text in ("", "yesterday", "2024-02-30", "2024")] == [0, 0, 0, 0]

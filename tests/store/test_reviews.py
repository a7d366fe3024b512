"""Reviews read back: by key, address, number and id, and as changes."""

from __future__ import annotations

from collections.abc import Callable

from factdesk.domain.reviews import Review
from factdesk.store.batches import Batch, Entry, put_batch
from factdesk.store.record import Record
from factdesk.store.reviews import (
    all_reviews,
    changes_since,
    count_by_language,
    count_reviews,
    current_reviews,
    find_by_any_id,
    find_by_keys,
    find_by_numbers,
    find_by_urls,
    parts,
    versions_by_run,
)

Put = Callable[..., Batch]


def withdraw(record: Record, *keys: str) -> None:
    with record.write() as writer:
        put_batch(writer, "run-out", [Entry(key, None) for key in keys], actor="an")


def test_many_keys_at_once(record: Record, put_reviews: Put) -> None:
    put_reviews(record, *(f"claim {at}" for at in range(1100)))
    with record.read() as session:
        found = find_by_keys(session, [f"k{at}" for at in range(1, 1301)])
    assert len(found) == 1100
    assert found["k1100"].number == 1100


def test_a_page_may_hold_several_reviews(record: Record) -> None:
    page = "https://example.org/a"
    entries = [Entry(f"k{at}", Review(claim=f"c{at}"), url=url) for at, url in enumerate((page, page, "", "other"))]
    with record.write() as writer:
        put_batch(writer, "run", entries, actor="an")
    with record.read() as session:
        found = find_by_urls(session, [page, "", "unknown"])
    assert {url: [row.number for row in rows] for url, rows in found.items()} == {page: [1, 2]}


def test_current_reviews_are_the_newest_that_stand(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a", "b", "c")
    put_reviews(record, "a", "B")
    withdraw(record, "k3")
    with record.read() as session:
        found = current_reviews(session, [1, 2, 3, 99])
        ids = {number: row.id for number, row in find_by_numbers(session, [1, 2, 3]).items()}
    assert {number: (own, review.claim) for number, (own, review) in found.items()} == {
        1: (ids[1], "a"),
        2: (ids[2], "B"),
    }
    assert found[1][1] == Review(claim="a", own_id="own-1", source="test.jsonl")


def test_changes_tell_what_stands_now(record: Record, put_reviews: Put) -> None:
    first = put_reviews(record, "a", "b", "c", language="vi", date="1970-01-11")
    second = put_reviews(record, "A", language="en")
    withdraw(record, "k2")
    third = record.head()[0]
    assert first.event is not None
    assert second.event is not None
    with record.read() as session:
        everything = list(changes_since(session, 0, third))
        later = list(changes_since(session, first.event.seq, third))
        upto = list(changes_since(session, first.event.seq, second.event.seq))
    told = [(change.number, change.seq, change.review.claim if change.review else None) for change in everything]
    assert told == [(3, 1, "c"), (1, 2, "A"), (2, 3, None)]
    assert [change.number for change in later] == [1, 2]
    assert [change.number for change in upto] == [1]
    assert (everything[0].language, everything[0].day, everything[0].publisher) == ("vi", 10, 1)


def test_more_changes_than_are_fetched_at_a_time(record: Record, put_reviews: Put) -> None:
    for start in range(0, 4500, 1500):
        put_reviews(record, *(f"claim {at}" for at in range(start, start + 1500)), first=start + 1)
    with record.read() as session:
        numbers = [change.number for change in changes_since(session, 0, 3)]
    assert numbers == list(range(1, 4501))


def test_everything_that_stands(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a", "b", language="vi")
    put_reviews(record, "c", first=3)
    withdraw(record, "k1")
    with record.read() as session:
        assert [(row.number, review.claim) for row, review in all_reviews(session)] == [(2, "b"), (3, "c")]
        assert count_reviews(session) == 2
        assert count_by_language(session) == {"": 1, "vi": 1}


def test_by_own_id_by_id_and_by_its_beginning(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a", "b")
    with record.read() as session:
        own = find_by_numbers(session, [2])[2].id
        assert [row.number for row in find_by_any_id(session, "own-2")] == [2]
        assert [row.number for row in find_by_any_id(session, own)] == [2]
        assert [row.number for row in find_by_any_id(session, own[:8])] == [1, 2]
        assert [row.number for row in find_by_any_id(session, own[:8], limit=1)] == [1]
        assert find_by_any_id(session, "%") == []
        assert find_by_any_id(session, "") == []


def test_what_a_run_wrote(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a", "b", run="one")
    put_reviews(record, "A", "b", run="two")
    with record.read() as session:
        assert [(each.review, each.version) for each in versions_by_run(session, "one")] == [(1, 1), (2, 1)]
        assert [(each.review, each.version) for each in versions_by_run(session, "two")] == [(1, 2)]


def test_parts() -> None:
    assert list(parts([1, 2, 3, 4, 5], 2)) == [[1, 2], [3, 4], [5]]
    assert list(parts([])) == []

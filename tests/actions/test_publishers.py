"""Allowing and blocking publishers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factdesk.actions.publishers import set_publisher
from factdesk.domain.reviews import Publisher, Review
from factdesk.errors import InputError, NotFoundError
from factdesk.queries.publishers import list_publishers
from factdesk.store.batches import Batch, Entry, put_batch
from factdesk.store.events import get_event
from factdesk.store.publishers import blocked_numbers, policy
from factdesk.store.record import Record

Put = Callable[..., Batch]


@pytest.fixture
def filled(record: Record) -> Record:
    publishers = [
        Publisher("Tin Thật", "tt.vn"),
        Publisher("Tin Thật", "other.vn"),
        Publisher("Sub", "tt.vn"),
        Publisher("Dot.com"),
    ]
    entries = [
        Entry(f"k{at}", Review(claim="c", publisher=each)) for at, each in enumerate([*publishers, publishers[0]])
    ]
    with record.write() as writer:
        put_batch(writer, "run", entries, actor="an")
    return record


def blocked(record: Record) -> set[tuple[str, str]]:
    with record.read() as session:
        numbers = blocked_numbers(session)
    return {(row.name, row.site) for row in list_publishers(record) if row.number in numbers and row.name}


def test_publishers_are_listed_with_their_reviews(filled: Record) -> None:
    rows = list_publishers(filled)
    assert (rows[0].name, rows[0].site, rows[0].reviews) == ("Tin Thật", "tt.vn", 2)
    assert [row.reviews for row in rows] == [2, 1, 1, 1]


def test_a_site_stands_for_all_who_publish_there(filled: Record) -> None:
    row = set_publisher(filled, "www.TT.vn", "blocked", "an")
    assert (row.site, row.status) == ("tt.vn", "blocked")
    assert blocked(filled) == {("Tin Thật", "tt.vn"), ("Sub", "tt.vn")}
    assert {row.name: row.status for row in list_publishers(filled) if row.site == "tt.vn"} == {
        "Tin Thật": "blocked",
        "Sub": "blocked",
        "": "blocked",
    }


def test_one_of_them_can_be_allowed_all_the_same(filled: Record) -> None:
    set_publisher(filled, "tt.vn", "blocked", "an")
    set_publisher(filled, "sub", "allowed", "an")
    set_publisher(filled, "other.vn", "allowed", "an")
    set_publisher(filled, "Dot.com", "allowed", "an")
    assert blocked(filled) == {("Tin Thật", "tt.vn")}


def test_a_name_with_a_dot_is_a_name_where_there_is_one(filled: Record) -> None:
    assert set_publisher(filled, "dot.com", "blocked", "an").name == "Dot.com"


def test_a_site_can_be_blocked_before_it_is_known(record: Record) -> None:
    set_publisher(record, "new.example", "blocked", "an")
    with record.read() as session:
        assert policy(session).blocks(Publisher("Any", "new.example"))


def test_each_decision_is_one_event(filled: Record) -> None:
    row = set_publisher(filled, "sub", "blocked", "an")
    before = filled.head()
    set_publisher(filled, "sub", "blocked", "ba")
    assert filled.head() == before
    set_publisher(filled, "sub", "", "ba")
    with filled.read() as session:
        events = [get_event(session, before[0]), get_event(session, before[0] + 1)]
    assert [(event.actor, event.action, event.subject, event.payload) for event in events if event] == [
        ("an", "publisher.blocked", f"publisher:{row.number}", {"status": "blocked"}),
        ("ba", "publisher.unset", f"publisher:{row.number}", {"status": ""}),
    ]
    assert blocked(filled) == set()


def test_names_that_mean_none_or_several(filled: Record) -> None:
    with pytest.raises(NotFoundError, match="No publisher is called nobody"):
        set_publisher(filled, "nobody", "blocked", "an")
    with pytest.raises(InputError, match=r"several publishers: 1 Tin Thật \(other.vn\); 2|several publishers"):
        set_publisher(filled, "tin thật", "blocked", "an")
    number = next(row.number for row in list_publishers(filled) if row.site == "other.vn")
    assert set_publisher(filled, str(number), "blocked", "an").site == "other.vn"

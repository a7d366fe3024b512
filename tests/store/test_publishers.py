"""Publishers, and which of them are kept out."""

from __future__ import annotations

from factdesk.domain.reviews import Publisher
from factdesk.store.publishers import (
    Policy,
    all_publishers,
    blocked_numbers,
    find_publishers,
    policy,
    publisher_numbers,
    write_status,
)
from factdesk.store.record import Record

A, B, C = Publisher("A", "a.org"), Publisher("A", "b.org"), Publisher("C", "")


def test_a_publisher_has_one_number(record: Record) -> None:
    with record.write() as writer:
        first = publisher_numbers(writer, {A, B})
    with record.write() as writer:
        second = publisher_numbers(writer, {B, C, A})
    assert set(first.values()) == {1, 2}
    assert second == first | {C: 3}
    with record.read() as session:
        assert len(all_publishers(session)) == 3


def test_the_narrower_rule_wins() -> None:
    rules = Policy({("", "a.org"): "blocked", ("Good", "a.org"): "allowed", ("C", ""): "blocked"})
    assert rules.blocks(Publisher("Any", "a.org"))
    assert not rules.blocks(Publisher("Good", "a.org"))
    assert rules.blocks(Publisher("C", "c.org"))


def test_blocking_keeps_others_in_and_allowing_keeps_others_out() -> None:
    blocking, allowing = Policy({("", "a.org"): "blocked"}), Policy({("", "a.org"): "allowed"})
    assert [rules.blocks(Publisher("X", "x.org")) for rules in (blocking, allowing, Policy({}))] == [False, True, False]
    assert not allowing.blocks(Publisher("Any", "a.org"))
    assert Policy({("", ""): "blocked"}).blocks(Publisher()) is False


def test_blocked_numbers_follow_the_policy(record: Record) -> None:
    with record.write() as writer:
        numbers = publisher_numbers(writer, {A, B, C, Publisher("", "a.org")})
    with record.read() as session:
        assert blocked_numbers(session) == frozenset()
    with record.write() as writer:
        write_status(writer, numbers[Publisher("", "a.org")], "blocked")
    with record.read() as session:
        assert policy(session).statuses == {("", "a.org"): "blocked"}
        assert blocked_numbers(session) == {numbers[A], numbers[Publisher("", "a.org")]}


def test_by_number_name_and_site(record: Record) -> None:
    with record.write() as writer:
        numbers = publisher_numbers(writer, {A, B, C})
    with record.read() as session:
        assert [row.number for row in find_publishers(session, "www.A.org")] == [numbers[A]]
        assert {row.number for row in find_publishers(session, "a")} == {numbers[A], numbers[B]}
        assert [row.name for row in find_publishers(session, str(numbers[C]))] == ["C"]
        assert find_publishers(session, "") == []
        assert find_publishers(session, "%") == []

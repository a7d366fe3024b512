"""What bundles are made of, read for many at once."""

from __future__ import annotations

import pytest
from tests.capture.bundles import small_world
from tests.queries.published import publish, statement

from factdesk.store.bundled import (
    attachments_of,
    captures_numbered,
    citations_named,
    citations_of,
    numbers_of,
    published_rows,
)
from factdesk.store.record import Record
from factdesk.store.sealed import ids_beginning


@pytest.fixture
def filled(record: Record) -> Record:
    small_world().fill(record)
    return record


def test_captures_are_found_by_whatever_is_about_them(filled: Record) -> None:
    with filled.read() as session:
        (page, note), (picture,) = (ids_beginning(session, kind, "") for kind in ("citation", "attachment"))
        numbers = numbers_of(session, ["id-0001", "id-0002", page, note, picture, "nothing"])
        assert numbers == {"id-0001": 1, page: 1, picture: 1, "id-0002": 2, note: 2}
        assert captures_numbered(session, [1, 2, 9]) == {1: "id-0001", 2: "id-0002"}
        assert citations_of(session, [2, 9]) == [(2, note)]
        assert citations_named(session, [page, "id-0001", picture]) == [(1, page)]
        assert attachments_of(session, [1, 2]) == [(1, picture)]
        assert numbers_of(session, []) == {}


def test_publications_come_oldest_first_those_of_each_check_together(record: Record) -> None:
    for check in ("a", "b"):
        publish(record, check, *(statement(rating, []) for rating in ("false", "true")))
    with record.read() as session:
        found = published_rows(session, ["b", "a", "c"])
        assert set(found) == {"a", "b"}
        for rows in found.values():
            assert [(row.kind, "True!" in (row.content or "")) for row, _ in rows] == [
                ("publication", False),
                ("publication", True),
            ]

        (*_, newest) = found["b"]
        assert newest.head == "{}:{}".format(*record.head())
        assert found["a"][-1].head.startswith(f"{newest.row.seq - 1}:")


def test_more_than_one_statement_asks_for_are_all_found(record: Record) -> None:
    publish(record, "zz", statement("false", []))
    with record.read() as session:
        assert list(published_rows(session, [*(f"a-{number}" for number in range(1200)), "zz"])) == ["zz"]

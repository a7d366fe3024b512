"""Rows as lines of JSON, and hostile lines."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from factdesk.config import DeskConfig
from factdesk.errors import InputError
from factdesk.store.batches import Batch
from factdesk.store.dump import count_rows, dump_rows, load_rows, tables_of
from factdesk.store.record import Record
from factdesk.store.setup import whole


def test_tables_come_after_those_they_refer_to(desk_config: DeskConfig) -> None:
    with whole(desk_config) as connection:
        names = [table.name for table in tables_of(connection)]
    assert len(names) == 18
    assert names.index("events") < names.index("reviews") < names.index("review_versions")
    assert names.index("sealed") < names.index("captures") < names.index("citations")
    assert names.index("sealed") < names.index("items") < names.index("item_facts")
    assert "alembic_version" not in names


def test_what_was_dumped_loads_again_the_same(
    desk_config: DeskConfig, record: Record, put_reviews: Callable[..., Batch]
) -> None:
    put_reviews(record, "a \u2028 b", 'quoted "text"', "dấu \x7f")
    with whole(desk_config) as connection:
        for table in reversed(tables_of(connection)):
            lines = list(dump_rows(connection, table))
            assert len(lines) == count_rows(connection, table)
            if table.name == "review_versions":
                connection.execute(table.delete())
                assert sum(load_rows(connection, table, table.columns.keys(), lines)) == 3
                assert list(dump_rows(connection, table)) == lines


@pytest.mark.parametrize(
    "line",
    [b"", b"{}", b"[]", b'["k"]', b'["k", 1.5]', b'["k", true]', b'["k", ["v"]]', b"[" * 100_000, b'["k", "\xff"]'],
)
def test_lines_that_factdesk_did_not_write(sqlite_desk: DeskConfig, line: bytes) -> None:
    with whole(sqlite_desk) as connection:
        meta = next(table for table in tables_of(connection) if table.name == "meta")
        with pytest.raises(InputError, match="table meta is not what factdesk writes"):
            list(load_rows(connection, meta, ["key", "value"], [line]))


def test_columns_that_the_table_does_not_have(sqlite_desk: DeskConfig) -> None:
    with whole(sqlite_desk) as connection:
        meta = next(table for table in tables_of(connection) if table.name == "meta")
        with pytest.raises(InputError):
            list(load_rows(connection, meta, ["key", "value; DROP TABLE events"], []))


def test_bytes_that_are_no_base64(sqlite_desk: DeskConfig) -> None:
    with whole(sqlite_desk) as connection:
        vectors = next(table for table in tables_of(connection) if table.name == "vectors")
        line = json.dumps(["%%%", "m", "AAAA"]).encode()
        with pytest.raises(InputError):
            list(load_rows(connection, vectors, ["digest", "model", "data"], [line]))

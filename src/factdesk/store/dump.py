"""The record as lines of JSON: written from one moment of the record, read back onto either database.

One file a table. A line is a list of a row's values in the order of the table's columns; bytes are base64.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, LargeBinary, MetaData, Table, case, func, insert, select

from factdesk.errors import InputError
from factdesk.store.blobs import INLINE
from factdesk.store.models import Base
from factdesk.store.stream import CHUNK, streamed

BLOBS = "blobs"
UNORDERED = "vectors"
"""The one table whose order says nothing and whose rows are too wide to sort."""


def tables_of(connection: Connection) -> list[Table]:
    """The tables as they are in the database, each after those it refers to."""
    found = MetaData()
    # Only our own: a database may be shared with other programs.
    found.reflect(connection, only=lambda name, _: name in Base.metadata.tables)
    return list(found.sorted_tables)


def count_rows(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def dump_rows(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows of a table as lines, streamed."""
    binary = [isinstance(column.type, LargeBinary) for column in table.columns]
    chosen = select(*_kept(table))
    if table.name != UNORDERED:
        chosen = chosen.order_by(*table.primary_key.columns)
    for row in streamed(connection, chosen):
        values = [
            base64.b64encode(value).decode() if packed and value is not None else value
            for value, packed in zip(row, binary, strict=True)
        ]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _kept(table: Table) -> list[ColumnElement[Any]]:
    """A table's columns; of large blobs not the bytes, which are files of their own in a backup."""
    if table.name != BLOBS:
        return list(table.columns)
    small = table.c.size <= INLINE
    return [case((small, column)).label("data") if column.name == "data" else column for column in table.columns]


def load_rows(connection: Connection, table: Table, columns: Sequence[str], lines: Iterable[bytes]) -> Iterator[int]:
    """Insert the rows that the lines hold; yields how many, chunk by chunk.

    Raises `InputError` for lines and columns that are not what `dump_rows` writes.
    """
    if set(columns) != set(table.columns.keys()):
        raise _bad(table.name)
    binary = [isinstance(table.columns[name].type, LargeBinary) for name in columns]
    walk = iter(lines)
    while part := [_row(table.name, line, columns, binary) for line in islice(walk, CHUNK)]:
        connection.execute(insert(table), part)
        yield len(part)


def _row(table: str, line: bytes, columns: Sequence[str], binary: Sequence[bool]) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _bad(table) from error
    if not isinstance(values, list) or len(values) != len(columns):
        raise _bad(table)
    return {name: _value(table, value, packed) for name, value, packed in zip(columns, values, binary, strict=True)}


def _value(table: str, value: Any, packed: bool) -> Any:
    if value is None or (not packed and isinstance(value, (str, int)) and not isinstance(value, bool)):
        return value
    if not packed or not isinstance(value, str):
        raise _bad(table)
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _bad(table) from error


def _bad(table: str) -> InputError:
    return InputError("The backup's table {table} is not what factdesk writes.", table=table)

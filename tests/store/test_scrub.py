"""Writing a record's files anew: what was deleted is in none of them, or it is said that it may be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.store.evidence import add_capture

from factdesk.config import DeskConfig
from factdesk.store.engines import sqlite_file
from factdesk.store.record import Record
from factdesk.store.scrub import remove_files, scrubbed

WORD = b"axolotlish"


def lies(config: DeskConfig) -> bool:
    return any(WORD in path.read_bytes() for path in config.folder.rglob("*") if path.is_file())


@pytest.fixture
def deleted(sqlite_record: Record, sqlite_desk: DeskConfig) -> DeskConfig:
    """A record with words of deleted rows in its files."""
    for number in range(30):
        add_capture(sqlite_record, sqlite_desk, f"The {WORD.decode()} bridge, {number}. " * 20)
    with closing(sqlite3.connect(sqlite_file(sqlite_desk))) as connection:
        connection.execute("DELETE FROM passages")
        connection.execute("UPDATE sealed SET content = NULL")
        connection.execute("DELETE FROM blobs")
        connection.commit()
    assert lies(sqlite_desk)
    return sqlite_desk


def test_nothing_of_it_is_left(deleted: DeskConfig) -> None:
    assert scrubbed(deleted)
    assert not lies(deleted)


def test_while_somebody_reads_it_is_said_and_done_later(deleted: DeskConfig) -> None:
    with Record.open(deleted, writable=False) as other, other.read() as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM sealed").scalar()
        assert not scrubbed(deleted, patience=0.01)
    assert scrubbed(deleted)
    assert not lies(deleted)


def test_while_somebody_writes(deleted: DeskConfig) -> None:
    with Record.open(deleted) as other, other.write():
        assert not scrubbed(deleted, patience=0.01)
    assert scrubbed(deleted)


def test_only_files_that_nothing_names_are_removed(sqlite_record: Record, sqlite_desk: DeskConfig) -> None:
    add_capture(sqlite_record, sqlite_desk, "x" * 100_000)
    (named,) = [path for path in (sqlite_desk.folder / "blobs").rglob("*") if path.is_file()]
    other = Path(named.parent.parent, "ab", "ab" * 32)
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(WORD)
    assert remove_files(sqlite_record, [named.name, other.name, "0" * 64]) == 1
    assert named.is_file()
    assert not other.exists()


def test_a_record_without_a_folder(record: Record) -> None:
    assert remove_files(record, ["0" * 64]) == 0

"""A record opened, read and written to, on both databases."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from factdesk.clock import Clock
from factdesk.config import DeskConfig
from factdesk.domain.events import GENESIS, first_break
from factdesk.errors import DeskBusyError, DeskError, DeskReadOnlyError, NoDeskError
from factdesk.store.events import get_event, head, read_events
from factdesk.store.record import Record
from factdesk.store.setup import prepare


def test_an_event_is_sealed_and_read_back_as_it_was(record: Record) -> None:
    with record.write() as writer:
        assert writer.next_seq == 1
        event = writer.append("an", "test.act", "thing:1", {"count": 1, "chữ": "có dấu"})
    with record.read() as session:
        assert head(session) == (1, event.hash)
        assert get_event(session, 1) == event
        assert event.previous_hash == GENESIS


def test_an_empty_log_has_the_genesis_as_its_head(record: Record) -> None:
    assert record.head() == (0, GENESIS)


def test_events_follow_each_other_within_and_between_transactions(record: Record) -> None:
    for _ in range(3):
        with record.write() as writer:
            writer.append("an", "test.one", "", {})
            writer.append("an", "test.two", "", {})
    with record.read() as session:
        events = list(read_events(session))
        assert [event.seq for event in events] == [1, 2, 3, 4, 5, 6]
        assert first_break(events) is None
        assert [event.seq for event in read_events(session, after=4)] == [5, 6]


def test_an_error_in_the_block_leaves_no_trace(record: Record) -> None:
    def act() -> None:
        with record.write() as writer:
            writer.append("an", "test.act", "", {})
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        act()
    assert record.head() == (0, GENESIS)


def test_a_reader_cannot_write(record: Record) -> None:
    with pytest.raises(DeskReadOnlyError), record.read() as session:
        session.execute(text("DELETE FROM events"))


def test_a_reader_sees_one_moment(record: Record) -> None:
    with record.read() as session:
        before = head(session)
        with record.write() as writer:
            writer.append("an", "test.act", "", {})
        assert head(session) == before
    assert record.head()[0] == 1


def test_a_record_opened_to_read_does_not_write(desk_config: DeskConfig) -> None:
    with Record.open(desk_config, writable=False) as record:
        assert record.head()[0] == 0
        with pytest.raises(DeskReadOnlyError), record.write():
            pass


def test_a_second_writer_waits_and_then_says_so(desk_config: DeskConfig) -> None:
    with (
        Record.open(desk_config) as first,
        Record.open(desk_config, patience=0.1) as second,
        first.write() as writer,
    ):
        writer.append("an", "test.act", "", {})
        with pytest.raises(DeskBusyError), second.write():
            pass


def test_writers_in_many_threads_make_one_chain(desk_config: DeskConfig) -> None:
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with Record.open(desk_config) as record:
                for _ in range(10):
                    with record.write() as writer:
                        writer.append("an", "test.act", "", {})
        except BaseException as error:  # noqa: BLE001 - told to the test, whatever it is
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with Record.open(desk_config) as record, record.read() as session:
        assert first_break(read_events(session)) is None
        assert head(session)[0] == 30


def test_a_missing_record_is_said(tmp_path: Path) -> None:
    config = DeskConfig(folder=tmp_path, database_url=f"sqlite:///{tmp_path / 'record.sqlite'}", name="x")
    with pytest.raises(NoDeskError, match="restore"):
        Record.open(config)
    assert list(tmp_path.iterdir()) == []


def test_sqlite_is_set_to_lose_nothing(sqlite_record: Record) -> None:
    with sqlite_record.write() as writer:
        settings = {
            name: writer.session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize("name", ["why?", "100% sure", "bàn kiểm chứng", "a#b&c=d;e"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str, clock: Clock) -> None:
    folder = tmp_path / name
    folder.mkdir()
    config = DeskConfig(folder=folder, database_url=f"sqlite:///{folder / 'record.sqlite'}", name="x")
    prepare(config)
    with Record.open(config, clock) as record, record.write() as writer:
        writer.append("an", "test.act", "", {})
    assert (folder / "record.sqlite").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_read_only_folder_can_be_read(sqlite_desk: DeskConfig, as_nobody: Callable[[], None]) -> None:
    with Record.open(sqlite_desk) as record, record.write() as writer:
        writer.append("an", "test.act", "", {})
    file = sqlite_desk.folder / "record.sqlite"
    file.chmod(0o444)
    sqlite_desk.folder.chmod(0o555)
    as_nobody()
    with Record.open(sqlite_desk) as record:
        assert record.head()[0] == 1
        with pytest.raises(DeskReadOnlyError), record.write():
            pass
    assert sorted(path.name for path in sqlite_desk.folder.iterdir()) == ["record.sqlite"]


def test_a_read_only_folder_with_a_log_is_not_read_past_it(
    sqlite_desk: DeskConfig, tmp_path: Path, as_nobody: Callable[[], None]
) -> None:
    copy = tmp_path / "copy"
    with closing(sqlite3.connect(sqlite_desk.folder / "record.sqlite")) as writer:
        writer.execute("INSERT INTO meta VALUES ('in', 'the log')")
        writer.commit()
        copy.mkdir()
        for name in ("record.sqlite", "record.sqlite-wal"):
            (copy / name).write_bytes((sqlite_desk.folder / name).read_bytes())
            (copy / name).chmod(0o444)
    copy.chmod(0o555)
    as_nobody()
    config = DeskConfig(folder=copy, database_url=f"sqlite:///{copy / 'record.sqlite'}", name="x")
    with pytest.raises(DeskError):
        Record.open(config)


def test_a_read_only_file_in_a_folder_that_is_not(sqlite_desk: DeskConfig, as_nobody: Callable[[], None]) -> None:
    (sqlite_desk.folder / "record.sqlite").chmod(0o444)
    sqlite_desk.folder.chmod(0o777)
    as_nobody()
    with Record.open(sqlite_desk) as record:
        assert record.head()[0] == 0
        with pytest.raises(DeskReadOnlyError), record.write() as writer:
            writer.append("an", "test.act", "", {})

"""Whatever the database or disk says becomes one of our errors, with a place and without passwords."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from factdesk.config import DeskConfig, normal_url
from factdesk.errors import DeskError, DeskReadOnlyError, FactdeskError, InputError, NoDeskError, ResourceError
from factdesk.store.faults import translated_files
from factdesk.store.record import Record
from factdesk.store.setup import prepare


def with_url(tmp_path: Path, url: str) -> DeskConfig:
    return DeskConfig(folder=tmp_path, database_url=normal_url(url), name="x")


def test_a_file_that_is_no_database(sqlite_desk: DeskConfig) -> None:
    (sqlite_desk.folder / "record.sqlite").write_bytes(b"Dear diary, " * 1000)
    with pytest.raises(DeskError, match=r"The record is damaged: file is not a database\. Restore a backup"):
        Record.open(sqlite_desk)


def test_a_file_with_a_hole_in_it(sqlite_desk: DeskConfig) -> None:
    path = sqlite_desk.folder / "record.sqlite"
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    path.write_bytes(raw)
    with pytest.raises(DeskError, match="damaged"), Record.open(sqlite_desk) as record:
        record.head()


def test_a_file_that_was_cut_short(sqlite_desk: DeskConfig) -> None:
    path = sqlite_desk.folder / "record.sqlite"
    path.write_bytes(path.read_bytes()[:4096])
    with pytest.raises(DeskError, match="damaged"), Record.open(sqlite_desk) as record, record.read() as session:
        session.execute(text("SELECT * FROM reviews")).all()


def test_a_full_disk_loses_nothing_that_was_saved(sqlite_record: Record) -> None:
    with sqlite_record.write() as writer:
        writer.append("an", "test.act", "", {})
        # SQLite's own bound on a file gives the same error as a disk that has no block left.
        pages = writer.session.execute(text("PRAGMA page_count")).scalar()
        writer.session.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(ResourceError, match="disk is full"), sqlite_record.write() as writer:
        writer.append("an", "test.act", "x" * 200_000, {})
    assert sqlite_record.head()[0] == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which Linux has")
def test_a_full_disk_under_a_file() -> None:
    with (
        pytest.raises(ResourceError, match="disk is full"),
        translated_files("x"),
        Path("/dev/full").open("wb", 0) as file,
    ):
        file.write(b"x")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (PermissionError(13, "Permission denied"), DeskReadOnlyError),
        (OSError(30, "Read-only file system"), DeskReadOnlyError),
        (OSError(5, "Input/output error"), ResourceError),
    ],
)
def test_what_the_file_system_says(error: OSError, kind: type[FactdeskError]) -> None:
    with pytest.raises(kind, match=r"^here: "), translated_files("here"):
        raise error


def test_a_database_that_is_not_running(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    config = with_url(tmp_path, f"postgresql://an:s3cret@/desk?host={tmp_path}&sslpassword=s3cret")
    with pytest.raises(DeskError, match="cannot be reached") as caught:
        Record.open(config)
    assert "s3cret" not in str(caught.value)
    assert "an:***@" in caught.value.place


def test_a_database_that_is_not_there(tmp_path: Path, postgres_url: str) -> None:
    base, _, query = postgres_url.partition("?")
    config = with_url(tmp_path, base.rsplit("/", 1)[0] + "/none?" + query)
    with pytest.raises(NoDeskError, match="no such database"):
        Record.open(config)


def test_a_user_that_the_database_refuses(tmp_path: Path, postgres_url: str) -> None:
    config = with_url(tmp_path, postgres_url.replace("postgres@", "stranger@"))
    with pytest.raises(DeskError, match=r"cannot be reached.*stranger"):
        Record.open(config)


def test_a_database_that_only_lets_read(tmp_path: Path, postgres_url: str) -> None:
    desk_config = with_url(tmp_path, postgres_url)
    prepare(desk_config)
    with Record.open(desk_config) as record, record.write() as writer:
        name = writer.session.execute(text("SELECT current_database()")).scalar()
        writer.session.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    with Record.open(desk_config) as record, pytest.raises(DeskReadOnlyError), record.write() as writer:
        writer.append("an", "test.act", "", {})


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "not a database URL"),
        ("oracle9://x/y", "does not know this kind"),
        ("sqlite://", "not a database URL"),
    ],
)
def test_an_address_that_is_none(tmp_path: Path, url: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        prepare(with_url(tmp_path, url))


def test_postgresql_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ResourceError, match=r"pip install 'factdesk\[postgresql\]'"):
        Record.open(with_url(tmp_path, "postgresql://localhost/desk"))


def test_a_folder_that_cannot_be_entered_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    config = with_url(tmp_path, f"sqlite:///{tmp_path / 'none' / 'record.sqlite'}")
    with pytest.raises(DeskError, match="cannot be opened"):
        prepare(config)
    assert list(tmp_path.iterdir()) == []

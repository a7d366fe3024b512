"""Making a desk, and upgrading one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from factdesk.actions.desks import create_desk, upgrade
from factdesk.clock import Clock
from factdesk.config import DeskConfig, load_desk
from factdesk.errors import DeskReadOnlyError, DeskVersionError, NoDeskError, UsageError
from factdesk.store.events import get_event
from factdesk.store.record import Record


def test_a_desk_is_a_folder_with_settings_and_a_record(tmp_path: Path, clock: Clock) -> None:
    config = create_desk(tmp_path / "my-desk", clock=clock)
    assert (config.name, config.language, config.is_sqlite) == ("my-desk", "en", True)
    assert sorted(path.name for path in config.folder.iterdir()) == ["desk.toml", "record.sqlite"]
    with Record.open(config) as record, record.read() as session:
        event = get_event(session, 1)
    assert event is not None
    assert (event.action, event.subject) == ("desk.create", "desk")


def test_what_was_given_is_kept(tmp_path: Path) -> None:
    create_desk(tmp_path, name='Bàn "kiểm chứng"', language="vi", url="https://example.org")
    config = load_desk(str(tmp_path), {})
    assert (config.name, config.language, config.url) == ('Bàn "kiểm chứng"', "vi", "https://example.org")


def test_a_folder_that_holds_other_things_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    create_desk(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_desk_is_not_made_twice(tmp_path: Path) -> None:
    create_desk(tmp_path, name="first")
    with pytest.raises(UsageError, match="is a desk already"):
        create_desk(tmp_path, name="second")
    assert load_desk(str(tmp_path), {}).name == "first"


def test_a_desk_whose_making_was_cut_short_can_be_made_again(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").touch()
    config = create_desk(tmp_path)
    with Record.open(config) as record:
        assert record.head()[0] == 1


def test_a_desk_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    config = create_desk(tmp_path, database=postgres_url)
    assert config.database_url == postgres_url
    assert [path.name for path in tmp_path.iterdir()] == ["desk.toml"]
    with Record.open(load_desk(postgres_url, {})) as record:
        assert record.head()[0] == 1


def test_a_second_folder_for_a_database_shares_its_record(tmp_path: Path, postgres_url: str) -> None:
    create_desk(tmp_path / "one", database=postgres_url)
    with Record.open(create_desk(tmp_path / "two", database=postgres_url)) as record:
        assert record.head()[0] == 1


def test_a_folder_that_nobody_may_write_to(tmp_path: Path, as_nobody: Callable[[], None]) -> None:
    tmp_path.chmod(0o555)
    as_nobody()
    with pytest.raises(DeskReadOnlyError):
        create_desk(tmp_path / "desk")


def test_upgrade_says_what_it_applied(desk_config: DeskConfig, tamper: Callable[..., None]) -> None:
    assert upgrade(desk_config) == []
    tamper(desk_config, "UPDATE alembic_version SET version_num = 'from the future'")
    with pytest.raises(DeskVersionError):
        upgrade(desk_config)


def test_upgrade_does_not_make_a_record(tmp_path: Path) -> None:
    with pytest.raises(NoDeskError):
        upgrade(DeskConfig(tmp_path, f"sqlite:///{tmp_path / 'record.sqlite'}", "x"))
    assert list(tmp_path.iterdir()) == []

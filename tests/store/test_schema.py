"""The shape of the tables: what the migrations make is what the models say, and other shapes are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from factdesk.config import DeskConfig
from factdesk.errors import DeskVersionError
from factdesk.store import schema
from factdesk.store.models import Base
from factdesk.store.record import Record
from factdesk.store.schema import REVISIONS, current_revision, upgrade_connection
from factdesk.store.setup import prepare, whole


def test_the_revisions_known_are_those_that_there_are() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    walked = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(reversed([script.revision for script in walked])) == REVISIONS


def test_migrations_make_what_the_models_say(desk_config: DeskConfig) -> None:
    with whole(desk_config) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_again_changes_nothing(desk_config: DeskConfig) -> None:
    assert prepare(desk_config) == []


def test_a_desk_of_a_newer_factdesk_is_refused(desk_config: DeskConfig, tamper: Callable[..., None]) -> None:
    tamper(desk_config, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DeskVersionError, match=r"newer factdesk\. Upgrade factdesk: the desk is at 9999"):
        Record.open(desk_config)
    with pytest.raises(DeskVersionError, match="newer"):
        prepare(desk_config)


def test_a_desk_that_waits_for_an_upgrade_says_so(desk_config: DeskConfig, tamper: Callable[..., None]) -> None:
    tamper(desk_config, "DROP TABLE alembic_version")
    with pytest.raises(DeskVersionError, match="factdesk upgrade"):
        Record.open(desk_config)


def test_an_upgrade_that_fails_leaves_no_table(desk_config: DeskConfig, tamper: Callable[..., None]) -> None:
    names = [table.name for table in reversed(Base.metadata.sorted_tables)]
    tamper(desk_config, *(f"DROP TABLE {name}" for name in [*names, "alembic_version"]))

    def act() -> None:
        with whole(desk_config) as connection:
            assert upgrade_connection(connection, "here") == list(REVISIONS)
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        act()
    with whole(desk_config) as connection:
        assert current_revision(connection) == ""
    assert prepare(desk_config) == list(REVISIONS)

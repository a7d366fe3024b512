"""Making a desk, and bringing an older one to the present shape."""

from __future__ import annotations

import os
from pathlib import Path

from factdesk.actions.backups import backup, restore
from factdesk.clock import Clock
from factdesk.config import DESK_FILE, DeskConfig, load_desk, normal_url
from factdesk.errors import UsageError
from factdesk.store import engines
from factdesk.store.faults import translated_files
from factdesk.store.files import toml, write_durably
from factdesk.store.record import Record
from factdesk.store.setup import prepare

__all__ = ["backup", "create_desk", "restore", "upgrade"]


def create_desk(
    folder: Path,
    *,
    name: str = "",
    language: str = "",
    url: str = "",
    database: str = "",
    clock: Clock | None = None,
    actor: str = "desk",
) -> DeskConfig:
    """Make a desk in a folder, which may exist and hold other things.

    The settings file comes last: until it is there, there is no desk, and the command can be run again.
    A database that holds a record already becomes this desk's.
    Raises `UsageError` when the folder is a desk already.
    """
    settings = folder / DESK_FILE
    if settings.exists():
        raise UsageError("{folder} is a desk already.", folder=str(folder))
    given = {"name": name or folder.resolve().name, "language": language, "url": url, "database": database}
    with translated_files(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
    place = database or os.environ.get("FACTDESK_DATABASE") or f"sqlite:///{folder.resolve() / 'record.sqlite'}"
    config = DeskConfig(folder=folder.resolve(), database_url=normal_url(place), name=given["name"])
    prepare(config)
    with Record.open(config, clock) as record, record.write() as writer:
        if writer.next_seq == 1:
            writer.append(actor, "desk.create", "desk", {})
    write_durably(settings, toml({key: value for key, value in given.items() if value}))
    return load_desk(str(folder))


def upgrade(config: DeskConfig) -> list[str]:
    """Bring the desk's tables to the present shape, all in one transaction; returns the migrations applied.

    Raises `NoDeskError` when there is no record, `DeskVersionError` when a newer factdesk made it.
    """
    engines.require_file(config)
    return prepare(config)

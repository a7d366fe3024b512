"""Connections: readers that cannot write, and a writer that waits its turn."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

from factdesk.config import DeskConfig
from factdesk.errors import InputError, NoDeskError
from factdesk.store.faults import translated

PATIENCE = 10.0
"""Seconds a writer waits for another before it gives up."""

_LOCK = 0x666163746465736B
"""The advisory lock that PostgreSQL's writers take: the letters of factdesk."""


def place_of(config: DeskConfig) -> str:
    """The record's file, or its URL without the password."""
    with translated("database"):
        if config.is_sqlite:
            return str(sqlite_file(config))
        url = make_url(config.database_url).difference_update_query(["password", "passfile", "sslpassword"])
        return url.render_as_string(hide_password=True)


def sqlite_file(config: DeskConfig) -> Path:
    """The file of a record on SQLite."""
    with translated("database"):
        # Not parsed as a URL: a folder's name may hold a question mark or a per cent sign.
        _, found, path = config.database_url.partition(":///")
        if not found or not path:
            raise InputError("This is not a database URL.", place=config.database_url)
        return config.folder / path


def require_file(config: DeskConfig) -> None:
    """Raise `NoDeskError` when a record on SQLite has no file."""
    if config.is_sqlite and not sqlite_file(config).is_file():
        raise NoDeskError(
            "The desk's record is missing.",
            place=place_of(config),
            remedy="Restore a backup with: factdesk restore, or make a desk with: factdesk init",
        )


def reader(config: DeskConfig) -> Engine:
    """An engine whose transactions see one moment of the record and cannot change it."""
    if not config.is_sqlite:
        return create_engine(
            config.database_url,
            isolation_level="REPEATABLE READ",
            execution_options={"postgresql_readonly": True},
            pool_pre_ping=True,
        )
    path = sqlite_file(config)
    return _sqlite(lambda: _open_to_read(path), "BEGIN")


def writer(config: DeskConfig, patience: float = PATIENCE, *, create: bool = False) -> Engine:
    """An engine whose transactions hold the write lock from their first moment."""
    if not config.is_sqlite:
        engine = create_engine(config.database_url, pool_pre_ping=True)
        event.listen(engine, "begin", _take_lock(patience))
        return engine
    path, mode = sqlite_file(config), "rwc" if create else "rw"
    return _sqlite(lambda: _open_to_write(path, mode, patience), "BEGIN IMMEDIATE")


def _sqlite(connect: Callable[[], sqlite3.Connection], begin: str) -> Engine:
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    def on_begin(connection: Connection) -> None:
        # The driver's own transactions start at the first change: two writers would read the same head.
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", on_begin)
    return engine


def _take_lock(patience: float) -> Callable[[Connection], None]:
    def on_begin(connection: Connection) -> None:
        connection.execute(text(f"SET LOCAL lock_timeout = {int(patience * 1000)}"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))

    return on_begin


def _open_to_write(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    connection = _connect(path, f"mode={mode}", patience)
    if mode == "rwc":
        # Kept in the file: readers go on reading while someone writes.
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def _open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, also where the folder lets nobody make SQLite's helper files.

    Only then, and only when no writer left a log behind, is the file opened as one that never changes.
    """
    connection = _connect(path, "mode=ro", PATIENCE)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if _may_write(path.parent) or _has_log(path):
            raise
        connection = _connect(path, "immutable=1", PATIENCE)
    connection.execute("PRAGMA query_only=ON")
    return connection


def _connect(path: Path, options: str, patience: float) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.absolute()))}?{options}"
    return sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)


def _may_write(folder: Path) -> bool:
    options: dict[str, Any] = {"effective_ids": True} if os.access in os.supports_effective_ids else {}
    return os.access(folder, os.W_OK, **options)


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.is_file() and log.stat().st_size > 0

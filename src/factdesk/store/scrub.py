"""Making sure that what was taken out of the record is in none of its files any more.

A database that deletes a row leaves its bytes where they were until something else is written there, and copies of
them where rows moved before. So the file is written anew without them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress

from sqlalchemy import create_engine

from factdesk.config import DeskConfig
from factdesk.errors import DeskBusyError, DeskReadOnlyError, ResourceError
from factdesk.store.blobs import BLOBS, blob_path, blobs_folder
from factdesk.store.captures import CAPTURES, PASSAGES
from factdesk.store.citations import ATTACHMENTS, CITATIONS, LOOKS
from factdesk.store.engines import PATIENCE, place_of, sqlite_file
from factdesk.store.faults import translated, translated_files
from factdesk.store.items import ITEMS
from factdesk.store.judgements import JUDGEMENTS
from factdesk.store.record import Record
from factdesk.store.redact import known_blobs
from factdesk.store.reviews import REVIEWS, VERSIONS
from factdesk.store.sealed import SEALED
from factdesk.store.vectors import VECTORS

_TABLES = (
    SEALED,
    CAPTURES,
    PASSAGES,
    CITATIONS,
    ATTACHMENTS,
    LOOKS,
    ITEMS,
    REVIEWS,
    VERSIONS,
    JUDGEMENTS,
    VECTORS,
    BLOBS,
)


def scrubbed(config: DeskConfig, patience: float = PATIENCE) -> bool:
    """Write the record's files anew without what was deleted; whether that could be done to its end. It cannot while
    somebody reads what was there before, or where there is no room: then it is done another time."""
    try:
        with translated(place_of(config)):
            return _sqlite(config, patience) if config.is_sqlite else _postgresql(config, patience)
    except (DeskBusyError, DeskReadOnlyError, ResourceError):
        return False


def remove_files(record: Record, digests: Collection[str]) -> int:
    """Remove the files of blobs that no row has any more; returns how many there were.

    Under the write lock: nobody names them in the meantime. Raises `DeskReadOnlyError`, `ResourceError`.
    """
    folder, removed = blobs_folder(record.config), 0
    if folder is None or not digests:
        return 0
    with record.write() as writer, translated_files(str(folder)):
        for digest in sorted(set(digests) - known_blobs(writer.session, digests)):
            with suppress(FileNotFoundError):
                blob_path(folder, digest).unlink()
                removed += 1
    return removed


def _sqlite(config: DeskConfig, patience: float) -> bool:
    # Another connection: VACUUM can be no part of a transaction.
    with closing(sqlite3.connect(sqlite_file(config), timeout=patience, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _postgresql(config: DeskConfig, patience: float) -> bool:
    engine = create_engine(config.database_url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SET lock_timeout = {int(patience * 1000)}")
            for table in _TABLES:
                # ANALYZE too: the statistics of a column hold the values that are most common in it.
                connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {table.name}")
    finally:
        engine.dispose()
    return True

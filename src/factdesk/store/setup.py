"""Making the tables of a record, or bringing them to the present shape."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from factdesk.config import DeskConfig
from factdesk.store import engines
from factdesk.store.faults import translated
from factdesk.store.schema import upgrade_connection


def prepare(config: DeskConfig) -> list[str]:
    """Make the record where there is none, and apply the migrations it lacks, all or none; returns those applied."""
    with whole(config) as connection:
        return upgrade_connection(connection, engines.place_of(config))


@contextmanager
def whole(config: DeskConfig) -> Iterator[Connection]:
    """A connection in one write transaction, for changes of the tables themselves. Makes a file that is missing."""
    with translated(engines.place_of(config)):
        engine = engines.writer(config, create=True)
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()

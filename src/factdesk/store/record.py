"""The record of a desk: opened, read, and written to in short transactions that each seal an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from factdesk.clock import Clock
from factdesk.config import DeskConfig
from factdesk.domain.events import Event, seal
from factdesk.errors import DeskReadOnlyError
from factdesk.store import engines
from factdesk.store.events import head, insert_event
from factdesk.store.faults import translated
from factdesk.store.schema import check_revision, current_revision


class Writer:
    """One write transaction: what `session` writes and the events sealed here stand or fall as one."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session = session
        self.clock = clock
        self._head: tuple[int, str] | None = None

    @property
    def next_seq(self) -> int:
        """The seq that the next event will have."""
        return self._read_head()[0] + 1

    @property
    def head(self) -> tuple[int, str]:
        """The seq and hash of the newest event: what the next one will follow."""
        return self._read_head()

    def now(self) -> datetime:
        """The time, from the record's clock."""
        return self.clock.now()

    def append(self, actor: str, action: str, subject: str, payload: Mapping[str, Any]) -> Event:
        """Seal the next event of the chain. `payload` holds counts and salted digests, never content."""
        seq, previous = self._read_head()
        event = seal(seq + 1, self.clock.now(), actor, action, subject, dict(payload), previous)
        insert_event(self.session, event)
        self._head = (event.seq, event.hash)
        return event

    def _read_head(self) -> tuple[int, str]:
        # Read once: the write lock is held, so that nobody else can move it.
        if self._head is None:
            self._head = head(self.session)
        return self._head


class Record:
    """A desk's record. Close it, or use it as a context manager; safe to share between threads."""

    def __init__(self, config: DeskConfig, clock: Clock, reader: Engine, writer: Engine | None) -> None:
        self.config = config
        self.clock = clock
        self.place = engines.place_of(config)
        self._reader = reader
        self._writer = writer

    @classmethod
    def open(
        cls,
        config: DeskConfig,
        clock: Clock | None = None,
        *,
        writable: bool = True,
        patience: float = engines.PATIENCE,
    ) -> Record:
        """Open the record of a desk.

        A record that cannot be written to opens all the same: `write` is what raises `DeskReadOnlyError`.
        `patience` is how many seconds a writer waits for another before `DeskBusyError`.
        Raises `NoDeskError`, `DeskVersionError`, `DeskError` for a damaged or unreachable one.
        """
        engines.require_file(config)
        place = engines.place_of(config)
        with translated(place):
            writer = engines.writer(config, patience) if writable else None
            record = cls(config, clock or Clock(), engines.reader(config), writer)
        try:
            with record.read() as session:
                check_revision(current_revision(session.connection()), place)
        except BaseException:
            # Whatever went wrong, and also when interrupted, no connection stays open.
            record.close()
            raise
        return record

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the record and cannot change it."""
        with translated(self.place), Session(self._reader) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """One short transaction that holds the write lock: committed at its end, undone by any error."""
        if self._writer is None:
            raise DeskReadOnlyError("This desk was opened to be read only.", place=self.place)
        with translated(self.place), Session(self._writer, autoflush=False) as session, session.begin():
            session.connection()
            yield Writer(session, self.clock)

    def head(self) -> tuple[int, str]:
        """The newest event's seq and hash."""
        with self.read() as session:
            return head(session)

    def close(self) -> None:
        """Let go of every connection."""
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

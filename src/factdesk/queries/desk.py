"""A desk in use: its settings, its record, and the encoder and index once something needs them."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from factdesk.clock import Clock
from factdesk.config import DeskConfig, models_dir, threads
from factdesk.errors import DeskBusyError, DeskReadOnlyError
from factdesk.store.record import Record

if TYPE_CHECKING:
    from factdesk.encode.base import Encoder
    from factdesk.match.model import Matcher
    from factdesk.search.base import SearchIndex

Progress = Callable[[int, int | None], None]
Tell = Callable[[str], None]
"""Takes a template of something the person should hear of, and that stops nothing."""

REBUILT = "The search index was damaged or of another version, and has been built anew from the record."
BEHIND = "The search index is behind the record and cannot be written to; the newest reviews are not found yet."


def no_progress(_done: int, _total: int | None) -> None:
    """Progress that nobody watches."""


def tell_nobody(_template: str) -> None:
    """A word that nobody hears."""


class Desk:
    """One desk, opened. Encoder, matcher and index are opened at first use, since most commands need none of them."""

    def __init__(self, config: DeskConfig, record: Record, *, writable: bool, tell: Tell = tell_nobody) -> None:
        self.config = config
        self.record = record
        self.writable = writable
        self.tell = tell
        self._encoder: Encoder | None = None
        self._matcher: Matcher | None = None
        self._index: SearchIndex | None = None

    @classmethod
    def open(
        cls, config: DeskConfig, clock: Clock | None = None, *, writable: bool = True, tell: Tell = tell_nobody
    ) -> Desk:
        """Open a desk. Raises what `Record.open` raises."""
        return cls(config, Record.open(config, clock, writable=writable), writable=writable, tell=tell)

    @property
    def encoder(self) -> Encoder:
        """The sentence encoder. Raises `ResourceError` when its weights are missing."""
        if self._encoder is None:
            from factdesk.encode.load import load_encoder

            self._encoder = load_encoder(self.config.encoder, models_dir(), threads())
        return self._encoder

    @property
    def matcher(self) -> Matcher:
        """The learned model that belongs to the encoder, or the desk's own."""
        if self._matcher is None:
            from factdesk.match.model import load_matcher

            self._matcher = load_matcher(self.encoder.name, self.config.folder)
        return self._matcher

    def index(self, progress: Progress = no_progress) -> SearchIndex:
        """The index, brought to the newest event of the record.

        One that is damaged or of another version is built anew, with a word. Where it cannot be written to, the index
        answers as it stands, with a word.
        """
        from factdesk.queries.indexing import open_index

        if self._index is None:
            self._index = open_index(self, progress)
        else:
            self.follow(progress)
        return self._index

    def index_at(self, seq: int) -> SearchIndex:
        """The index, looked after only where it does not stand at event `seq` already."""
        if self._index is not None and self._index.seq == seq:
            return self._index
        return self.index()

    def follow(self, progress: Progress = no_progress) -> None:
        """Bring an index that is open to the record, if it may be written to."""
        from factdesk.queries.indexing import follow_record

        if self._index is not None:
            try:
                follow_record(self, self._index, progress)
            except (DeskBusyError, DeskReadOnlyError):
                self.tell(BEHIND)

    def drop_index(self) -> None:
        """Let go of the index, so that the next use opens it anew."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def close(self) -> None:
        """Let go of everything."""
        self.drop_index()
        self.record.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

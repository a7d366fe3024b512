"""The processes that make a site's pages: each at the same moment of the record as who started them.

What a process cannot do (it was killed; the record went on before it saw it; a page cannot be made) is done by who
started it: the site does not depend on how many there are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from multiprocessing import parent_process
from threading import Thread
from typing import TypeVar

from factdesk.config import DeskConfig
from factdesk.errors import FactdeskError
from factdesk.lint.work import quietly
from factdesk.publish.maker import CheckDone, CheckTask, Ground, Maker, SourceTask
from factdesk.publish.state import Put
from factdesk.queries.processes import spawned
from factdesk.store.events import head
from factdesk.store.record import Record

FEW = 150
"""Pages up to which they are made right here: to start processes takes as long."""
CHUNK = 40
"""Pages that a process is sent at once."""

Task = TypeVar("Task", CheckTask, SourceTask)
Done = TypeVar("Done")


class Crew:
    """Makes pages on all cores, and where it can have no other process, here."""

    def __init__(self, maker: Maker, workers: int) -> None:
        self._maker = maker
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def checks(self, tasks: Sequence[CheckTask]) -> Iterator[CheckDone]:
        """Begin to make checks; what was made, to be asked for later."""
        return self._begun(tasks, _checks, self._maker.checks)

    def sources(self, tasks: Sequence[SourceTask]) -> Iterator[tuple[str, Put]]:
        """The same with sources: paths of pages."""
        return self._begun(tasks, _sources, self._maker.sources)

    def end(self) -> None:
        """Wait for what was begun, and begin nothing more."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _begun(
        self,
        tasks: Sequence[Task],
        work: Callable[[Sequence[Task]], list[Done] | None],
        here: Callable[[Sequence[Task]], list[Done]],
    ) -> Iterator[Done]:
        if self._workers > 1 and len(tasks) > FEW and self._pool is None:
            start = _Start(self._maker.record.config, head(self._maker.session), self._maker.ground)
            self._pool = spawned(self._workers, _begin, start)
        parts = [tasks[at : at + CHUNK] for at in range(0, len(tasks), CHUNK)]
        if self._pool is None:
            return chain.from_iterable(map(here, parts))
        sent = [(part, self._sent(self._pool, work, part)) for part in parts]
        return chain.from_iterable(_answer(future, part, here) for part, future in sent)

    def _sent(
        self, pool: ProcessPoolExecutor, work: Callable[[Sequence[Task]], list[Done] | None], part: Sequence[Task]
    ) -> Future[list[Done] | None] | None:
        try:
            return pool.submit(work, part)
        except BrokenProcessPool:
            return None


@contextmanager
def crew(maker: Maker, workers: int | None = None) -> Iterator[Crew]:
    """A crew, as many as the machine has cores; its processes are gone afterwards."""
    made = Crew(maker, workers if workers is not None else os.cpu_count() or 1)
    try:
        yield made
    finally:
        made.end()


def _answer(
    future: Future[list[Done] | None] | None, part: Sequence[Task], here: Callable[[Sequence[Task]], list[Done]]
) -> list[Done]:
    done = None
    if future is not None:
        with suppress(BrokenProcessPool):
            done = future.result()
    return done if done is not None else here(part)


@dataclass(frozen=True, slots=True)
class _Start:
    """What a process begins with."""

    config: DeskConfig
    head: tuple[int, str]
    ground: Ground


_maker: Maker | None = None
"""In a process of its own: what makes pages there. None where it does not see what who started it sees."""
_open = ExitStack()


def _begin(start: _Start) -> None:
    """Begin a process: it ends with the one that started it, however that one ends."""
    # A process of a pool has no other place to keep it.
    global _maker
    quietly()
    Thread(target=_follow, daemon=True).start()
    with suppress(FactdeskError):
        record = _open.enter_context(Record.open(start.config, writable=False))
        session = _open.enter_context(record.read())
        if head(session) == start.head:
            _maker = Maker(record, session, start.ground)


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _checks(tasks: Sequence[CheckTask]) -> list[CheckDone] | None:
    with suppress(FactdeskError):
        return _maker.checks(tasks) if _maker is not None else None
    return None


def _sources(tasks: Sequence[SourceTask]) -> list[tuple[str, Put]] | None:
    with suppress(FactdeskError):
        return _maker.sources(tasks) if _maker is not None else None
    return None

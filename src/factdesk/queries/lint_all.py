"""Every check of a desk, linted: over all cores, and again only what changed.

A worker gets sources with what the desk knows of each, and answers with what was found. They go in chunks, so that a
text that several of them cite is sent once for all of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from os import cpu_count

from factdesk.errors import InputError
from factdesk.lint.asked import Asked, asked
from factdesk.lint.base import Facts, Rule
from factdesk.lint.report import Linted
from factdesk.lint.run import Found
from factdesk.lint.work import quietly, work
from factdesk.queries.lint_cache import Kept
from factdesk.queries.processes import spawned

BATCH = 500
"""Checks whose facts are looked up at once. Two batches are in memory at a time."""
CHUNK = 25
"""Checks that a worker is sent at once."""
FEW = 100
"""Checks up to which a batch is linted right here: to start workers takes as long."""

FactsEach = Callable[[Sequence[Asked]], Sequence[Facts]]
"""For each of some drafts what it is held against, as `queries.lint_facts.facts_each` tells for a desk."""
FoundEach = Callable[[], list[tuple[Found, ...]]]


@dataclass(frozen=True, slots=True)
class Item:
    """A check to lint: its id, and its source."""

    id: str
    source: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A check that cannot be read, with why."""

    id: str
    error: InputError


def lint_many(
    items: Iterable[Item],
    facts_each: FactsEach,
    rules: Sequence[Rule],
    kept: Kept | None = None,
    workers: int | None = None,
) -> Iterator[Linted | Unread]:
    """What the rules find in each check, in order. `kept` has findings of before, and is given the new ones.

    There are as many `workers` as cores where nothing else is said; with one everything happens in this process.
    """
    rows = iter(items)
    waiting: deque[Iterator[Linted | Unread]] = deque()
    crew = _Crew(rules, workers or cpu_count() or 1)
    try:
        while batch := list(islice(rows, BATCH)):
            waiting.append(_begun(batch, facts_each, kept, crew))
            # While the workers are at one batch, the facts of the next are looked up.
            if len(waiting) > 1:
                yield from waiting.popleft()
        while waiting:
            yield from waiting.popleft()
    finally:
        crew.end()


def _begun(batch: Sequence[Item], facts_each: FactsEach, kept: Kept | None, crew: _Crew) -> Iterator[Linted | Unread]:
    """A batch whose linting has begun; what it yields waits for its end."""
    wanted = [_asked(item) for item in batch]
    read = [(item, each) for item, each in zip(batch, wanted, strict=True) if isinstance(each, Asked)]
    drafts = [
        (item.source, facts) for (item, _), facts in zip(read, facts_each([each for _, each in read]), strict=True)
    ]
    keys = kept.keys(drafts) if kept is not None else []
    known = kept.get(keys) if kept is not None else {}
    missing = [number for number in range(len(drafts)) if not keys or keys[number] not in known]
    found = crew.begin([drafts[number] for number in missing])
    return _ended(batch, wanted, keys, known, missing, found, kept)


def _ended(
    batch: Sequence[Item],
    wanted: Sequence[Asked | Unread],
    keys: Sequence[bytes],
    known: dict[bytes, tuple[Found, ...]],
    missing: Sequence[int],
    found: FoundEach,
    kept: Kept | None,
) -> Iterator[Linted | Unread]:
    new = dict(zip(missing, found(), strict=True))
    if kept is not None and new:
        kept.put({keys[number]: each for number, each in new.items()})
    number = 0
    for item, each in zip(batch, wanted, strict=True):
        if isinstance(each, Unread):
            yield each
            continue
        yield Linted(item.id, item.source, new[number] if number in new else known[keys[number]])
        number += 1


def _asked(item: Item) -> Asked | Unread:
    try:
        return asked(item.source, item.id)
    except InputError as error:
        return Unread(item.id, error)


class _Crew:
    """The processes that lint. They are started when there is enough to do, and what they cannot do is done here."""

    def __init__(self, rules: Sequence[Rule], workers: int) -> None:
        self._rules = tuple(rules)
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def begin(self, drafts: Sequence[tuple[str, Facts]]) -> FoundEach:
        """What is found in drafts, to be asked for later."""
        if len(drafts) > FEW and self._workers > 1 and self._pool is None:
            self._pool = spawned(self._workers, quietly)
        if self._pool is None:
            return lambda: work(drafts, self._rules)
        chunks = [drafts[at : at + CHUNK] for at in range(0, len(drafts), CHUNK)]
        sent = [(chunk, self._send(self._pool, chunk)) for chunk in chunks]
        return lambda: [found for chunk, future in sent for found in self._answer(chunk, future)]

    def end(self) -> None:
        """Wait for what was begun, and begin nothing more."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def _send(
        self, pool: ProcessPoolExecutor, chunk: Sequence[tuple[str, Facts]]
    ) -> Future[list[tuple[Found, ...]]] | None:
        try:
            return pool.submit(work, chunk, self._rules)
        except BrokenProcessPool:
            return None

    def _answer(
        self, chunk: Sequence[tuple[str, Facts]], future: Future[list[tuple[Found, ...]]] | None
    ) -> list[tuple[Found, ...]]:
        try:
            return future.result() if future is not None else work(chunk, self._rules)
        except BrokenProcessPool:
            # A worker was killed, for want of memory perhaps. The result does not depend on workers.
            return work(chunk, self._rules)

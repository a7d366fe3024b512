"""Takes the text out of a document, in a process of its own.

On Linux a server process (`child`) is started at the first document and forks a child for each; elsewhere every
document gets a fresh interpreter, which is as safe against crashes and slower by half a second.
"""

from __future__ import annotations

import os
import selectors
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.child import Request
from factdesk.capture.extract.kinds import EXTRACTORS
from factdesk.capture.extract.launch import Running, start
from factdesk.domain.documents import Extracted
from factdesk.errors import FactdeskError

_USUAL = Limits()

Start = Callable[[bytes | Path, Request], Running]


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be read: its bytes as received, or the file that has them. `latest` is the last ISO 8601 day of
    publication that is believed, by default tomorrow: extractors have no clock."""

    data: bytes | Path
    hint: Hint = field(default_factory=Hint)
    content_encoding: str = ""
    limits: Limits = field(default_factory=Limits)
    extractor: str = ""
    latest: str = ""


def extract(
    data: bytes | Path,
    hint: Hint,
    *,
    content_encoding: str = "",
    limits: Limits = _USUAL,
    extractor: str = "",
) -> Extracted:
    """What is in a document. `extractor` is a `module:function` to take in place of that of its kind.

    Raises `ExtractError` (unknown kind, damaged, protected, over a limit), `ResourceError` where a program that is
    needed is missing, `InputError` for a file that cannot be opened. Every error names the document.
    """
    (answer,) = extract_many([Job(data, hint, content_encoding, limits, extractor)], at_once=1)
    if isinstance(answer, FactdeskError):
        raise answer
    return answer


def extract_many(
    jobs: Iterable[Job], *, at_once: int = 0, start: Start = start
) -> Generator[Extracted | FactdeskError, None, None]:
    """What is in each document, or its error, in order. As many children at once as there are cores.

    Jobs are asked for a few ahead and no more. Whoever stops listening ends what still runs.
    """
    at_once = at_once or os.cpu_count() or 1
    waiting: deque[Running | FactdeskError] = deque()
    latest: deque[str] = deque()
    source = iter(jobs)
    try:
        _fill(waiting, latest, source, at_once, start)
        while waiting:
            first = waiting[0]
            if isinstance(first, Running) and not first.ended:
                _listen([each for each in waiting if isinstance(each, Running) and not each.ended])
            else:
                waiting.popleft()
                yield _outcome(first, latest.popleft())
            _fill(waiting, latest, source, at_once, start)
    finally:
        for each in waiting:
            if isinstance(each, Running):
                each.close()


def _fill(
    waiting: deque[Running | FactdeskError], latest: deque[str], source: Iterator[Job], at_once: int, start: Start
) -> None:
    """Start what may be started: so many at once, and answers that wait for their turn bounded as well."""
    while (
        len(waiting) < 4 * at_once and sum(isinstance(each, Running) and not each.ended for each in waiting) < at_once
    ):
        job = next(source, None)
        if job is None:
            return
        latest.append(job.latest)
        request = Request(_short(job.hint), job.limits, job.content_encoding[:200], job.extractor)
        try:
            waiting.append(start(job.data, request))
        except FactdeskError as error:
            waiting.append(error)


def _outcome(first: Running | FactdeskError, latest: str) -> Extracted | FactdeskError:
    if isinstance(first, FactdeskError):
        return first
    try:
        return _without_future(first.result(), latest)
    except FactdeskError as error:
        return error


def _without_future(found: Extracted, latest: str) -> Extracted:
    """Without a day of publication that is yet to come, anywhere on Earth."""
    latest = latest or (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    return found if found.about.published <= latest else replace(found, about=replace(found.about, published=""))


def _listen(running: list[Running]) -> None:
    """Wait until something comes from one of them, or one of them is too late."""
    with selectors.DefaultSelector() as selector:
        for each in running:
            for number in each.listening():
                selector.register(number, selectors.EVENT_READ, each)
        first = min(each.deadline for each in running)
        events = selector.select(max(0.0, first - time.monotonic()))
        for key, _ in events:
            each = key.data
            each.take(key.fd)
    now = time.monotonic()
    for each in running:
        if not each.ended and now >= each.deadline:
            each.give_up()


def _short(hint: Hint) -> Hint:
    """A hint that fits into a request: what strangers declare may be of any length."""
    return Hint(hint.media_type[:200], hint.charset[:40], hint.url[:4000], hint.name[:1000], hint.about, hint.main)


@cache
def versions() -> dict[str, str]:
    """Every extractor's version here, by its name. What is missing on this machine is left out."""
    found = {}
    for reader in EXTRACTORS.values():
        module = import_module(reader.function.partition(":")[0])
        for make in (module.extractor, *getattr(module, "OTHERS", ())):
            try:
                made = make()
            except (ImportError, FactdeskError):
                continue
            found[made.name] = made.version
    return found

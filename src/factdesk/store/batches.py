"""Writing reviews: a batch of them, their versions and one event, together or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from factdesk.domain.events import Event
from factdesk.domain.reviews import Review, content_digest
from factdesk.domain.runs import Outcome
from factdesk.store.publishers import publisher_numbers
from factdesk.store.record import Writer
from factdesk.store.reviews import REVIEWS, VERSIONS, ReviewRow, find_by_keys, redacted_keys
from factdesk.store.text import indexable, storable

_EPOCH = date(1970, 1, 1).toordinal()

WITHDRAWN = ""
"""The content of a version that says: taken out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a review should be from now on. `review` None takes it out; `url` is its canonical address.

    `key` is what makes two rows the same review; a row that was found by its address keeps the key it has.
    """

    key: str
    review: Review | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of the entries, in their order.

    `numbers` has 0 where nothing is stored; `event` seals the batch, and is None when nothing changed.
    """

    outcomes: tuple[Outcome, ...]
    numbers: tuple[int, ...]
    event: Event | None


@dataclass(slots=True)
class _Write:
    """One review about to be written."""

    number: int
    id: str
    key: str
    version: int
    content: str
    salt: bytes
    digest: str
    entry: Entry
    is_new: bool


def put_batch(
    writer: Writer, run: str, entries: Sequence[Entry], *, actor: str, action: str = "reviews.import"
) -> Batch:
    """Write what differs from the record. Of entries with one key the first counts, others are `repeated`; what was
    redacted is `blocked`."""
    known = find_by_keys(writer.session, [entry.key for entry in entries])
    outcomes, numbers, writes = _plan(writer, entries, known)
    if not writes:
        return Batch(tuple(outcomes), tuple(numbers), None)
    writes.sort(key=lambda write: write.number)
    payload: dict[str, Any] = {
        "run": run,
        "count": len(writes),
        "digest": batch_digest(review_line(write.id, write.version, write.digest) for write in writes),
        **{name: outcomes.count(name) for name in ("new", "changed", "withdrawn") if name in outcomes},
    }
    event = writer.append(actor, action, f"run:{run}", payload)
    _insert(writer, run, event, writes)
    return Batch(tuple(outcomes), tuple(numbers), event)


def review_line(own_id: str, version: int, digest: str) -> str:
    """A written version as a batch's digest sees it."""
    return f"{own_id} {version} {digest}"


def batch_digest(lines: Iterable[str]) -> str:
    """SHA-256 over lines, each ended by a line feed."""
    whole = hashlib.sha256()
    for line in lines:
        whole.update(line.encode() + b"\n")
    return whole.hexdigest()


def plain_digest(content: str) -> str:
    """The unsalted SHA-256 of a content: tells whether a review changed. It never enters an event."""
    return hashlib.sha256(content.encode()).hexdigest()


def day_number(iso: str) -> int:
    """Days since 1970-01-01 of an ISO 8601 day; 0 when empty, unreadable, or that day itself."""
    try:
        return date.fromisoformat(iso).toordinal() - _EPOCH
    except ValueError:
        return 0


def _plan(
    writer: Writer, entries: Sequence[Entry], known: dict[str, ReviewRow]
) -> tuple[list[Outcome], list[int], list[_Write]]:
    outcomes: list[Outcome] = []
    numbers: list[int] = []
    writes: list[_Write] = []
    barred = redacted_keys(writer.session, {entry.key for entry in entries if entry.key not in known})
    seen: dict[str, int] = {}
    next_number = _next_number(writer)
    for entry in entries:
        name = indexable(entry.key)
        if name in seen:
            outcomes.append("repeated")
            numbers.append(seen[name])
            continue
        if entry.key in barred:
            outcomes.append("blocked")
            numbers.append(0)
            continue
        outcome, write = _decide(writer, entry, known.get(entry.key), next_number)
        if write is not None:
            writes.append(write)
            next_number += write.is_new
        row = known.get(entry.key)
        seen[name] = write.number if write else (row.number if row else 0)
        outcomes.append(outcome)
        numbers.append(seen[name])
    return outcomes, numbers, writes


def _decide(writer: Writer, entry: Entry, row: ReviewRow | None, number: int) -> tuple[Outcome, _Write | None]:
    content = storable(entry.review.content()) if entry.review else WITHDRAWN
    if row is None and not content:
        return "unchanged", None
    if row is not None and row.digest == plain_digest(content) and (row.deleted_at is None) == bool(content):
        return "unchanged", None
    salt = writer.clock.new_salt()
    digest = content_digest(content, salt)
    if row is None:
        return "new", _Write(number, writer.clock.new_id(), entry.key, 1, content, salt, digest, entry, True)
    write = _Write(row.number, row.id, row.key, row.version + 1, content, salt, digest, entry, False)
    if not content:
        return "withdrawn", write
    return ("changed" if row.deleted_at is None else "new"), write


def _insert(writer: Writer, run: str, event: Event, writes: Sequence[_Write]) -> None:
    reviews = [write.entry.review for write in writes if write.entry.review]
    publishers = publisher_numbers(writer, {review.publisher for review in reviews})
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    withdrawn: list[dict[str, Any]] = []
    for write in writes:
        review = write.entry.review
        row = {"run": run, "seq": event.seq, "digest": plain_digest(write.content), "version": write.version}
        if review is None:
            withdrawn.append({**row, "at": write.number, "deleted_at": event.time})
            continue
        row |= review_columns(review, write.entry.url) | {"publisher": publishers[review.publisher]}
        row["deleted_at"] = None
        if write.is_new:
            new.append({**row, "number": write.number, "id": write.id, "key": indexable(write.key)})
        else:
            changed.append({**row, "at": write.number})
    if new:
        writer.session.execute(insert(REVIEWS), new)
    _update(writer, changed)
    _update(writer, withdrawn)
    writer.session.execute(insert(VERSIONS), [_version(write, run, event.seq) for write in writes])


def _update(writer: Writer, rows: Sequence[dict[str, Any]]) -> None:
    """Change the rows numbered `at`; all of them name the same columns."""
    if rows:
        columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "at"}
        statement = update(REVIEWS).where(REVIEWS.c.number == bindparam("at")).values(columns)
        writer.session.connection().execute(statement, rows)


def review_columns(review: Review, url: str) -> dict[str, Any]:
    """The columns of a review that are read off its content, and its canonical address."""
    return {
        "source": storable(review.source),
        "own_id": indexable(review.own_id),
        "url": indexable(url),
        "language": storable(review.language),
        "day": day_number(review.date),
    }


def _version(write: _Write, run: str, seq: int) -> dict[str, Any]:
    return {
        "run": run,
        "seq": seq,
        "review": write.number,
        "version": write.version,
        "content": write.content,
        "salt": write.salt,
        "digest": write.digest,
    }


def _next_number(writer: Writer) -> int:
    return int(writer.session.execute(select(func.coalesce(func.max(REVIEWS.c.number), 0))).scalar_one()) + 1

"""Reading reviews: by key, by address, by number, by how they begin, and as changes since an event."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from factdesk.domain.reviews import Review, from_content
from factdesk.store.models import Reviews, ReviewVersions, table
from factdesk.store.stream import streamed
from factdesk.store.text import indexable

REVIEWS = table(Reviews)
VERSIONS = table(ReviewVersions)

T = TypeVar("T")

MANY = 500
"""How many values one statement asks for."""


class ReviewRow(NamedTuple):
    """A review as it stands now, without its content. See `models.Reviews` for the columns."""

    number: int
    id: str
    key: str
    source: str
    own_id: str
    url: str
    publisher: int
    language: str
    day: int
    version: int
    digest: str
    run: str
    seq: int
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Change:
    """A review that changed: how it stands now, or None where it was taken out."""

    number: int
    seq: int
    publisher: int
    language: str
    day: int
    review: Review | None


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a review. `content` is empty where it was taken out, None where it was redacted."""

    review: int
    version: int
    run: str
    seq: int
    content: str | None


_ROW = select(*(REVIEWS.c[name] for name in ReviewRow._fields))
_IS_CURRENT = (VERSIONS.c.review == REVIEWS.c.number) & (VERSIONS.c.version == REVIEWS.c.version)
_BY_KEY = _ROW.where(REVIEWS.c.key.in_(bindparam("values", expanding=True)))
_BY_URL = _ROW.where(REVIEWS.c.url.in_(bindparam("values", expanding=True))).order_by(REVIEWS.c.number)
_BY_NUMBER = _ROW.where(REVIEWS.c.number.in_(bindparam("values", expanding=True)))
_CURRENT = (
    select(REVIEWS.c.number, REVIEWS.c.id, VERSIONS.c.content)
    .join(VERSIONS, _IS_CURRENT)
    .where(REVIEWS.c.number.in_(bindparam("values", expanding=True)), REVIEWS.c.deleted_at.is_(None))
)
_CHANGES = (
    select(
        REVIEWS.c.number,
        REVIEWS.c.seq,
        REVIEWS.c.publisher,
        REVIEWS.c.language,
        REVIEWS.c.day,
        VERSIONS.c.content,
    )
    .join(VERSIONS, _IS_CURRENT)
    .where(REVIEWS.c.seq > bindparam("after"), REVIEWS.c.seq <= bindparam("upto"))
    .order_by(REVIEWS.c.seq, REVIEWS.c.number)
)


def find_by_keys(session: Session, keys: Collection[str]) -> dict[str, ReviewRow]:
    """Reviews by the keys they were stored under, those taken out among them."""
    stored = {key: indexable(key) for key in keys}
    found = {row.key: row for row in _rows(session, _BY_KEY, sorted(set(stored.values())))}
    return {key: found[name] for key, name in stored.items() if name in found}


def redacted_key(key: str) -> str:
    """What the key of a redacted review became: nobody reads it, and the same review is known by it."""
    return "redacted:" + hashlib.sha256(indexable(key).encode()).hexdigest()


def redacted_keys(session: Session, keys: Collection[str]) -> set[str]:
    """Which of these keys, as rows have them, are those of reviews that were redacted and must not come again."""
    stored = {redacted_key(key): key for key in keys}
    return {stored[row.key] for row in _rows(session, _BY_KEY, sorted(stored))}


def find_by_urls(session: Session, urls: Collection[str]) -> dict[str, tuple[ReviewRow, ...]]:
    """Reviews by their canonical address; a page may hold several, in order of number."""
    stored = {url: indexable(url) for url in urls if url}
    found: dict[str, tuple[ReviewRow, ...]] = {}
    for row in _rows(session, _BY_URL, sorted(set(stored.values()))):
        found[row.url] = (*found.get(row.url, ()), row)
    return {url: found[name] for url, name in stored.items() if name in found}


def find_by_numbers(session: Session, numbers: Collection[int]) -> dict[int, ReviewRow]:
    """Reviews by number, those taken out among them."""
    return {row.number: row for row in _rows(session, _BY_NUMBER, list(numbers))}


def current_reviews(session: Session, numbers: Collection[int]) -> dict[int, tuple[str, Review]]:
    """Ids and contents of reviews by number. Those taken out or redacted are left out."""
    found: dict[int, tuple[str, Review]] = {}
    for part in parts(list(numbers)):
        for number, own, content in session.connection().execute(_CURRENT, {"values": part}):
            if content:
                found[number] = (own, from_content(content))
    return found


def changes_since(session: Session, seq: int, upto: int) -> Iterator[Change]:
    """Reviews that changed after event `seq` and not after `upto`, as they stand now, in order, streamed."""
    for row in streamed(session, _CHANGES, {"after": seq, "upto": upto}):
        number, at, publisher, language, day, content = tuple(row)
        review = from_content(content) if content else None
        yield Change(number, at, publisher, language, day, review)


def all_reviews(session: Session) -> Iterator[tuple[ReviewRow, Review]]:
    """Every review that stands, in order of number, streamed."""
    chosen = _ROW.add_columns(VERSIONS.c.content).join(VERSIONS, _IS_CURRENT)
    chosen = chosen.where(REVIEWS.c.deleted_at.is_(None)).order_by(REVIEWS.c.number)
    for *values, content in streamed(session, chosen):
        if content:
            yield ReviewRow(*values), from_content(content)


def count_reviews(session: Session) -> int:
    """How many reviews stand."""
    chosen = select(func.count()).select_from(REVIEWS).where(REVIEWS.c.deleted_at.is_(None))
    return int(session.execute(chosen).scalar_one())


def count_by_language(session: Session) -> dict[str, int]:
    """How many reviews in each language stand, most first; "" where the language is unknown."""
    chosen = select(REVIEWS.c.language, func.count()).where(REVIEWS.c.deleted_at.is_(None)).group_by(REVIEWS.c.language)
    rows = sorted(session.execute(chosen), key=lambda row: (-int(row[1]), str(row[0])))
    return {str(row[0]): int(row[1]) for row in rows}


def find_by_any_id(session: Session, given: str, limit: int = 10) -> list[ReviewRow]:
    """Reviews whose own id or id is `given`; where there is none, whose id begins so. At most `limit`."""
    exact = _ROW.where((REVIEWS.c.id == given) | (REVIEWS.c.own_id == indexable(given)))
    found = [_row(row) for row in session.execute(exact.order_by(REVIEWS.c.number).limit(limit))]
    if found or not given:
        return found
    begins = _ROW.where(REVIEWS.c.id.startswith(given, autoescape=True))
    return [_row(row) for row in session.execute(begins.order_by(REVIEWS.c.number).limit(limit))]


def versions_of(session: Session, number: int) -> list[Version]:
    """Every state of a review, oldest first."""
    return _versions(session, VERSIONS.c.review == number)


def versions_by_run(session: Session, run: str) -> Iterator[Version]:
    """What a run wrote, in order of review and version, streamed."""
    columns = (VERSIONS.c.review, VERSIONS.c.version, VERSIONS.c.run, VERSIONS.c.seq, VERSIONS.c.content)
    chosen = select(*columns).where(VERSIONS.c.run == run).order_by(VERSIONS.c.review, VERSIONS.c.version)
    for row in streamed(session, chosen):
        yield Version(*row)


def keys_of_source(session: Session, source: str) -> Iterator[str]:
    """Keys of the reviews that stand and came from one source, streamed."""
    chosen = select(REVIEWS.c.key).where(REVIEWS.c.source == source, REVIEWS.c.deleted_at.is_(None))
    for (key,) in streamed(session, chosen):
        yield key


@dataclass(frozen=True, slots=True)
class Before:
    """A review that a run wrote: its content before that (empty when there was none), and whether something else
    wrote it since."""

    key: str
    content: str
    changed_since: bool


def before_run(session: Session, run: str) -> Iterator[Before]:
    """Every review that a run wrote, as it was before, in order of number, streamed."""
    version = VERSIONS.c.version
    written = (
        select(VERSIONS.c.review, func.min(version).label("first"), func.max(version).label("last"))
        .where(VERSIONS.c.run == run)
        .group_by(VERSIONS.c.review)
        .subquery()
    )
    before, after, now = (VERSIONS.alias(name) for name in ("before", "after", "now"))
    chosen = (
        select(REVIEWS.c.key, before.c.content, REVIEWS.c.run, after.c.content, now.c.content)
        .join(written, written.c.review == REVIEWS.c.number)
        .outerjoin(before, (before.c.review == REVIEWS.c.number) & (before.c.version == written.c.first - 1))
        .join(after, (after.c.review == REVIEWS.c.number) & (after.c.version == written.c.last))
        .join(now, (now.c.review == REVIEWS.c.number) & (now.c.version == REVIEWS.c.version))
        .order_by(REVIEWS.c.number)
    )
    for key, content, newest, left, stands in streamed(session, chosen):
        # What was changed and changed back, as by an import that was taken back, counts as left alone.
        yield Before(key, content or "", newest != run and left != stands)


def parts(values: Iterable[T], size: int = MANY) -> Iterator[list[T]]:
    """The values in lists of at most `size`."""
    walk = iter(values)
    while part := list(islice(walk, size)):
        yield part


def _versions(session: Session, where: Any) -> list[Version]:
    columns = (VERSIONS.c.review, VERSIONS.c.version, VERSIONS.c.run, VERSIONS.c.seq, VERSIONS.c.content)
    return [Version(*row) for row in session.execute(select(*columns).where(where).order_by(VERSIONS.c.version))]


def _rows(session: Session, statement: Any, values: Sequence[Any]) -> Iterator[ReviewRow]:
    for part in parts(values):
        for row in session.connection().execute(statement, {"values": part}):
            yield _row(row)


def _row(row: Row[Any]) -> ReviewRow:
    return ReviewRow(*tuple(row))

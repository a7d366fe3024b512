"""Captures in the record: added, looked up, listed, and as changes since an event."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, insert, select
from sqlalchemy.orm import Session

from factdesk.domain.captures import Capture, capture_from
from factdesk.domain.events import Event
from factdesk.store.batches import day_number
from factdesk.store.models import Captures, Passages, table
from factdesk.store.record import Writer
from factdesk.store.reviews import parts
from factdesk.store.sealed import SEALED, kept_rows, seal_facts
from factdesk.store.stream import streamed
from factdesk.store.text import indexable, storable
from factdesk.text.fold import fold

CAPTURES = table(Captures)
PASSAGES = table(Passages)


class CaptureRow(NamedTuple):
    """What a capture is looked up by. See `models.Captures` for the columns."""

    number: int
    id: str
    seq: int
    origin: str
    url: str
    own_id: str
    name: str
    digest: str
    text_digest: str
    language: str
    day: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A passage: `text[start:end]` of a capture's text, its page (0 for none) and its section's heading."""

    start: int
    end: int
    page: int = 0
    heading: str = ""


@dataclass(frozen=True, slots=True)
class NewCapture:
    """A capture about to be written, with the passages that are found as evidence; `id` where it was needed before."""

    capture: Capture
    passages: Sequence[Slice] = ()


@dataclass(frozen=True, slots=True)
class StoredCapture:
    """A capture with its number and id. `content` is what was sealed, as it was sealed."""

    number: int
    id: str
    seq: int
    content: str
    capture: Capture


_ROW = select(*(CAPTURES.c[name] for name in CaptureRow._fields))
_STORED = select(CAPTURES.c.number, CAPTURES.c.id, CAPTURES.c.seq, SEALED.c.content).join(
    SEALED, SEALED.c.id == CAPTURES.c.id
)
_OWN_IDS = _ROW.where(CAPTURES.c.own_id.in_(bindparam("values", expanding=True)))


def put_captures(
    writer: Writer, captures: Sequence[NewCapture], *, actor: str, subject: str = "", ids: Sequence[str] = ()
) -> tuple[Event, tuple[str, ...]]:
    """Write captures, their passages and one event; returns the event and the captures' ids."""
    contents = [new.capture.content() for new in captures]
    event, own = seal_facts(writer, "capture", contents, actor=actor, action="captures.add", subject=subject, ids=ids)
    first = int(writer.session.execute(select(func.coalesce(func.max(CAPTURES.c.number), 0))).scalar_one()) + 1
    rows = [
        {"number": number, "id": each, "seq": event.seq, **lookup_columns(new.capture)}
        for number, (each, new) in enumerate(zip(own, captures, strict=True), first)
    ]
    writer.session.execute(insert(CAPTURES), rows)
    slices = [
        {
            "capture": number,
            "place": place,
            "start": part.start,
            "end": part.end,
            "page": part.page,
            "heading": storable(part.heading),
        }
        for number, new in enumerate(captures, first)
        for place, part in enumerate(new.passages)
    ]
    if slices:
        writer.session.execute(insert(PASSAGES), slices)
    return event, own


def lookup_columns(capture: Capture) -> dict[str, Any]:
    """The columns of a capture that are read off its content."""
    about = capture.about
    words = (about.title, about.author, about.site, capture.url, capture.final_url, capture.name, capture.own_id)
    return {
        "origin": capture.origin,
        "url": indexable(capture.final_url or capture.url),
        "own_id": indexable(capture.own_id),
        "name": storable(capture.name),
        "digest": capture.digest,
        "text_digest": capture.text_digest,
        "language": storable(about.language),
        "day": day_number(about.published),
        "label": storable(fold(" ".join((*words, capture.note)))),
    }


def get_captures(session: Session, numbers: Collection[int]) -> dict[int, StoredCapture]:
    """Captures by number; redacted ones are left out."""
    return {row.number: _stored(row) for row in kept_rows(session, _STORED, CAPTURES.c.number, numbers)}


def captures_by_id(session: Session, ids: Collection[str]) -> dict[str, StoredCapture]:
    """Captures by id; redacted ones are left out."""
    return {row.id: _stored(row) for row in kept_rows(session, _STORED, CAPTURES.c.id, ids)}


def all_captures(session: Session, after: int = 0, upto: int | None = None) -> Iterator[StoredCapture]:
    """Captures of events above `after` and up to `upto`, in order of number, streamed; without redacted ones."""
    chosen = _STORED.where(CAPTURES.c.seq > after)
    if upto is not None:
        chosen = chosen.where(CAPTURES.c.seq <= upto)
    for row in streamed(session, chosen.order_by(CAPTURES.c.number)):
        if row.content is not None:
            yield _stored(row)


def capture_rows(session: Session, query: str = "", limit: int | None = None) -> list[CaptureRow]:
    """Captures whose title, author, address, name or note hold every word of the query, newest first."""
    chosen = _ROW.order_by(CAPTURES.c.number.desc())
    for word in fold(query).split():
        chosen = chosen.where(CAPTURES.c.label.contains(word, autoescape=True))
    return [CaptureRow(*row) for row in session.execute(chosen.limit(limit))]


def find_captures(session: Session, given: str, limit: int = 10) -> list[CaptureRow]:
    """Captures whose own id, id, digest or address is `given`; where there is none, whose id or digest begins so, and
    then supplied files of that name. Newest first."""
    given = storable(given)
    if not given:
        return []
    exact = (
        (CAPTURES.c.id == given)
        | (CAPTURES.c.own_id == indexable(given))
        | (CAPTURES.c.digest == given)
        | (CAPTURES.c.url == indexable(given))
    )
    found = _rows(session, exact, limit)
    if found:
        return found
    begins = CAPTURES.c.id.startswith(given, autoescape=True)
    if len(given) >= 8:
        begins |= CAPTURES.c.digest.startswith(given, autoescape=True)
    named = (CAPTURES.c.name == given) & (CAPTURES.c.origin == "file")
    return _rows(session, begins, limit) or _rows(session, named, limit)


def find_asked(session: Session, url: str, limit: int = 10) -> list[CaptureRow]:
    """Captures that were asked for at an address which led elsewhere, newest first."""
    likely = _ROW.where(CAPTURES.c.label.contains(fold(url), autoescape=True)).order_by(CAPTURES.c.number.desc())
    rows = [CaptureRow(*row) for row in session.execute(likely.limit(10 * limit))]
    stored = get_captures(session, [row.number for row in rows])
    return [row for row in rows if row.number in stored and stored[row.number].capture.url == url][:limit]


def folded_addresses(session: Session) -> frozenset[str]:
    """Every address that some capture has, or was asked for at, folded. Whoever asks for many looks here first: where
    one is not among them, no capture of it is found."""
    labels = session.execute(select(CAPTURES.c.label)).scalars()
    return frozenset(word for label in labels for word in label.split() if "://" in word)


def capture_rows_of_text(session: Session, text_digest: str) -> list[CaptureRow]:
    """Captures with that very text, oldest first."""
    chosen = _ROW.where(CAPTURES.c.text_digest == text_digest).order_by(CAPTURES.c.number)
    return [CaptureRow(*row) for row in session.execute(chosen)]


def captures_by_own_ids(session: Session, own_ids: Collection[str]) -> dict[str, tuple[CaptureRow, ...]]:
    """Captures of rows that somebody supplied, by what their rows were called; oldest first."""
    stored = {own: indexable(own) for own in own_ids if own}
    found: dict[str, tuple[CaptureRow, ...]] = {}
    for part in parts(sorted(set(stored.values()))):
        for row in session.execute(_OWN_IDS.order_by(CAPTURES.c.number), {"values": part}):
            found[row.own_id] = (*found.get(row.own_id, ()), CaptureRow(*row))
    return {own: found[name] for own, name in stored.items() if name in found}


def slices_of(session: Session, numbers: Collection[int]) -> dict[int, tuple[Slice, ...]]:
    """The passages of captures by their number, in their order."""
    found: dict[int, list[Slice]] = {}
    columns = (PASSAGES.c.capture, PASSAGES.c.start, PASSAGES.c.end, PASSAGES.c.page, PASSAGES.c.heading)
    for part in parts(list(numbers)):
        chosen = select(*columns).where(PASSAGES.c.capture.in_(part))
        for number, *values in session.execute(chosen.order_by(PASSAGES.c.capture, PASSAGES.c.place)):
            found.setdefault(number, []).append(Slice(*values))
    return {number: tuple(slices) for number, slices in found.items()}


def count_captures(session: Session) -> int:
    """How many captures there are."""
    return int(session.execute(select(func.count()).select_from(CAPTURES)).scalar_one())


def _rows(session: Session, where: ColumnElement[bool], limit: int) -> list[CaptureRow]:
    return [
        CaptureRow(*row) for row in session.execute(_ROW.where(where).order_by(CAPTURES.c.number.desc()).limit(limit))
    ]


def _stored(row: Any) -> StoredCapture:
    return StoredCapture(row.number, row.id, row.seq, row.content, capture_from(json.loads(row.content)))

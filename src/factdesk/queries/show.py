"""Anything in a desk by its id, or by how the id begins.

What is named exactly goes before what only begins so, a review's own id before the number of an event, and that
before the number of a publisher. A word in front says which is meant: `event:42`, `review:…`, `run:…`, `publisher:…`,
`judgement:…`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy.orm import Session

from factdesk.domain.events import Event
from factdesk.errors import InputError, NotFoundError
from factdesk.queries.captures import one_source
from factdesk.store.captures import CaptureRow, find_captures, get_captures
from factdesk.store.citations import StoredCitation, citations_by_id, citations_of
from factdesk.store.events import events_about, events_by_hash, get_event
from factdesk.store.judgements import Judgement, judgements_beginning
from factdesk.store.publishers import PublisherRow, counts_by_publisher, find_publishers
from factdesk.store.record import Record
from factdesk.store.reviews import ReviewRow, find_by_any_id, find_by_numbers, versions_of
from factdesk.store.runs import RunRow, runs_beginning
from factdesk.store.sealed import ids_beginning
from factdesk.store.text import storable

ShownKind = Literal["review", "capture", "citation", "run", "event", "publisher", "judgement"]

SHORTEST = 4
"""How many characters the beginning of an id must have."""

_ORDER = (["review"], ["capture", "citation"], ["run", "judgement", "event"], ["publisher"])
"""What is looked for first; of kinds that stand together, one id must mean one thing."""

_SEQ = re.compile(r"[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found, as plain data."""

    kind: ShownKind
    id: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Found:
    """Something that was meant, and how to tell all about it."""

    kind: ShownKind
    id: str
    exact: bool
    tell: Callable[[Session], Mapping[str, Any]]


def show(record: Record, id: str) -> Shown:  # noqa: A002 - what everyone calls it
    """Whatever has this id. Raises `NotFoundError`, and `InputError` that lists what several ids could mean."""
    word = storable(id).strip()
    kind, _, rest = word.partition(":")
    only, wanted = (kind, rest) if kind in _FINDERS and rest else ("", word)
    with record.read() as session:
        for names in ([only],) if only else _ORDER:
            found = [each for name in names for each in _FINDERS[name](session, wanted)]
            exact = [each for each in found if each.exact]
            if len(exact or found) == 1:
                one = (exact or found)[0]
                return Shown(one.kind, one.id, one.tell(session))
            if exact or found:
                raise _ambiguous(id, [f"{each.kind}:{each.id}" for each in exact or found])
    raise NotFoundError("Nothing has the id {id}.", id=id)


def find_review(record: Record, word: str) -> ReviewRow:
    """The review with this id, own id or beginning of an id, also one that was taken out. Raises as `show` does."""
    wanted = storable(word).strip().removeprefix("review:")
    with record.read() as session:
        found = _reviews(session, wanted)
    if not found:
        raise NotFoundError("No review has the id {id}.", id=word)
    if len(found) > 1:
        raise _ambiguous(word, [f"{row.own_id} {row.id}".strip() for row in found])
    return found[0]


def _ambiguous(word: str, choices: list[str]) -> InputError:
    return InputError("{id} can mean several things: {choices}.", id=word, choices=", ".join(choices))


def _reviews(session: Session, wanted: str) -> list[ReviewRow]:
    found = find_by_any_id(session, wanted)
    is_prefix = all(wanted not in (row.id, row.own_id) for row in found)
    return [] if is_prefix and len(wanted) < SHORTEST else found


def _find_reviews(session: Session, wanted: str) -> list[_Found]:
    rows = _reviews(session, wanted)
    return [_Found("review", row.id, wanted in (row.id, row.own_id), _teller(_tell_review, row)) for row in rows]


def _find_captures(session: Session, wanted: str) -> list[_Found]:
    rows = find_captures(session, wanted)
    if rows and wanted in (rows[0].own_id, rows[0].url) and one_source(rows, wanted):
        rows = rows[:1]
    exact = [wanted in (row.id, row.own_id, row.url) for row in rows]
    return [
        _Found("capture", row.id, whole, _teller(_tell_capture, row))
        for row, whole in zip(rows, exact, strict=True)
        if whole or len(wanted) >= SHORTEST
    ]


def _find_citations(session: Session, wanted: str) -> list[_Found]:
    found = citations_by_id(session, ids_beginning(session, "citation", wanted) if len(wanted) >= SHORTEST else [])
    return [_Found("citation", own, own == wanted, _teller(_tell_citation, row)) for own, row in found.items()]


def _find_runs(session: Session, wanted: str) -> list[_Found]:
    rows = runs_beginning(session, wanted) if len(wanted) >= SHORTEST else []
    return [_Found("run", row.id, row.id == wanted, _teller(_tell_run, row)) for row in rows]


def _find_judgements(session: Session, wanted: str) -> list[_Found]:
    rows = judgements_beginning(session, wanted) if len(wanted) >= SHORTEST else []
    return [_Found("judgement", row.id, row.id == wanted, _teller(_tell_judgement, row)) for row in rows]


def _find_events(session: Session, wanted: str) -> list[_Found]:
    by_number = get_event(session, int(wanted)) if _SEQ.fullmatch(wanted) else None
    events = [by_number] if by_number else events_by_hash(session, wanted) if len(wanted) >= SHORTEST else []
    named = (str(event.seq) for event in events)
    return [
        _Found("event", seq, wanted in (seq, event.hash), _teller(_tell_event, event))
        for seq, event in zip(named, events, strict=True)
    ]


def _find_publishers(session: Session, wanted: str) -> list[_Found]:
    rows = find_publishers(session, wanted)
    return [_Found("publisher", str(row.number), True, _teller(_tell_publisher, row)) for row in rows]


_FINDERS: dict[str, Callable[[Session, str], list[_Found]]] = {
    "review": _find_reviews,
    "capture": _find_captures,
    "citation": _find_citations,
    "run": _find_runs,
    "event": _find_events,
    "publisher": _find_publishers,
    "judgement": _find_judgements,
}


def _teller(tell: Callable[[Session, Any], Mapping[str, Any]], row: Any) -> Callable[[Session], Mapping[str, Any]]:
    return lambda session: tell(session, row)


def _tell_review(session: Session, row: ReviewRow) -> Mapping[str, Any]:
    versions = versions_of(session, row.number)
    last = next((version.content for version in reversed(versions) if version.content), None)
    return {
        "id": row.id,
        "own_id": row.own_id,
        "source": row.source,
        "taken_out": row.deleted_at,
        "review": json.loads(last) if last else {},
        "publisher": row.publisher,
        "url": row.url,
        "version": row.version,
        "versions": [{"version": each.version, "run": each.run, "event": each.seq} for each in versions],
    }


def _tell_capture(session: Session, row: CaptureRow) -> Mapping[str, Any]:
    stored = get_captures(session, [row.number]).get(row.number)
    cited = [{"id": each.id, "quotation": each.citation.quotation} for each in _citations(session, row.number)]
    return {"id": row.id, "event": row.seq, "capture": asdict(stored.capture) if stored else {}, "citations": cited}


def _citations(session: Session, number: int) -> tuple[StoredCitation, ...]:
    return citations_of(session, [number]).get(number, ())


def _tell_citation(_: Session, row: StoredCitation) -> Mapping[str, Any]:
    return {"id": row.id, "event": row.seq, **asdict(row.citation)}


def _tell_run(session: Session, row: RunRow) -> Mapping[str, Any]:
    events = [
        {"event": event.seq, "time": event.time, "action": event.action, **event.payload}
        for event in events_about(session, f"run:{row.id}")
    ]
    return {**asdict(row), "events": len(events), "first": events[:1], "last": events[-1:]}


def _tell_event(_: Session, event: Event) -> Mapping[str, Any]:
    return asdict(event)


def _tell_publisher(session: Session, row: PublisherRow) -> Mapping[str, Any]:
    events = events_about(session, f"publisher:{row.number}")
    decisions = [
        {"event": event.seq, "time": event.time, "actor": event.actor, "action": event.action} for event in events
    ]
    return {**row._asdict(), "reviews": counts_by_publisher(session).get(row.number, 0), "decisions": decisions}


def _tell_judgement(session: Session, row: Judgement) -> Mapping[str, Any]:
    review = find_by_numbers(session, [row.review])[row.review]
    return {**asdict(row), "review": review.id, "own_id": review.own_id}

"""A desk, verified: its log, what each event sealed, then the chain of every capture. Nothing is believed that can be
computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import BinaryIO, TypeVar

from sqlalchemy.orm import Session

from factdesk.capture.wacz_manifest import attachment_of, capture_of, citation_of
from factdesk.domain.captures import Capture
from factdesk.domain.events import first_break
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Step
from factdesk.errors import IntegrityError
from factdesk.queries.desk import Progress, no_progress
from factdesk.queries.evidence_ids import fact_named
from factdesk.queries.verify_heads import desk_head_steps
from factdesk.queries.verify_held import Held, How, chain, step
from factdesk.queries.verify_passages import passage_steps
from factdesk.queries.verify_signed import check_steps, published_citations
from factdesk.store.batches import batch_digest
from factdesk.store.blobs import get_blob, open_blob
from factdesk.store.captures import count_captures
from factdesk.store.chain import STATE, UNKNOWN, verify
from factdesk.store.events import get_event, read_events
from factdesk.store.held import HeldRow, held_attachments, held_blobs, held_captures, held_citations, number_of
from factdesk.store.items import facts_of_item
from factdesk.store.record import Record
from factdesk.store.sealed import SealedRow, all_sealed, get_sealed, lines_of_event, redactions, subject_of
from factdesk.store.standing_evidence import wrong_about

T = TypeVar("T")

_EVENTS = "{events} events, every link holds."
_RECORD = "This is not what was sealed under its digest."
_REDACTED = "Its content was redacted."
_GONE = "Its content is missing, and no event says that it was redacted."
_EVENT = "Event {seq} did not seal it."


def verify_desk(record: Record, how: How, progress: Progress = no_progress) -> Iterator[Step]:
    """The steps of a whole desk."""
    with record.read() as session:
        result = verify(session, how.kept)
        if result.broken is None:
            head = "{}:{}".format(*result.head)
            yield step("events", head, "pass", _EVENTS, events=f"{result.events:,}")
        else:
            yield Step("events", f"event:{result.broken.seq}", "fail", Reason("events", result.broken.reason, {}))
        redacted = redactions(session)
        for row in all_sealed(session):
            if row.kind != "look" or row.content is None or not row.holds:
                yield _record_step(row, redacted, sealed=True)
        yield from chain(_all(record, session, progress), how)
        yield from passage_steps(session, record.config, quick=how.quick)
        yield from check_steps(session, how)
        yield from desk_head_steps(session, how)


def verify_subject(record: Record, given: str, how: How) -> Iterator[Step]:
    """The steps of one capture with everything that cites it, of one citation, or of one check with all that it cites.
    Raises `NotFoundError`."""
    with record.read() as session:
        kind, own_id = fact_named(session, given)
        yield _links(session)
        if kind == "check":
            yield from _check(record, session, own_id, how)
            return
        yield from _lookups(session, own_id)
        rows = next(held_captures(session, [number_of(session, own_id)]), [])
        citations = [
            row for rows_of in held_citations(session, [row.number for row in rows]).values() for row in rows_of
        ]
        attachments = held_attachments(session, [row.number for row in rows])
        chosen = [row.id for row in citations if kind == "capture" or row.id == own_id]
        ids = [*(row.id for row in rows), *chosen, *(row.id for found in attachments.values() for row in found)]
        redacted, sealed = redactions(session), dict[int, bool]()
        for fact in get_sealed(session, ids).values():
            if fact.seq not in sealed:
                sealed[fact.seq] = _agrees(session, fact.seq)
            yield _record_step(fact, redacted, sealed=sealed[fact.seq])
        yield from chain(_helds(record, session, rows, frozenset(chosen)), how)


def _check(record: Record, session: Session, own_id: str, how: How) -> Iterator[Step]:
    """A check: what its events sealed, its way, what was published and signed, and every citation of it."""
    facts = get_sealed(session, [fact.id for fact in facts_of_item(session, own_id)])
    redacted, sealed = redactions(session), dict[int, bool]()
    for fact in sorted(facts.values(), key=lambda each: (each.seq, each.place)):
        if fact.seq not in sealed:
            sealed[fact.seq] = _agrees(session, fact.seq)
        yield _record_step(fact, redacted, sealed=sealed[fact.seq])
    yield from check_steps(session, how, [own_id])
    yield from citation_steps(record, session, sorted(published_citations(session, own_id)), how)


def citation_steps(record: Record, session: Session, ids: Sequence[str], how: How) -> Iterator[Step]:
    """The chain of citations, each with the capture that it quotes; unknown ones give no step."""
    numbers = sorted({number_of(session, each) for each in ids} - {0})
    for rows in held_captures(session, numbers):
        yield from chain(_helds(record, session, rows, frozenset(ids)), how)


def _links(session: Session) -> Step:
    broken = first_break(read_events(session))
    if broken is None:
        return step("events", "–", "pass")
    return Step("events", f"event:{broken.seq}", "fail", Reason("events", broken.reason, {}))


def _lookups(session: Session, own_id: str) -> Iterator[Step]:
    """What is looked up wrongly of a fact: a citation whose row is gone would be one of which nothing is said."""
    for seq in sorted(set(wrong_about(session, own_id))):
        yield Step("events", f"event:{seq or '–'}", "fail", Reason("events", STATE if seq else UNKNOWN, {}))


def _record_step(row: SealedRow, redacted: Mapping[str, int], *, sealed: bool) -> Step:
    """Whether a fact is what was sealed. `sealed`: its event sealed its digest; the log as a whole tells that too."""
    if not sealed:
        return step("record", row.id, "fail", _EVENT, seq=row.seq)
    if row.content is None:
        if redacted.get(subject_of(row.kind, row.id), 0) <= row.seq:
            return step("record", row.id, "fail", _GONE)
        return step("record", row.id, "not checked", _REDACTED)
    return step("record", row.id, "pass") if row.holds else step("record", row.id, "fail", _RECORD)


def _agrees(session: Session, seq: int) -> bool:
    """Whether an event sealed what speaks of it."""
    event = get_event(session, seq)
    return event is not None and event.payload.get("digest") == batch_digest(lines_of_event(session, seq))


def _all(record: Record, session: Session, progress: Progress) -> Iterator[Held]:
    done, total = 0, count_captures(session)
    for rows in held_captures(session):
        for held in _helds(record, session, rows, None):
            yield held
            done += 1
            progress(done, total)


def _helds(record: Record, session: Session, rows: Sequence[HeldRow], chosen: frozenset[str] | None) -> Iterator[Held]:
    """Captures with what belongs to them; what cannot be read is left out, since its record step says so already.

    `chosen` are the citations that are asked for, None for all.
    """
    numbers = [row.number for row in rows]
    citations, attachments = held_citations(session, numbers), held_attachments(session, numbers)
    captures = {row.id: capture for row in rows if (capture := _parsed(row, capture_of)) is not None}
    # One question for all of them: a desk of small files is asked ten thousand otherwise.
    near = held_blobs(session, {digest for capture in captures.values() for digest in _digests(capture)})

    def blob(digest: str) -> bytes | None:
        try:
            return near[digest] if digest in near else get_blob(session, record.config, digest)
        except (IntegrityError, OSError):
            return None

    for row in rows:
        if row.id not in captures or row.content is None:
            continue
        capture = captures[row.id]
        wanted = [each for each in citations.get(row.number, ()) if chosen is None or each.id in chosen]
        cited = _readable(wanted, citation_of)
        attached = _readable(attachments.get(row.number, ()), attachment_of)
        with _body(record, session, near, capture.digest) as body:
            yield Held(row.id, row.content, capture, body, blob, cited, attached)


@contextmanager
def _body(record: Record, session: Session, near: Mapping[str, bytes], digest: str) -> Iterator[BinaryIO | None]:
    """A capture's bytes; None where they are missing."""
    try:
        opened = BytesIO(near[digest]) if digest in near else open_blob(session, record.config, digest)
    except (IntegrityError, OSError):
        yield None
        return
    with opened:
        yield opened


def _digests(capture: Capture) -> tuple[str, ...]:
    return tuple(filter(None, (capture.digest, capture.exchange, capture.text_digest, capture.layout_digest)))


def _readable(rows: Sequence[HeldRow], make: Callable[[str], T]) -> list[tuple[str, T]]:
    found = ((row.id, _parsed(row, make)) for row in rows)
    return [(own_id, made) for own_id, made in found if made is not None]


def _parsed(row: HeldRow, make: Callable[[str], T]) -> T | None:
    with suppress(ValueError):
        return make(row.content) if row.content is not None else None
    return None

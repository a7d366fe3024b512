"""Verifying the record against its event log, in one pass that holds neither.

Checked are: the chain of hashes; that each event's batch digest is that of the rows it sealed; that each row's salted
digest is that of its content, and that no content is missing that no event redacted; that each head that was signed is
the one it was sealed behind; and that what stands now is what the newest version and the newest decision say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import chain

from sqlalchemy import literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from factdesk.domain.events import GENESIS, Break, Event, first_break
from factdesk.domain.reviews import content_digest
from factdesk.store.batches import batch_digest, review_line
from factdesk.store.events import get_event, read_events
from factdesk.store.heads import wrong_heads
from factdesk.store.judgements import JUDGEMENTS, closed_line, judgement_line, message_digest, sealed_text
from factdesk.store.publishers import PUBLISHERS
from factdesk.store.reviews import REVIEWS, VERSIONS
from factdesk.store.sealed import all_sealed, redactions, sealed_line, subject_of
from factdesk.store.standing import wrong_reviews
from factdesk.store.standing_evidence import wrong_evidence
from factdesk.store.standing_items import wrong_items
from factdesk.store.stream import streamed

CHANGED = "does not agree with the rows it sealed"
UNKNOWN = "is missing, though rows speak of it"
CONTENT = "sealed a row whose content was changed"
STATE = "sealed a row whose present state was changed"
STATUS = "does not agree with the publisher it set"
HEAD = "is not the one that was kept"
SIGNED = "sealed a signed head that is not the one it follows"
CUT = "is missing: the end of the log was cut off"


@dataclass(frozen=True, slots=True)
class AuditResult:
    """How many events there are, the newest one's seq and hash, and the first break, if any."""

    events: int
    head: tuple[int, str]
    broken: Break | None


@dataclass(slots=True)
class _Walk:
    """What is remembered while events pass by."""

    events: int = 0
    head: tuple[int, str] = (0, GENESIS)
    broken: Break | None = None
    statuses: dict[str, tuple[int, str]] | None = None

    def breaks(self, seq: int, reason: str) -> None:
        """Note a break, when it is the first."""
        if self.broken is None or seq < self.broken.seq:
            self.broken = Break(seq, reason)


def verify(session: Session, against: Sequence[tuple[int, str]] = ()) -> AuditResult:
    """Verify the whole record. `against` are heads that somebody kept: a log cut off before them is seen only so."""
    walk = _Walk(statuses={})
    found = first_break(_passing(read_events(session), _sealed(session, walk), walk))
    if found is not None and (walk.broken is None or found.seq <= walk.broken.seq):
        walk.broken = found
    for kept in against:
        _compare_head(session, walk, kept)
    for seq in wrong_heads(session):
        walk.breaks(seq, SIGNED)
    for seq in chain(wrong_reviews(session), wrong_evidence(session), wrong_items(session)):
        walk.breaks(seq or walk.head[0] + 1, STATE if seq else UNKNOWN)
    _compare_statuses(session, walk)
    return AuditResult(walk.events, walk.head, walk.broken)


def _passing(events: Iterator[Event], sealed: Iterator[tuple[int, str]], walk: _Walk) -> Iterator[Event]:
    """The events as they are, each held against the rows it sealed on the way."""
    line = next(sealed, None)
    for event in events:
        lines: list[str] = []
        while line is not None and line[0] < event.seq:
            walk.breaks(line[0], UNKNOWN)
            line = next(sealed, None)
        while line is not None and line[0] == event.seq:
            lines.append(line[1])
            line = next(sealed, None)
        if not _agrees(event, lines):
            walk.breaks(event.seq, CHANGED)
        if event.action.startswith("publisher.") and walk.statuses is not None:
            walk.statuses[event.subject] = (event.seq, str(event.payload.get("status", "")))
        walk.events += 1
        walk.head = (event.seq, event.hash)
        yield event
    while line is not None:
        walk.breaks(line[0], UNKNOWN)
        line = next(sealed, None)


def _agrees(event: Event, lines: list[str]) -> bool:
    if "digest" not in event.payload:
        return not lines
    return event.payload.get("count") == len(lines) and event.payload["digest"] == batch_digest(lines)


def _sealed(session: Session, walk: _Walk) -> Iterator[tuple[int, str]]:
    """Every row an event sealed, as `(seq, line)`, in the order in which batches are digested."""
    redacted = redactions(session)
    lines = (
        _version_lines(session, walk, redacted),
        _judgement_lines(session, walk, redacted),
        _fact_lines(session, walk, redacted),
    )
    return merge(*lines, key=lambda line: line[0])


def _fact_lines(session: Session, walk: _Walk, redacted: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    before, place = 0, 0
    for row in all_sealed(session):
        before, place = row.seq, place + 1 if row.seq == before else 0
        if (
            _vanished(redacted, subject_of(row.kind, row.id), row.content, row.seq)
            or not row.holds
            or row.place != place
        ):
            walk.breaks(row.seq, CONTENT)
        yield row.seq, sealed_line(row.kind, row.id, row.digest)


def _vanished(redacted: Mapping[str, int], subject: str, content: str | None, seq: int) -> bool:
    """Whether a content is missing that no event after its own redacted."""
    return content is None and redacted.get(subject, 0) <= seq


def _version_lines(session: Session, walk: _Walk, redacted: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    columns = (VERSIONS.c.seq, REVIEWS.c.id, VERSIONS.c.version, VERSIONS.c.digest, VERSIONS.c.content, VERSIONS.c.salt)
    chosen = select(*columns).join(REVIEWS, REVIEWS.c.number == VERSIONS.c.review)
    for row in streamed(session, chosen.order_by(VERSIONS.c.seq, VERSIONS.c.review)):
        seq, own, version, digest, content, salt = row
        changed = content is not None and content_digest(content, bytes(salt)) != digest
        if changed or _vanished(redacted, subject_of("review", own), content, seq):
            walk.breaks(seq, CONTENT)
        yield seq, review_line(own, version, digest)


def _judgement_lines(session: Session, walk: _Walk, redacted: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    made = select(
        JUDGEMENTS.c.seq.label("at"), literal(0).label("closing"), *JUDGEMENTS.c, REVIEWS.c.id.label("review_id")
    ).join(REVIEWS, REVIEWS.c.number == JUDGEMENTS.c.review)
    closed = select(
        JUDGEMENTS.c.closed_seq.label("at"), literal(1).label("closing"), *JUDGEMENTS.c, null().label("review_id")
    ).where(JUDGEMENTS.c.closed_seq.is_not(None))
    both = union_all(made, closed).subquery()
    for row in streamed(session, select(both).order_by(both.c["at"], both.c.closing.desc(), both.c.id)):
        if row.closing:
            yield row.at, closed_line(row.id)
            continue
        text = sealed_text(row.message_digest, row.review_id, row.verdict, row.actor, row.time)
        if (row.deleted_at is None) != (row.closed_seq is None):
            walk.breaks(row.seq, STATE)
        changed = row.message is not None and message_digest(row.message) != row.message_digest
        if changed or _vanished(redacted, subject_of("judgement", row.id), row.message, row.seq):
            walk.breaks(row.seq, CONTENT)
        yield row.at, judgement_line(row.id, content_digest(text, bytes(row.salt)))


def _compare_statuses(session: Session, walk: _Walk) -> None:
    said = walk.statuses or {}
    numbers = [int(subject.partition(":")[2]) for subject in said if subject.partition(":")[2].isdigit()]
    chosen = select(PUBLISHERS.c.number, PUBLISHERS.c.status)
    chosen = chosen.where(or_(PUBLISHERS.c.status != "", PUBLISHERS.c.number.in_(numbers)))
    for number, status in session.execute(chosen):
        seq, expected = said.get(f"publisher:{number}", (0, ""))
        if status != expected:
            walk.breaks(seq or walk.head[0] + 1, STATUS if seq else UNKNOWN)


def _compare_head(session: Session, walk: _Walk, against: tuple[int, str]) -> None:
    seq, kept = against
    if seq == 0:
        return
    event = get_event(session, seq)
    if event is None:
        walk.breaks(walk.head[0] + 1 if seq > walk.head[0] else seq, CUT)
    elif event.hash != kept:
        walk.breaks(seq, HEAD)

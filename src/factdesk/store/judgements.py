"""What people said of matches: kept, obeyed, never rewritten."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from factdesk.domain.events import canonical_time
from factdesk.domain.matches import Verdict
from factdesk.domain.reviews import Review, content_digest, from_content
from factdesk.store.batches import batch_digest
from factdesk.store.models import Judgements, table
from factdesk.store.record import Writer
from factdesk.store.reviews import REVIEWS, VERSIONS, ReviewRow
from factdesk.store.stream import streamed
from factdesk.store.text import storable

JUDGEMENTS = table(Judgements)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said of one message and one review. `message` is None where it was redacted."""

    id: str
    message_digest: str
    message: str | None
    review: int
    verdict: Verdict
    actor: str
    time: datetime
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A judged message beside the review it was judged against: a row of training data."""

    message: str
    review_id: str
    review: Review
    verdict: Verdict


_ROW = select(*(JUDGEMENTS.c[name] for name in Judgement.__slots__))
_LIVE = JUDGEMENTS.c.deleted_at.is_(None)
_VERDICTS = select(JUDGEMENTS.c.review, JUDGEMENTS.c.verdict).where(
    JUDGEMENTS.c.message_digest == bindparam("digest"), _LIVE
)


def message_digest(message: str) -> str:
    """The name of a message: SHA-256 of its text in Unicode's NFC, runs of white space as one space."""
    plain = " ".join(unicodedata.normalize("NFC", storable(message)).split())
    return hashlib.sha256(plain.encode()).hexdigest()


def live_judgements(session: Session, digest: str) -> dict[int, Verdict]:
    """What stands for a message: verdicts by the review's number."""
    return {int(row[0]): row[1] for row in session.connection().execute(_VERDICTS, {"digest": digest})}


def live_judgement(session: Session, digest: str, review: int) -> Judgement | None:
    """What stands for a message and a review."""
    where = (JUDGEMENTS.c.message_digest == digest, JUDGEMENTS.c.review == review, _LIVE)
    row = session.execute(_ROW.where(*where)).first()
    return Judgement(*tuple(row)) if row else None


def judgements_beginning(session: Session, prefix: str, limit: int = 10) -> list[Judgement]:
    """Judgements whose id begins so, closed ones among them."""
    chosen = _ROW.where(JUDGEMENTS.c.id.startswith(prefix, autoescape=True)).order_by(JUDGEMENTS.c.id).limit(limit)
    return [Judgement(*tuple(row)) for row in session.execute(chosen)]


def count_judgements(session: Session) -> int:
    """How many judgements stand."""
    return int(session.execute(select(func.count()).select_from(JUDGEMENTS).where(_LIVE)).scalar_one())


def labelled(session: Session) -> Iterator[Labelled]:
    """Every judgement that stands and whose message and review are there, streamed in order of making."""
    current = (VERSIONS.c.review == REVIEWS.c.number) & (VERSIONS.c.version == REVIEWS.c.version)
    chosen = (
        select(JUDGEMENTS.c.message, REVIEWS.c.id, VERSIONS.c.content, JUDGEMENTS.c.verdict)
        .join(REVIEWS, REVIEWS.c.number == JUDGEMENTS.c.review)
        .join(VERSIONS, current)
        .where(_LIVE, JUDGEMENTS.c.message.is_not(None), VERSIONS.c.content != "")
        .order_by(JUDGEMENTS.c.seq)
    )
    for message, review_id, content, verdict in streamed(session, chosen):
        yield Labelled(message, review_id, from_content(content), verdict)


def add_judgement(writer: Writer, message: str, review: ReviewRow, verdict: Verdict, actor: str) -> Judgement:
    """Write a judgement, closing the one that stands, and seal the event."""
    digest, salt = message_digest(message), writer.clock.new_salt()
    own, now = writer.clock.new_id(), writer.now()
    before = live_judgement(writer.session, digest, review.number)
    line = judgement_line(own, content_digest(sealed_text(digest, review.id, verdict, actor, now), salt))
    event = _seal(writer, actor, f"match.{verdict}", review.id, before, [line])
    made = Judgement(own, digest, storable(message), review.number, verdict, actor, now)
    values = {name: getattr(made, name) for name in Judgement.__slots__}
    writer.session.execute(insert(JUDGEMENTS), {**values, "salt": salt, "seq": event, "closed_seq": None})
    return made


def close_judgement(writer: Writer, standing: Judgement, review: ReviewRow, actor: str) -> None:
    """Take a judgement back: its row stays, closed."""
    _seal(writer, actor, "match.withdrawn", review.id, standing, [])


def sealed_text(digest: str, review_id: str, verdict: str, actor: str, time: datetime) -> str:
    """What the salted digest of a judgement covers."""
    return json.dumps([digest, review_id, verdict, actor, canonical_time(time)], ensure_ascii=False)


def judgement_line(own_id: str, digest: str) -> str:
    """A judgement as its event's digest sees it."""
    return f"{own_id} {digest}"


def closed_line(own_id: str) -> str:
    """The closing of a judgement as its event's digest sees it."""
    return f"{own_id} closed"


def _seal(writer: Writer, actor: str, action: str, review: str, closing: Judgement | None, lines: list[str]) -> int:
    sealed = ([closed_line(closing.id)] if closing else []) + lines
    payload = {"count": len(sealed), "digest": batch_digest(sealed)}
    event = writer.append(actor, action, f"review:{review}", payload)
    if closing:
        values = {"deleted_at": event.time, "closed_seq": event.seq}
        writer.session.execute(update(JUDGEMENTS).where(JUDGEMENTS.c.id == closing.id).values(values))
    return event.seq

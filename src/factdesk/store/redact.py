"""Taking out for good what must not be kept: contents, what repeats them, bytes, vectors. The events stay.

Whoever calls this seals the reason first and then, with `take_out`, an event for each fact. The salt goes with the
content: without it nobody can try guesses against the digest that stays.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from factdesk.store.batches import Entry, put_batch
from factdesk.store.blobs import BLOBS
from factdesk.store.captures import CAPTURES, PASSAGES
from factdesk.store.citations import ATTACHMENTS, CITATIONS, LOOKS
from factdesk.store.items import ITEMS, NO_COLUMNS, PERSON_COLUMNS
from factdesk.store.judgements import JUDGEMENTS
from factdesk.store.record import Writer
from factdesk.store.redacted import REDACTED_COLUMNS
from factdesk.store.reviews import REVIEWS, VERSIONS, parts, redacted_key
from factdesk.store.sealed import REDACT, SEALED, subject_of
from factdesk.store.vectors import VECTORS, vector_counts, vector_digest

WITHDRAW = "reviews.redact"
"""The action of the event by which reviews go before their contents do."""

REVIEW_COLUMNS: dict[str, Any] = {"own_id": "", "url": "", "language": "", "day": 0}
"""What a review is looked up by once it was redacted. Where it came from stays, and its publisher."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A sealed fact, by its kind and id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class OldReview:
    """A review whose versions lose their content: those of some runs, or all where there are none. `stands`: it is to
    be withdrawn first. `own`: the desk made it, and may make it again."""

    number: int
    id: str
    key: str
    runs: tuple[str, ...] = ()
    stands: bool = False
    own: bool = False


def secure(session: Session) -> None:
    """Have SQLite write zeros over what is deleted from now on."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete=ON")


def take_out(writer: Writer, actor: str, facts: Sequence[Fact]) -> None:
    """Seal an event for each fact, and take out its content and what repeats it."""
    for fact in facts:
        writer.append(actor, REDACT, subject_of(fact.kind, fact.id), {})
    run = writer.session.execute
    for part in parts([fact.id for fact in facts]):
        run(update(SEALED).where(SEALED.c.id.in_(part)).values(content=None, salt=b""))
        run(update(CITATIONS).where(CITATIONS.c.id.in_(part)).values(REDACTED_COLUMNS["citation"]))
        run(update(ATTACHMENTS).where(ATTACHMENTS.c.id.in_(part)).values(REDACTED_COLUMNS["attachment"]))
        run(update(LOOKS).where(LOOKS.c.id.in_(part)).values(REDACTED_COLUMNS["look"]))
        own = select(CAPTURES.c.number).where(CAPTURES.c.id.in_(part))
        run(delete(PASSAGES).where(PASSAGES.c.capture.in_(own)))
        run(update(CAPTURES).where(CAPTURES.c.id.in_(part)).values(REDACTED_COLUMNS["capture"]))
        is_person = ITEMS.c.kind == "person"
        # A name is given once: it stays, so that nobody else is taken for who had it. A key's too: it is public.
        for where, columns in ((is_person, PERSON_COLUMNS), (~is_person, NO_COLUMNS)):
            run(update(ITEMS).where(ITEMS.c.fact.in_(part), where).values(columns))


def take_out_reviews(writer: Writer, actor: str, run: str, reviews: Sequence[OldReview]) -> None:
    """Withdraw reviews where they stand, so that indexes drop them, then seal an event for each and take out what its
    versions held. One that the desk did not make itself is not taken in again: its key stays as a digest."""
    standing = [Entry(review.key, None) for review in reviews if review.stands]
    if standing:
        put_batch(writer, run, standing, actor=actor, action=WITHDRAW)
    for review in reviews:
        writer.append(actor, REDACT, subject_of("review", review.id), {})
        # A version that says that the review was taken out holds nothing.
        old = (VERSIONS.c.review == review.number) & (VERSIONS.c.content != "")
        if review.runs:
            old &= VERSIONS.c.run.in_(review.runs)
        writer.session.execute(update(VERSIONS).where(old).values(content=None, salt=b""))
        gone = update(REVIEWS).where(REVIEWS.c.number == review.number, REVIEWS.c.deleted_at.is_not(None))
        key = review.key if review.own else redacted_key(review.key)
        writer.session.execute(gone.values({**REVIEW_COLUMNS, "key": key}))


def take_out_judgements(writer: Writer, actor: str, ids: Sequence[str]) -> None:
    """Seal an event for each judgement and take out its message. The message's digest is what the event sealed, and
    stays: the judgement is obeyed for whoever has the message."""
    for own in ids:
        writer.append(actor, REDACT, subject_of("judgement", own), {})
    writer.session.execute(update(JUDGEMENTS).where(JUDGEMENTS.c.id.in_(list(ids))).values(message=None))


def delete_vectors(writer: Writer, texts: Collection[str]) -> None:
    """Delete the vectors of texts by whatever model. They are derived: a text that stands elsewhere gets its own
    again."""
    models = vector_counts(writer.session)
    for part in parts(sorted({vector_digest(model, text) for model in models for text in texts})):
        writer.session.execute(delete(VECTORS).where(VECTORS.c.digest.in_(part)))


def delete_blobs(writer: Writer, digests: Collection[str]) -> None:
    """Delete the rows of blobs; their files go after the commit."""
    writer.session.execute(delete(BLOBS).where(BLOBS.c.digest.in_(list(digests))))


def in_files(session: Session, digests: Collection[str]) -> list[str]:
    """Which of these blobs lie in files of their own."""
    chosen = select(BLOBS.c.digest).where(BLOBS.c.digest.in_(list(digests)), BLOBS.c.data.is_(None))
    return sorted(str(row[0]) for row in session.execute(chosen))


def known_blobs(session: Session, digests: Collection[str]) -> set[str]:
    """Which of these digests are those of blobs."""
    chosen = select(BLOBS.c.digest).where(BLOBS.c.digest.in_(list(digests)))
    return {str(row[0]) for row in session.execute(chosen)}


def blobs_of_redactions(session: Session) -> set[str]:
    """The digests that redactions say go from the folder: what a crash may have left there."""
    contents = session.execute(select(SEALED.c.content).where(SEALED.c.kind == "redaction")).scalars()
    return {digest for content in contents if content for digest in json.loads(content).get("blobs", ())}


def named_elsewhere(session: Session, digests: Collection[str], besides: Collection[str]) -> set[str]:
    """Which of these blobs a capture or attachment names that is none of `besides`, by id."""
    wanted, found = set(digests), set[str]()
    likely = or_(*(SEALED.c.content.contains(digest, autoescape=True) for digest in sorted(wanted)))
    chosen = select(SEALED.c.id, SEALED.c.content).where(SEALED.c.kind.in_(("capture", "attachment")), likely)
    for own, content in session.execute(chosen) if wanted else ():
        if own not in besides:
            # Its fields and not its words: a page may have another's digest in its title.
            found |= wanted & {value for value in json.loads(content).values() if isinstance(value, str)}
    return found

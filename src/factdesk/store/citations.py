"""Citations, attachments of captures, and looks at their sources again."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from factdesk.domain.captures import Attachment, attachment_from
from factdesk.domain.citations import Citation, citation_from
from factdesk.domain.events import Event
from factdesk.domain.looks import Look, look_from
from factdesk.store.captures import CAPTURES
from factdesk.store.models import Attachments, Citations, Looks, table
from factdesk.store.record import Writer
from factdesk.store.sealed import SEALED, kept_rows, seal_facts
from factdesk.store.stream import streamed
from factdesk.store.text import indexable

CITATIONS = table(Citations)
ATTACHMENTS = table(Attachments)
LOOKS = table(Looks)


@dataclass(frozen=True, slots=True)
class StoredCitation:
    """A citation with its id and its capture's number. `content` is what was sealed, as it was sealed."""

    id: str
    number: int
    seq: int
    content: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class StoredAttachment:
    """An attachment with its id and its capture's number. `content` is what was sealed, as it was sealed."""

    id: str
    number: int
    seq: int
    content: str
    attachment: Attachment


@dataclass(frozen=True, slots=True)
class StoredLook:
    """A look with its id and its capture's number."""

    id: str
    number: int
    seq: int
    look: Look


_IN_ORDER = (SEALED.c.seq, SEALED.c.place)
_CITATION = select(CITATIONS.c.id, CITATIONS.c.capture.label("number"), SEALED.c.seq, SEALED.c.content).join(
    SEALED, SEALED.c.id == CITATIONS.c.id
)
_ATTACHMENT = select(ATTACHMENTS.c.id, ATTACHMENTS.c.capture.label("number"), SEALED.c.seq, SEALED.c.content).join(
    SEALED, SEALED.c.id == ATTACHMENTS.c.id
)
_LOOK = select(LOOKS.c.id, LOOKS.c.capture.label("number"), SEALED.c.seq, SEALED.c.content).join(
    SEALED, SEALED.c.id == LOOKS.c.id
)


def put_citations(
    writer: Writer, citations: Sequence[tuple[int, Citation]], *, actor: str
) -> tuple[Event, tuple[str, ...]]:
    """Write citations, each with its capture's number, and one event; returns the event and their ids."""
    contents = [citation.content() for _, citation in citations]
    event, own = seal_facts(writer, "citation", contents, actor=actor, action="citations.add")
    rows = [
        {"id": each, "capture": number, "claim": indexable(citation.claim), "stance": citation.stance}
        for each, (number, citation) in zip(own, citations, strict=True)
    ]
    writer.session.execute(insert(CITATIONS), rows)
    return event, own


def put_attachments(
    writer: Writer, attachments: Sequence[tuple[int, Attachment]], *, actor: str
) -> tuple[Event, tuple[str, ...]]:
    """Write attachments, each with its capture's number, and one event; returns the event and their ids."""
    contents = [attachment.content() for _, attachment in attachments]
    event, own = seal_facts(writer, "attachment", contents, actor=actor, action="attachments.add")
    rows = [
        {"id": each, "capture": number, "kind": attachment.kind, "blob": attachment.blob}
        for each, (number, attachment) in zip(own, attachments, strict=True)
    ]
    writer.session.execute(insert(ATTACHMENTS), rows)
    return event, own


def put_look(writer: Writer, number: int, look: Look, after: int | None, *, actor: str) -> tuple[Event, str]:
    """Write a look at the source of a capture, and its event; `after` is the number of the capture made of it."""
    event, own = seal_facts(writer, "look", [look.content()], actor=actor, action="looks.add")
    row = {"id": own[0], "capture": number, "time": look.time, "outcome": look.outcome, "after": after}
    writer.session.execute(insert(LOOKS), [row])
    return event, own[0]


def citations_by_id(session: Session, ids: Collection[str]) -> dict[str, StoredCitation]:
    """Citations by id; redacted ones are left out."""
    return {row.id: _citation(row) for row in kept_rows(session, _CITATION, CITATIONS.c.id, ids)}


def citations_of(session: Session, numbers: Collection[int]) -> dict[int, tuple[StoredCitation, ...]]:
    """The citations of captures by their number, oldest first."""
    found: dict[int, tuple[StoredCitation, ...]] = {}
    for row in kept_rows(session, _CITATION.order_by(*_IN_ORDER), CITATIONS.c.capture, numbers):
        found[row.number] = (*found.get(row.number, ()), _citation(row))
    return found


def all_citations(session: Session) -> Iterator[StoredCitation]:
    """Every citation, those of one capture together, captures in order of number, streamed."""
    for row in streamed(session, _CITATION.order_by(CITATIONS.c.capture, SEALED.c.seq, SEALED.c.place)):
        if row.content is not None:
            yield _citation(row)


def attachments_of(session: Session, numbers: Collection[int]) -> dict[int, tuple[StoredAttachment, ...]]:
    """The attachments of captures by their number, oldest first."""
    found: dict[int, tuple[StoredAttachment, ...]] = {}
    for row in kept_rows(session, _ATTACHMENT.order_by(*_IN_ORDER), ATTACHMENTS.c.capture, numbers):
        stored = StoredAttachment(row.id, row.number, row.seq, row.content, attachment_from(json.loads(row.content)))
        found[row.number] = (*found.get(row.number, ()), stored)
    return found


def latest_looks(session: Session, numbers: Collection[int]) -> dict[int, StoredLook]:
    """The newest look at each capture's source, by the capture's number."""
    found: dict[int, StoredLook] = {}
    for row in kept_rows(session, _LOOK.order_by(*_IN_ORDER), LOOKS.c.capture, numbers):
        found[row.number] = StoredLook(row.id, row.number, row.seq, look_from(json.loads(row.content)))
    return found


def cited_numbers(session: Session, since_seq: int = 0) -> list[int]:
    """Numbers of the captures that are cited, by citations of events above `since_seq`, in order."""
    chosen = select(CITATIONS.c.capture).join(SEALED, SEALED.c.id == CITATIONS.c.id).where(SEALED.c.seq > since_seq)
    return [int(row[0]) for row in session.execute(chosen.distinct().order_by(CITATIONS.c.capture))]


def count_citations(session: Session) -> int:
    """How many citations there are."""
    return int(session.execute(select(func.count()).select_from(CITATIONS)).scalar_one())


def capture_number(session: Session, capture_id: str) -> int:
    """A capture's number by its id; 0 for an unknown one."""
    return int(session.execute(select(CAPTURES.c.number).where(CAPTURES.c.id == capture_id)).scalar() or 0)


def _citation(row: Any) -> StoredCitation:
    return StoredCitation(row.id, row.number, row.seq, row.content, citation_from(json.loads(row.content)))

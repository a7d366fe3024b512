"""Facts that never change, many of one event or one: what an event seals is read back from here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, bindparam, insert, select
from sqlalchemy.orm import Session

from factdesk.domain.events import Event
from factdesk.domain.reviews import content_digest
from factdesk.store.batches import batch_digest
from factdesk.store.events import events_with
from factdesk.store.models import Sealed, table
from factdesk.store.record import Writer
from factdesk.store.reviews import parts
from factdesk.store.stream import streamed
from factdesk.store.text import storable

SEALED = table(Sealed)

REDACT = "redact"
"""The action of an event that takes a fact's content out for good; its subject is the fact, as `subject_of` has it."""

Kind = Literal[
    "capture",
    "citation",
    "attachment",
    "look",
    "person",
    "key",
    "claim",
    "tip",
    "scale",
    "check",
    "revision",
    "signoff",
    "publication",
    "head",
    "redaction",
]


@dataclass(frozen=True, slots=True)
class SealedRow:
    """One fact. `content` is canonical JSON, None where it was taken out; `digest` is that of salt and content."""

    id: str
    kind: Kind
    seq: int
    place: int
    content: str | None
    salt: bytes
    digest: str

    @property
    def holds(self) -> bool:
        """Whether the content is what was sealed. A missing one cannot be told from its digest, and holds: whether it
        was redacted, `redactions` tells."""
        if self.content is None:
            return True
        # SQLite keeps what it is given, of any type: whoever changed a row may have put a number there.
        sound = isinstance(self.content, str) and isinstance(self.salt, bytes)
        return sound and content_digest(self.content, self.salt) == self.digest


_ROW = select(*(SEALED.c[name] for name in SealedRow.__slots__))
_BY_ID = _ROW.where(SEALED.c.id.in_(bindparam("values", expanding=True)))


def seal_facts(
    writer: Writer,
    kind: Kind,
    contents: Sequence[str],
    *,
    actor: str,
    action: str,
    subject: str = "",
    payload: Mapping[str, Any] | None = None,
    ids: Sequence[str] = (),
) -> tuple[Event, tuple[str, ...]]:
    """Write facts of one kind and the event that seals them; returns the event and the facts' ids, in their order.

    `subject` is by default the fact itself (`capture:ID`) where there is one. `ids` are given where a fact's id was
    needed before.
    """
    own = tuple(ids) or tuple(writer.clock.new_id() for _ in contents)
    facts = [(kind, each, content) for each, content in zip(own, contents, strict=True)]
    event = seal_each(
        writer, facts, actor=actor, action=action, subject=subject or subject_of(kind, own[0]), payload=payload
    )
    return event, own


def seal_each(
    writer: Writer,
    facts: Sequence[tuple[Kind, str, str]],
    *,
    actor: str,
    action: str,
    subject: str,
    payload: Mapping[str, Any] | None = None,
) -> Event:
    """Write facts, each as its kind, its id and its content, and the event that seals them all."""
    rows: list[dict[str, Any]] = []
    for place, (kind, own, content) in enumerate(facts):
        stored, salt = storable(content), writer.clock.new_salt()
        digest = content_digest(stored, salt)
        rows.append({"id": own, "kind": kind, "place": place, "content": stored, "salt": salt, "digest": digest})
    lines = (sealed_line(row["kind"], row["id"], row["digest"]) for row in rows)
    sealed = {**(payload or {}), "count": len(rows), "digest": batch_digest(lines)}
    event = writer.append(actor, action, subject, sealed)
    writer.session.execute(insert(SEALED), [{**row, "seq": event.seq} for row in rows])
    return event


def subject_of(kind: str, own_id: str) -> str:
    """A fact as the subject of events about it."""
    return f"{kind}:{own_id}"


def redactions(session: Session) -> dict[str, int]:
    """The facts whose content was redacted, by their subjects, with the seq of the newest event that says so."""
    return {event.subject: event.seq for event in events_with(session, REDACT)}


def sealed_line(kind: str, own_id: str, digest: str) -> str:
    """A fact as its event's digest sees it."""
    return f"{kind} {own_id} {digest}"


def get_sealed(session: Session, ids: Collection[str]) -> dict[str, SealedRow]:
    """Facts by their ids; unknown ones are left out."""
    found: dict[str, SealedRow] = {}
    for part in parts(list(ids)):
        for row in session.connection().execute(_BY_ID, {"values": part}):
            found[row.id] = SealedRow(*tuple(row))
    return found


def all_sealed(session: Session) -> Iterator[SealedRow]:
    """Every fact in the order in which events sealed them, streamed."""
    for row in streamed(session, _ROW.order_by(SEALED.c.seq, SEALED.c.place)):
        yield SealedRow(*tuple(row))


def lines_of_event(session: Session, seq: int) -> list[str]:
    """What an event sealed, as its digest sees it, without the contents."""
    chosen = select(SEALED.c.kind, SEALED.c.id, SEALED.c.digest).where(SEALED.c.seq == seq).order_by(SEALED.c.place)
    return [sealed_line(*row) for row in session.execute(chosen)]


def kept_rows(
    session: Session, statement: Select[Any], column: ColumnElement[Any], values: Collection[Any]
) -> Iterator[Row[Any]]:
    """The rows of a statement, which selects `content`, whose column is one of the values; without redacted ones."""
    for part in parts(list(values)):
        for row in session.execute(statement.where(column.in_(part))):
            if row.content is not None:
                yield row


def facts_of_event(session: Session, seq: int) -> list[SealedRow]:
    """What an event sealed, in its order."""
    return [SealedRow(*tuple(row)) for row in session.execute(_ROW.where(SEALED.c.seq == seq).order_by(SEALED.c.place))]


def ids_beginning(session: Session, kind: Kind, prefix: str, limit: int = 10) -> list[str]:
    """Ids of facts of one kind that begin so, at most `limit`."""
    chosen = select(SEALED.c.id).where(SEALED.c.kind == kind, SEALED.c.id.startswith(prefix, autoescape=True))
    return [str(row[0]) for row in session.execute(chosen.order_by(SEALED.c.id).limit(limit))]


def ids_ending_or_beginning(session: Session, kind: Kind, part: str, limit: int = 10) -> list[str]:
    """Ids of facts of one kind that begin or end so, at most `limit`. Ends are what one sees differ."""
    begins, ends = SEALED.c.id.startswith(part, autoescape=True), SEALED.c.id.endswith(part, autoescape=True)
    chosen = select(SEALED.c.id).where(SEALED.c.kind == kind, begins | ends)
    return [str(row[0]) for row in session.execute(chosen.order_by(SEALED.c.id).limit(limit))]

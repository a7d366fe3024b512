"""What bundles are made of, read for many of them at once: a site has thousands, and each question takes its time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from factdesk.store.captures import CAPTURES
from factdesk.store.citations import ATTACHMENTS, CITATIONS
from factdesk.store.items import ITEM_FACTS
from factdesk.store.models import Events, table
from factdesk.store.reviews import parts
from factdesk.store.sealed import SEALED, SealedRow

_EVENTS = table(Events)
_PUBLICATIONS = (
    select(ITEM_FACTS.c.item, _EVENTS.c.hash, *(SEALED.c[name] for name in SealedRow.__slots__))
    .join(SEALED, SEALED.c.id == ITEM_FACTS.c.fact)
    .join(_EVENTS, _EVENTS.c.seq == SEALED.c.seq)
    .where(ITEM_FACTS.c.kind == "publication")
    .order_by(SEALED.c.seq, SEALED.c.place)
)
_CAPTURES = select(CAPTURES.c.number, CAPTURES.c.id)
_CITATIONS = select(CITATIONS.c.capture, CITATIONS.c.id)
_ATTACHMENTS = select(ATTACHMENTS.c.capture, ATTACHMENTS.c.id)

Numbered = list[tuple[int, str]]
"""Facts, each with the number of the capture that it is about or that it is."""


class PublishedRow(NamedTuple):
    """A publication, and the log's head as it was with it, `42:9f2c…`."""

    row: SealedRow
    head: str


def published_rows(session: Session, checks: Collection[str]) -> dict[str, list[PublishedRow]]:
    """What was published of checks, by their ids, oldest first; redacted publications too."""
    found: dict[str, list[PublishedRow]] = {}
    for item, own_hash, *fields in _rows(session, _PUBLICATIONS, ITEM_FACTS.c.item, checks):
        row = SealedRow(*fields)
        found.setdefault(item, []).append(PublishedRow(row, f"{row.seq}:{own_hash}"))
    return found


def captures_numbered(session: Session, numbers: Collection[int]) -> dict[int, str]:
    """The ids of captures, by their numbers."""
    return dict(_pairs(session, _CAPTURES, CAPTURES.c.number, numbers))


def citations_of(session: Session, numbers: Collection[int]) -> Numbered:
    """Every citation of these captures."""
    return _pairs(session, _CITATIONS, CITATIONS.c.capture, numbers)


def citations_named(session: Session, ids: Collection[str]) -> Numbered:
    """Those of these ids that are citations."""
    return _pairs(session, _CITATIONS, CITATIONS.c.id, ids)


def attachments_of(session: Session, numbers: Collection[int]) -> Numbered:
    """Every attachment of these captures."""
    return _pairs(session, _ATTACHMENTS, ATTACHMENTS.c.capture, numbers)


def numbers_of(session: Session, ids: Collection[str]) -> dict[str, int]:
    """The numbers of the captures that these citations and attachments are about, or that these captures have;
    anything else is left out."""
    looked = ((_ATTACHMENTS, ATTACHMENTS.c.id), (_CITATIONS, CITATIONS.c.id), (_CAPTURES, CAPTURES.c.id))
    return {own: number for chosen, column in looked for number, own in _pairs(session, chosen, column, ids)}


def _pairs(session: Session, chosen: Select[Any], column: ColumnElement[Any], values: Collection[Any]) -> Numbered:
    return [(int(number), str(own)) for number, own in _rows(session, chosen, column, values)]


def _rows(session: Session, chosen: Select[Any], column: ColumnElement[Any], values: Collection[Any]) -> Iterator[Any]:
    for part in parts(sorted(values)):
        yield from session.connection().execute(chosen.where(column.in_(part)))

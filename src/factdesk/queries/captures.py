"""The evidence library: listing it, and showing one capture with everything that is known of it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from factdesk.capture.targets import checked_url
from factdesk.config import DeskConfig
from factdesk.domain.captures import Capture
from factdesk.domain.citations import Stance
from factdesk.domain.documents import Block, blocks_from
from factdesk.domain.looks import LookOutcome, Standing
from factdesk.errors import InputError, NotFoundError, RefusedAddressError
from factdesk.queries.desk import Desk
from factdesk.store.blobs import CHUNK, get_text, open_blob
from factdesk.store.captures import (
    CaptureRow,
    StoredCapture,
    capture_rows,
    capture_rows_of_text,
    find_asked,
    find_captures,
    get_captures,
)
from factdesk.store.citations import (
    StoredAttachment,
    StoredCitation,
    StoredLook,
    attachments_of,
    citations_by_id,
    citations_of,
    latest_looks,
)
from factdesk.store.files import whole_bytes
from factdesk.store.sealed import ids_beginning
from factdesk.text.urls import canonical_url

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: a capture, how often it is cited, and what the newest look at its source found."""

    id: str
    number: int
    capture: Capture
    citations: int
    look: LookOutcome | None


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation of a capture. `standing` is what the newest look at the live source found; None before any."""

    id: str
    quotation: str
    stance: Stance
    claim: str
    note: str
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class ShownCapture:
    """Everything that is known of a capture. `twins` are other captures of the very same text."""

    id: str
    capture: Capture
    text: str
    citations: tuple[Cited, ...]
    attachments: tuple[StoredAttachment, ...]
    look: StoredLook | None
    twins: tuple[str, ...]


def list_captures(desk: Desk, query: str = "", limit: int | None = None) -> list[Listed]:
    """Captures whose title, author, address, name or note hold every word of the query, newest first."""
    with desk.record.read() as session:
        numbers = [row.number for row in capture_rows(session, query, limit)]
        stored = get_captures(session, numbers)
        cited = citations_of(session, numbers)
        looks = latest_looks(session, numbers)
    return [
        Listed(
            stored[number].id,
            number,
            stored[number].capture,
            len(cited.get(number, ())),
            looks[number].look.outcome if number in looks else None,
        )
        for number in numbers
        if number in stored
    ]


def show_capture(desk: Desk, given: str) -> ShownCapture:
    """One capture. Raises `NotFoundError`, `InputError` when several are meant."""
    with desk.record.read() as session:
        stored = capture_named(session, given)
        number = stored.number
        text = get_text(session, desk.config, stored.capture.text_digest)
        look = latest_looks(session, [number]).get(number)
        return ShownCapture(
            stored.id,
            stored.capture,
            text,
            tuple(_cited(each, look) for each in citations_of(session, [number]).get(number, ())),
            attachments_of(session, [number]).get(number, ()),
            look,
            tuple(row.id for row in capture_rows_of_text(session, stored.capture.text_digest) if row.id != stored.id),
        )


def capture_named(session: Session, given: str) -> StoredCapture:
    """The capture that an id, its beginning, a row's id, an address, a digest or a file's name names; of one source
    the newest.

    Raises `NotFoundError`, `InputError` when several are meant.
    """
    word = given.strip()
    found = _meant(session, word)
    if not found:
        raise NotFoundError("There is no capture {id}.", remedy="See the list with: factdesk captures", id=word[:200])
    if len(found) > 1 and not one_source(found, word):
        choices = ", ".join(row.id for row in found[:SHOWN])
        raise InputError("{id} can mean several things: {choices}.", id=word[:200], choices=choices)
    stored = get_captures(session, [found[0].number])
    if not stored:
        raise NotFoundError("The capture {id} was redacted: its content is gone.", id=found[0].id)
    return stored[found[0].number]


def captured_at(session: Session, url: str) -> StoredCapture | None:
    """The newest capture of an address; None where there is none, or it is no address."""
    found = _meant(session, url.strip()) if "://" in url else []
    return get_captures(session, [found[0].number]).get(found[0].number) if found else None


def _meant(session: Session, word: str) -> list[CaptureRow]:
    """The captures that a word may mean, newest first; those of an address that the desk fetched itself go before
    those that somebody says are from there."""
    found = find_captures(session, word, SHOWN + 1) if word else []
    if "://" not in word:
        return found
    for form in address_forms(word):
        found = found or find_captures(session, form, SHOWN + 1) or find_asked(session, form, SHOWN + 1)
    return [row for row in found if row.origin == "web"] or found


def address_forms(url: str) -> list[str]:
    """An address as a capture of the web keeps it, and as a supplied text does; none for what is no address."""
    try:
        return [checked_url(url), canonical_url(url)]
    except RefusedAddressError:
        return []


def one_source(rows: Sequence[CaptureRow], given: str) -> bool:
    """Whether all of them are captures of one source at different times, and not ids that begin alike."""
    sources = {(row.origin, row.name, row.own_id, "" if row.own_id else row.url) for row in rows}
    return len(sources) == 1 and not any(row.id.startswith(given) for row in rows)


def citation_named(session: Session, given: str) -> StoredCitation:
    """The citation that an id or its beginning names. Raises `NotFoundError`, `InputError` when several are meant."""
    found = ids_beginning(session, "citation", given.strip(), SHOWN + 1) if given.strip() else []
    if not found:
        raise NotFoundError("There is no citation {id}.", id=given.strip()[:200])
    if len(found) > 1:
        raise InputError("{id} can mean several things: {choices}.", id=given, choices=", ".join(found[:SHOWN]))
    stored = citations_by_id(session, found)
    if not stored:
        raise NotFoundError("The citation {id} was redacted: its content is gone.", id=found[0])
    return stored[found[0]]


def save_body(desk: Desk, capture: Capture, target: Path) -> None:
    """Write the frozen bytes of a capture, as they were received, to a file that is whole or not there."""
    with (
        desk.record.read() as session,
        open_blob(session, desk.config, capture.digest) as body,
        whole_bytes(target) as out,
    ):
        shutil.copyfileobj(body, out, CHUNK)


def text_of(session: Session, config: DeskConfig, stored: StoredCapture) -> str:
    """The text of a capture."""
    return get_text(session, config, stored.capture.text_digest)


def layout_blocks(session: Session, config: DeskConfig, stored: StoredCapture) -> tuple[Block, ...]:
    """The blocks of a capture's text; none where they were not kept."""
    digest = stored.capture.layout_digest
    return blocks_from(get_text(session, config, digest)) if digest else ()


def _cited(stored: StoredCitation, look: StoredLook | None) -> Cited:
    citation = stored.citation
    standing = look.look.citations.get(stored.id) if look is not None else None
    return Cited(stored.id, citation.quotation, citation.stance, citation.claim, citation.note, standing)

"""What goes with a capture, or with one citation of it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.errors import IntegrityError
from factdesk.queries.redaction_parts import Found, checks_citing
from factdesk.search.passages import passage_texts
from factdesk.store.blobs import get_text
from factdesk.store.captures import CAPTURES, StoredCapture, captures_by_id, slices_of
from factdesk.store.citations import ATTACHMENTS, CITATIONS, LOOKS, attachments_of, capture_number, citations_by_id
from factdesk.store.claims import all_claims
from factdesk.store.redact import Fact, named_elsewhere
from factdesk.store.sealed import get_sealed


def of_capture(session: Session, config: DeskConfig, own: str) -> Found:
    """A capture with its citations, attachments, looks, passages, and the bytes that no other one names."""
    number = capture_number(session, own)
    facts = _belonging(session, own, number)
    citations = [fact.id for fact in facts if fact.kind == "citation"]
    stored = captures_by_id(session, [own]).get(own)
    if stored is None:
        return Found(facts, kept=tuple(checks_citing(session, citations)))
    capture = stored.capture
    digests = {capture.digest, capture.exchange, capture.text_digest, capture.layout_digest}
    digests |= {each.attachment.blob for each in attachments_of(session, [number]).get(number, ())}
    digests -= {""}
    others = named_elsewhere(session, digests, {fact.id for fact in facts})
    kept = [*_twins(session, stored), *_appearing(session, own), *checks_citing(session, citations)]
    return Found(facts, texts=_texts(session, config, stored), blobs=tuple(sorted(digests - others)), kept=tuple(kept))


def of_citation(session: Session, own: str) -> Found:
    """One citation. The capture that it quotes stays, with the text."""
    stored = citations_by_id(session, [own]).get(own)
    if stored is None:
        return Found()
    kept = (f"capture:{stored.citation.capture}", *checks_citing(session, [own]))
    return Found((Fact("citation", own),), kept=kept)


def _belonging(session: Session, own: str, number: int) -> tuple[Fact, ...]:
    """The capture and what belongs to it, what was redacted already left out."""
    ids = [own]
    for where in (CITATIONS, ATTACHMENTS, LOOKS):
        ids += session.execute(select(where.c.id).where(where.c.capture == number).order_by(where.c.id)).scalars()
    rows = get_sealed(session, ids)
    return tuple(Fact(rows[each].kind, each) for each in ids if each in rows and rows[each].content is not None)


def _texts(session: Session, config: DeskConfig, stored: StoredCapture) -> tuple[str, ...]:
    """The texts of its passages, as they were encoded; none where its text is missing."""
    try:
        text = get_text(session, config, stored.capture.text_digest)
    except (IntegrityError, OSError):
        return ()
    return tuple(
        passage_texts(stored.capture.about.title, text, slices_of(session, [stored.number]).get(stored.number, ()))
    )


def _twins(session: Session, stored: StoredCapture) -> Iterator[str]:
    """Other captures of the same bytes or the same text."""
    capture = stored.capture
    same = or_(CAPTURES.c.digest == capture.digest, CAPTURES.c.text_digest == capture.text_digest)
    chosen = select(CAPTURES.c.id).where(same, CAPTURES.c.id != stored.id).order_by(CAPTURES.c.number)
    for own in session.execute(chosen).scalars():
        yield f"capture:{own}"


def _appearing(session: Session, own: str) -> Iterator[str]:
    """The claims that were made there: they keep its address."""
    for stored in all_claims(session):
        if any(place.capture == own for place in stored.claim.appearances):
            yield f"claim:{stored.id}"

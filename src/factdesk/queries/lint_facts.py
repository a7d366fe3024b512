"""What a desk knows that drafts are held against: their citations, their claims, and which addresses it captured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from factdesk.domain.captures import Capture
from factdesk.domain.claims import ClaimAppearance, Kind
from factdesk.domain.documents import text_digest
from factdesk.errors import IntegrityError
from factdesk.lint.base import Appearance, CitationFact, ClaimantKind, ClaimFact, Facts, Field
from factdesk.lint.front import split
from factdesk.lint.prose import links_of, marks_of
from factdesk.queries.captures import captured_at
from factdesk.queries.desk import Desk
from factdesk.store.blobs import get_text
from factdesk.store.captures import StoredCapture, get_captures
from factdesk.store.citations import StoredCitation, capture_number, citations_by_id
from factdesk.store.claims import StoredClaim, claims_by_id
from factdesk.store.sealed import ids_ending_or_beginning

LEAST = 4
"""Characters of an id that name it, where no other begins or ends so."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a draft names: citations by their marks, addresses of its links, and its front matter's claims."""

    marks: frozenset[str]
    urls: frozenset[str]
    claims: Field


def facts_for(desk: Desk, sources: Sequence[tuple[str, str]]) -> Facts:
    """What the desk knows of everything that drafts, each with its path, name. One look-up serves all of them.

    Raises `InputError` for front matter that cannot be read.
    """
    asked = [_asked(source, path) for path, source in sources]
    marks = frozenset[str]().union(*(each.marks for each in asked))
    urls = frozenset[str]().union(*(each.urls for each in asked))
    with desk.record.read() as session:
        citations = _citations(session, desk, marks)
        claims = {own: claim for each in asked for own, claim in _claims(session, desk, each.claims)}
        captured = {url for url in urls if captured_at(session, url) is not None}
    captured |= {fact.url for fact in citations.values() if fact.url}
    captured |= {place.url for claim in claims.values() for place in claim.appearances if place.captured}
    own_site = urlsplit(desk.config.url).hostname
    return Facts(
        claims=claims,
        citations=citations,
        captured=frozenset(captured),
        desk=desk.config.name,
        sites=frozenset({own_site} if own_site else ()),
        today=desk.record.clock.now().date(),
    )


def _asked(source: str, path: str) -> _Asked:
    front, body = split(source, path)
    return _Asked(
        frozenset(mark.id for mark in marks_of(source, body)),
        frozenset(link.url for link in links_of(source, body) if "://" in link.url),
        front.get("claims") or Field("claims", (), (), body),
    )


def _citations(session: Session, desk: Desk, marks: Iterable[str]) -> dict[str, CitationFact]:
    """The citations by what their marks call them; unknown ones, and names that several have, are left out."""
    ids = ids_of_marks(session, sorted(marks))
    stored = citations_by_id(session, list(ids.values()))
    captures = get_captures(session, [each.number for each in stored.values()])
    texts: dict[str, str | None] = {}
    return {
        mark: _citation(session, desk, stored[own], captures.get(stored[own].number), texts)
        for mark, own in ids.items()
        if own in stored
    }


def ids_of_marks(session: Session, marks: Iterable[str]) -> dict[str, str]:
    """The citations that marks name, by id or by its beginning or end; unknown and ambiguous marks are left out."""
    wanted = list(marks)
    exact = set(citations_by_id(session, wanted))
    ids = {mark: mark for mark in wanted if mark in exact}
    for mark in wanted:
        if mark not in exact and len(mark) >= LEAST:
            found = ids_ending_or_beginning(session, "citation", mark, 2)
            if len(found) == 1:
                ids[mark] = found[0]
    return ids


def _citation(
    session: Session, desk: Desk, stored: StoredCitation, capture: StoredCapture | None, texts: dict[str, str | None]
) -> CitationFact:
    citation = stored.citation
    kept = capture.capture if capture is not None else None
    text = _text(session, desk, kept, texts)
    url = (kept.final_url or kept.url) if kept else ""
    stands = (
        text is not None
        and citation.text_digest == text_digest(text)
        and all(text[piece.start : piece.end] == piece.exact for piece in citation.pieces)
    )
    return CitationFact(
        id=stored.id,
        stance=citation.stance,
        pieces=tuple(piece.exact for piece in citation.pieces),
        text=text or "",
        title=kept.about.title if kept else "",
        url=url,
        site=_host(url),
        supplied=kept.supplied if kept else False,
        ocr=kept.ocr if kept else False,
        verified=stands,
        claim=citation.claim,
    )


def _text(session: Session, desk: Desk, capture: Capture | None, texts: dict[str, str | None]) -> str | None:
    """A capture's text, read once; None where its bytes are missing, which is for `verify` to say."""
    if capture is None:
        return None
    digest = capture.text_digest
    if digest not in texts:
        try:
            texts[digest] = get_text(session, desk.config, digest)
        except (IntegrityError, UnicodeDecodeError):
            texts[digest] = None
    return texts[digest]


def _claims(session: Session, desk: Desk, field: Field) -> Iterable[tuple[str, ClaimFact]]:
    """The claims of the record, by id; and those that are written out in the front matter: text, claimant,
    claimant_kind, kind, appearance, site."""
    for own, stored in claims_by_id(session, field.values).items():
        yield own, _kept(session, desk, stored)
    for record in field.records:
        own = record.get("id") or record.get("text", "")
        if own:
            yield own, _claim(session, desk, own, record)


def _kept(session: Session, desk: Desk, stored: StoredClaim) -> ClaimFact:
    """A claim of the record."""
    claim = stored.claim
    sites = (_host(url) for url in claim.claimant.same_as)
    return ClaimFact(
        id=stored.id,
        text=claim.text,
        kind=claim.kind,
        claimant=claim.claimant.name,
        claimant_kind=claim.claimant.kind,
        site=next(filter(None, sites), ""),
        appearances=tuple(_place(session, desk, each) for each in claim.appearances),
    )


def _place(session: Session, desk: Desk, place: ClaimAppearance) -> Appearance:
    """Where a claim was made, with the text of the very capture that it names."""
    number = capture_number(session, place.capture) if place.capture else 0
    kept = get_captures(session, [number]).get(number) if number else None
    if kept is None:
        return _appearance(session, desk, place.url)
    return Appearance(place.url, captured=True, text=_text(session, desk, kept.capture, {}) or "")


def _claim(session: Session, desk: Desk, own: str, record: Mapping[str, str]) -> ClaimFact:
    kind, claimant_kind = record.get("kind", "checkable"), record.get("claimant_kind", "unclassified")
    return ClaimFact(
        id=own,
        text=record.get("text", ""),
        kind=cast(Kind, kind) if kind in get_args(Kind) else "other",
        claimant=record.get("claimant", ""),
        claimant_kind=cast(ClaimantKind, claimant_kind) if claimant_kind in get_args(ClaimantKind) else "unclassified",
        site=record.get("site", ""),
        appearances=tuple(_appearance(session, desk, url) for url in (record.get("appearance", ""),) if url),
    )


def _appearance(session: Session, desk: Desk, url: str) -> Appearance:
    stored = captured_at(session, url)
    if stored is None:
        return Appearance(url)
    return Appearance(url, captured=True, text=_text(session, desk, stored.capture, {}) or "")


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""

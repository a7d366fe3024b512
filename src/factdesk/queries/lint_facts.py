"""What a desk knows that drafts are held against: their citations, their claims, and which addresses it captured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import cast, get_args
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from factdesk.domain.captures import Capture
from factdesk.domain.claims import ClaimAppearance, Kind
from factdesk.domain.documents import text_digest
from factdesk.errors import IntegrityError
from factdesk.lint.asked import Asked, asked
from factdesk.lint.base import Appearance, CitationFact, ClaimantKind, ClaimFact, Facts, Field
from factdesk.queries.captures import address_forms, captured_at
from factdesk.queries.desk import Desk
from factdesk.store.blobs import get_text
from factdesk.store.captures import StoredCapture, captures_by_id, folded_addresses, get_captures
from factdesk.store.citations import StoredCitation, citations_by_id
from factdesk.store.claims import StoredClaim, claims_by_id
from factdesk.store.scales import scale_of
from factdesk.store.sealed import ids_ending_or_beginning
from factdesk.text.fold import fold

_FEW = 40
"""Addresses that are looked up one by one."""
LEAST = 4
"""Characters of an id that name it, where no other begins or ends so."""


def facts_for(desk: Desk, sources: Sequence[tuple[str, str]]) -> Facts:
    """What the desk knows of everything that drafts, each with its path, name. One look-up serves all of them.

    Raises `InputError` for front matter that cannot be read.
    """
    facts = _nothing(desk)
    for each in facts_each(desk, [asked(source, path) for path, source in sources]):
        facts = replace(facts, scale=each.scale)
        claims, citations = {**facts.claims, **each.claims}, {**facts.citations, **each.citations}
        facts = replace(facts, claims=claims, citations=citations, captured=facts.captured | each.captured)
    return facts


def facts_each(desk: Desk, drafts: Sequence[Asked]) -> list[Facts]:
    """For each of some drafts what the desk knows of what it asks for, and nothing that others ask for.

    One look-up serves all of them, and a text that several cite is read once and is one object.
    """
    nothing = _nothing(desk)
    with desk.record.read() as session:
        known = _Known(session, desk, drafts)
        nothing = replace(nothing, scale=scale_of(session))
        return [known.of(each, nothing) for each in drafts]


def _nothing(desk: Desk) -> Facts:
    """What is known before anything is looked up."""
    own_site = urlsplit(desk.config.url).hostname
    return Facts(
        desk=desk.config.name,
        sites=frozenset({own_site} if own_site else ()),
        today=desk.record.clock.now().date(),
        asked=True,
    )


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


class _Known:
    """What a desk knows of what some drafts ask for. Each text and each address is looked up once."""

    def __init__(self, session: Session, desk: Desk, drafts: Sequence[Asked]) -> None:
        self._text_of = cache(lambda digest: _text(session, desk, digest))
        self._captured_at = cache(_finder(session, drafts))
        self._claims = claims_by_id(session, {value for each in drafts for value in each.claims.values})
        places = (place.capture for each in self._claims.values() for place in each.claim.appearances)
        self._captures = captures_by_id(session, set(filter(None, places)))
        self._citations = self._cited(session, frozenset[str]().union(*(each.marks for each in drafts)))

    def of(self, draft: Asked, nothing: Facts) -> Facts:
        """What is known of what one draft asks for."""
        citations = {mark: self._citations[mark] for mark in sorted(draft.marks) if mark in self._citations}
        claims = dict(self._claims_of(draft.claims))
        captured = {url for url in draft.urls if self._captured_at(url) is not None}
        captured |= {fact.url for fact in citations.values() if fact.url}
        captured |= {place.url for claim in claims.values() for place in claim.appearances if place.captured}
        return replace(nothing, claims=claims, citations=citations, captured=frozenset(captured))

    def _cited(self, session: Session, marks: Iterable[str]) -> dict[str, CitationFact]:
        """The citations by what their marks call them; unknown ones, and names that several have, are left out."""
        ids = ids_of_marks(session, sorted(marks))
        stored = citations_by_id(session, list(ids.values()))
        captures = get_captures(session, {each.number for each in stored.values()})
        return {
            mark: self._citation(stored[own], captures.get(stored[own].number))
            for mark, own in ids.items()
            if own in stored
        }

    def _citation(self, stored: StoredCitation, capture: StoredCapture | None) -> CitationFact:
        citation = stored.citation
        kept = capture.capture if capture is not None else None
        text, digest = self._text_of(kept.text_digest) if kept else (None, "")
        url = (kept.final_url or kept.url) if kept else ""
        stands = (
            text is not None
            and citation.text_digest == digest
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

    def _claims_of(self, field: Field) -> Iterator[tuple[str, ClaimFact]]:
        """The claims of the record, by id; and those that are written out in the front matter: text, claimant,
        claimant_kind, kind, appearance, site."""
        for value in field.values:
            if value in self._claims:
                yield value, self._kept(self._claims[value])
        for record in field.records:
            own = record.get("id") or record.get("text", "")
            if own:
                yield own, self._written(own, record)

    def _kept(self, stored: StoredClaim) -> ClaimFact:
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
            appearances=tuple(self._place(each) for each in claim.appearances),
        )

    def _place(self, place: ClaimAppearance) -> Appearance:
        """Where a claim was made, with the text of the very capture that it names."""
        kept = self._captures.get(place.capture) if place.capture else None
        return self._appearance(place.url) if kept is None else self._seen(place.url, kept.capture)

    def _written(self, own: str, record: Mapping[str, str]) -> ClaimFact:
        kind, said = record.get("kind", "checkable"), record.get("claimant_kind", "unclassified")
        return ClaimFact(
            id=own,
            text=record.get("text", ""),
            kind=cast(Kind, kind) if kind in get_args(Kind) else "other",
            claimant=record.get("claimant", ""),
            claimant_kind=cast(ClaimantKind, said) if said in get_args(ClaimantKind) else "unclassified",
            site=record.get("site", ""),
            appearances=tuple(self._appearance(url) for url in (record.get("appearance", ""),) if url),
        )

    def _appearance(self, url: str) -> Appearance:
        stored = self._captured_at(url)
        return Appearance(url) if stored is None else self._seen(url, stored.capture)

    def _seen(self, url: str, capture: Capture) -> Appearance:
        return Appearance(url, captured=True, text=self._text_of(capture.text_digest)[0] or "")


def _finder(session: Session, drafts: Sequence[Asked]) -> Callable[[str], StoredCapture | None]:
    """What finds the newest capture of an address. To look for one that nobody captured reads the whole list of
    captures: where many are asked for, that list is read once."""
    if sum(len(each.urls) + len(each.claims.values) for each in drafts) <= _FEW:
        return partial(captured_at, session)
    known = folded_addresses(session)

    def find(url: str) -> StoredCapture | None:
        forms = {url.strip(), *address_forms(url.strip())}
        return captured_at(session, url) if any(fold(form) in known for form in forms) else None

    return find


def _text(session: Session, desk: Desk, digest: str) -> tuple[str | None, str]:
    """A capture's text and its digest as it is now; None where its bytes are missing, which is for `verify` to say."""
    try:
        text = get_text(session, desk.config, digest)
    except (IntegrityError, UnicodeDecodeError):
        return None, ""
    return text, text_digest(text)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""

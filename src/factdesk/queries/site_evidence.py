"""The evidence behind published checks, as readers may see it: no address of a private network, no private person."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.domain.captures import Capture
from factdesk.domain.citations import Citation
from factdesk.domain.documents import Block, blocks_from
from factdesk.domain.statements import StatedAppearance, StatedCitation, StatedClaim, Statement
from factdesk.queries.balance import NAMED
from factdesk.queries.site_model import SiteAppearance, SiteCheck, SiteClaim, SiteMark, SiteQuotation, SiteSource
from factdesk.store.blobs import get_text
from factdesk.store.captures import captures_by_id
from factdesk.store.citations import citations_by_id
from factdesk.text.fragments import fragment_link

SAFE = 6
"""Words from which on a quotation is taken to stand in its source once."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the record still has of what checks rely on, by id, and the captures' ids by their seals."""

    captures: Mapping[str, Capture]
    citations: Mapping[str, Citation]
    sealed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a source and its blocks."""

    text: str
    blocks: tuple[Block, ...]


def held_of(session: Session, statements: Sequence[Statement]) -> Held:
    """What the record has of the captures and citations that these name; what was redacted is left out."""
    captures = captures_by_id(session, {each.id for said in statements for each in said.captures})
    citations = citations_by_id(session, {each.id for said in statements for each in said.citations})
    sealed = {each.seal: each.id for said in statements for each in said.captures if each.id in captures}
    return Held(
        {own: stored.capture for own, stored in captures.items()},
        {own: stored.citation for own, stored in citations.items()},
        sealed,
    )


def source_text(session: Session, config: DeskConfig, source: SiteSource) -> SourceText:
    """The text of a source. Raises `IntegrityError` where it is missing."""
    text = get_text(session, config, source.text_digest)
    layout = get_text(session, config, source.layout_digest) if source.layout_digest else ""
    return SourceText(text, blocks_from(layout) if layout else (Block(0, len(text)),))


def quotations_of(statement: Statement, held: Held) -> tuple[SiteQuotation, ...]:
    """The citations of a check, in the order in which its text uses them."""
    return tuple(_quotation(number, each, held) for number, each in enumerate(statement.citations, 1))


def claims_of(statement: Statement, held: Held) -> tuple[SiteClaim, ...]:
    """The claims of a check; of private people no name."""
    return tuple(_claim(each, held) for each in statement.claims)


def sources_of(checks: Iterable[SiteCheck], held: Held) -> dict[str, SiteSource]:
    """The captures that checks rely on, by id, each with what is quoted of it and by whom."""
    marks: dict[str, dict[str, SiteMark]] = defaultdict(dict)
    users: dict[str, dict[str, None]] = defaultdict(dict)
    for check in checks:
        for own in relied_on(check):
            users[own][check.id] = None
        for each in check.quotations:
            for number, piece in enumerate(each.pieces if each.source else ()):
                mark = SiteMark(piece.start, piece.end, each.citation)
                marks[each.source][f"{each.citation}:{number}"] = mark
    found = (source_of(own, held.captures[own], marks[own].values(), users[own]) for own in sorted(users))
    return {each.id: each for each in found}


def shown_url(url: str) -> str:
    """An address as readers may see it: empty for what is not of the web, or is of a private network."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or parts.username or parts.password or not url.isprintable():
        return ""
    try:
        return url if ipaddress.ip_address(host).is_global else ""
    except ValueError:
        return url if "." in host and not host.endswith((".local", ".localhost", ".internal")) else ""


def anchor(citation: str) -> str:
    """The place of a citation on its source's page."""
    return f"q-{citation.replace('-', '')[-12:]}"


def source_path_of(own: str) -> str:
    """The address of a source's page, without its language."""
    return f"/sources/{own.replace('-', '')[-12:]}/"


def source_of(own: str, capture: Capture, marks: Iterable[SiteMark], checks: Iterable[str]) -> SiteSource:
    """A source, of its capture, what is quoted of it, and the ids of the checks that rely on it."""
    about = capture.about
    return SiteSource(
        id=own,
        path=source_path_of(own),
        title=about.title,
        author=about.author,
        site="" if capture.private else about.site,
        language=about.language,
        url="" if capture.private else shown_url(capture.final_url or capture.url),
        captured=capture.time,
        supplied=capture.supplied,
        private=capture.private,
        digest=capture.digest,
        text_digest=capture.text_digest,
        layout_digest=capture.layout_digest,
        media_type=capture.media_type,
        extractor=f"{capture.extractor.name} {capture.extractor.version}",
        marks=tuple(sorted(marks, key=lambda each: (each.start, each.end, each.citation))),
        checks=tuple(checks),
    )


def relied_on(check: SiteCheck) -> Iterator[str]:
    """The sources that a check relies on, by id, one as often as it does."""
    yield from (each.source for each in check.quotations if each.source)
    yield from (place.source for claim in check.claims for place in claim.appearances if place.source)


def _quotation(number: int, stated: StatedCitation, held: Held) -> SiteQuotation:
    made = SiteQuotation(number, stated.mark, stated.id, "", anchor(stated.id), stated.stance, stated.quotation)
    citation = held.citations.get(stated.id)
    capture = held.captures.get(citation.capture) if citation is not None else None
    if citation is None or capture is None:
        return made
    url = "" if capture.private or capture.supplied else shown_url(capture.final_url or capture.url)
    unique = len(citation.quotation.split()) >= SAFE
    live = fragment_link(url, citation.pieces, unique=unique) if url else ""
    return replace(made, source=citation.capture, pieces=citation.pieces, live=live)


def _claim(stated: StatedClaim, held: Held) -> SiteClaim:
    named = stated.claimant_kind in NAMED
    return SiteClaim(
        id=stated.id,
        text=stated.text,
        kind=stated.kind,
        language=stated.language,
        date=stated.date,
        claimant=stated.claimant if named else "",
        claimant_same_as=stated.claimant_same_as if named else (),
        appearances=tuple(_appearance(each, held) for each in stated.appearances),
    )


def _appearance(stated: StatedAppearance, held: Held) -> SiteAppearance:
    own = held.sealed.get(stated.capture, "") if stated.capture else ""
    private = own in held.captures and held.captures[own].private
    return SiteAppearance("" if private else shown_url(stated.url), own)

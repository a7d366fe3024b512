"""What is public of a desk, out of the record, for its site. Derived: it can be made again from the record at any time.

A check is there as its newest publication has it; one whose newest publication was redacted is not. The whole site is
known by its index (`queries.site_index`); what one check's page needs is read when it is made.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.domain.checks import Publication, publication_from
from factdesk.domain.people import folded
from factdesk.domain.statements import Statement, digest_of, statement_of
from factdesk.drafts.differences import changed, differences
from factdesk.queries.heads import heads_of
from factdesk.queries.site_drafts import draft_page, unpublished
from factdesk.queries.site_evidence import Held, claims_of, held_of, quotations_of, sources_of
from factdesk.queries.site_index import (
    Index,
    Row,
    correction_of,
    entry_of,
    index_of,
    site_language,
    slug,
    slugs_of,
    twins_of,
    unreadable,
)
from factdesk.queries.site_model import KeptEntry, SiteCheck, SiteData, SiteDesk, SiteRevision, SiteSigner, SiteSource
from factdesk.queries.site_own import own_pages
from factdesk.queries.site_people import UNKNOWN, Known, known_people, people_of, signers_of
from factdesk.store.checks import Stored
from factdesk.store.events import head
from factdesk.store.fact_lists import facts_of_items
from factdesk.store.items import FactRow
from factdesk.store.scales import scale_of
from factdesk.wording import LANGUAGES

__all__ = ["Place", "checks_of", "drafts_of", "entries_of", "place_in", "places_of", "site_desk", "site_of", "slug"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a check stands on the site: how it is called there, its address, its twin, and how many letters of its
    id its address ends with."""

    id: str
    slug: str
    path: str
    twin: str


def site_desk(session: Session, config: DeskConfig, base_url: str, index: Index) -> SiteDesk:
    """The publisher. Raises `InputError` for a page of the desk's own that cannot be read."""
    signed = (pair for row in index.rows for pair in row.signed)
    return SiteDesk(
        name=config.name,
        base_url=base_url,
        languages=LANGUAGES,
        scale=scale_of(session),
        head=head(session),
        people=people_of(signed, known_people(session)),
        authors=_authors(index.rows),
        own=own_pages(config.folder, LANGUAGES),
        heads=heads_of(session),
    )


def places_of(index: Index) -> dict[str, Place]:
    """Where each check stands."""
    slugs, twins = slugs_of(index.rows), twins_of(index.rows)
    return {
        row.id: Place(row.id, slugs[row.id], place_in(row, slugs[row.id]), twins.get(row.id, "")) for row in index.rows
    }


def place_in(row: Row, slug: str) -> str:
    """The address of a check's page."""
    return f"/{row.language}/checks/{slug}/"


def entries_of(index: Index, places: Mapping[str, Place]) -> dict[str, KeptEntry]:
    """What lists show of each check, by id, those that were published last first."""
    return {row.id: entry_of(row, places[row.id].path, places[row.id].twin) for row in reversed(index.rows)}


def site_of(session: Session, config: DeskConfig, base_url: str, *wanted: str) -> tuple[SiteData, dict[str, SiteCheck]]:
    """A site, and some checks of it whole, by id; those that are not published are left out. Its sources are those of
    these checks. Raises `IntegrityError` for a publication that cannot be read, `InputError` as `site_desk` does."""
    index = index_of(session)
    places = places_of(index)
    chosen = [places[own] for own in wanted if own in places]
    checks, sources = checks_of(session, chosen, known_people(session))
    desk = site_desk(session, config, base_url, index)
    return SiteData(desk, entries_of(index, places), sources), checks


def checks_of(
    session: Session, places: Sequence[Place], known: Known
) -> tuple[dict[str, SiteCheck], dict[str, SiteSource]]:
    """Checks whole, by id, and the sources that they rely on, each as these checks alone use it. Raises
    `IntegrityError` for a publication that cannot be read."""
    public = {each.check: each for each in _published(session, [place.id for place in places])}
    signers = signers_of(session, [stored for each in public.values() for stored in each.kept], known)
    held = held_of(session, [each.said[-1] for each in public.values()])
    checks = {place.id: _check(public[place.id], place, held, signers) for place in places if place.id in public}
    return checks, sources_of(checks.values(), held)


def drafts_of(
    session: Session, config: DeskConfig, index: Index
) -> tuple[tuple[SiteCheck, ...], dict[str, SiteSource]]:
    """What is not published yet, as its pages would be, with the sources; for the desk's own eyes."""
    revisions = {check: said.revision for check, said in _newest(session, [row.id for row in index.rows])}
    begun = list(unpublished(session, config, revisions))
    held = held_of(session, [said for _, said in begun])
    waiting = tuple(draft_page(each, held, site_language(each[1].language)) for each in begun)
    return waiting, sources_of(waiting, held)


@dataclass(frozen=True, slots=True)
class _Public:
    """The publications of one check that are kept, oldest first, each with what it says."""

    check: str
    kept: tuple[Stored[Publication], ...]
    said: tuple[Statement, ...]


def _published(session: Session, checks: Collection[str]) -> Iterator[_Public]:
    for check, facts in groupby(facts_of_items(session, checks, "publication"), key=lambda fact: fact.item):
        kept = tuple(_stored(fact) for fact in facts if fact.content is not None)
        yield _Public(check, kept, tuple(_said(check, each.fact) for each in kept))


def _newest(session: Session, checks: Collection[str]) -> Iterator[tuple[str, Statement]]:
    for public in _published(session, checks):
        yield public.check, public.said[-1]


def _check(public: _Public, place: Place, held: Held, signers: Mapping[str, SiteSigner]) -> SiteCheck:
    newest, statement = public.kept[-1], public.said[-1]
    return SiteCheck(
        id=public.check,
        slug=place.slug,
        language=site_language(statement.language),
        path=place.path,
        number=newest.fact.number,
        publication=newest.id,
        seq=newest.seq,
        statement=statement,
        published=public.kept[0].fact.time,
        changed=newest.fact.time,
        signer=signers.get(newest.fact.signoff, UNKNOWN),
        claims=claims_of(statement, held),
        quotations=quotations_of(statement, held),
        revisions=tuple(_revisions(public, signers)),
        corrections=tuple(correction_of(each.what, each.severity, each.time) for each in statement.corrections),
        twin=place.twin,
    )


def _revisions(public: _Public, signers: Mapping[str, SiteSigner]) -> Iterator[SiteRevision]:
    before: Statement | None = None
    for stored, said in zip(public.kept, public.said, strict=True):
        changes = changed(differences(before.source, said.source)) if before is not None else ()
        fact = stored.fact
        signer = signers.get(fact.signoff, UNKNOWN)
        yield SiteRevision(fact.number, fact.time, said.act, digest_of(fact.statement), signer, changes)
        before = said


def _authors(rows: Iterable[Row]) -> tuple[str, ...]:
    """Those who are named as authors, each once, however they were written."""
    names: Mapping[str, str] = {folded(name): name for row in rows for name in row.authors}
    return tuple(names[key] for key in sorted(names))


def _stored(row: FactRow) -> Stored[Publication]:
    content = row.content or ""
    return Stored(row.id, row.seq, content, publication_from(json.loads(content)))


def _said(check: str, publication: Publication) -> Statement:
    try:
        return statement_of(publication.statement)
    except ValueError as error:
        raise unreadable(check) from error

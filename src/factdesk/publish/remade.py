"""A check's page made again out of its bundle, on a reader's machine, as the site's own would make it.

What a bundle does not hold stays out or is left empty: the name that a signer is shown by, earlier versions, the
scale's other steps, the check's twin.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from factdesk.capture.wacz_manifest import Manifest, capture_of, citation_of, publication_of, signoff_of
from factdesk.domain.checks import SEVERITIES, Publication
from factdesk.domain.keys import fingerprint
from factdesk.domain.scales import DEFAULT
from factdesk.domain.statements import Statement, statement_of
from factdesk.publish.check_page import check_page
from factdesk.publish.machine import machine_paths
from factdesk.publish.model import (
    SiteBundle,
    SiteCheck,
    SiteCorrection,
    SiteData,
    SiteDesk,
    SiteRevision,
    SiteSigner,
    SiteSource,
)
from factdesk.publish.pdf import pdf_path
from factdesk.publish.render import Page, Renderer
from factdesk.publish.site_cards import FOLDER
from factdesk.publish.source_page import source_page
from factdesk.queries.site_evidence import Held, SourceText, claims_of, quotations_of, sources_of
from factdesk.wording import LANGUAGES


@dataclass(frozen=True, slots=True)
class Listed:
    """A check as the list of a site has it."""

    id: str
    page: str
    language: str
    act: str
    number: int
    published: datetime
    changed: datetime
    statement: str
    signer: str
    bundle: SiteBundle | None


@dataclass(frozen=True, slots=True)
class Signed:
    """What a bundle holds of its check: the publication, what it says, and the fingerprint of who signed it."""

    publication: Publication
    id: str
    seq: int
    statement: Statement
    signer: str


def signed_in(manifest: Manifest, check: str) -> Signed | None:
    """The newest publication of a check that a bundle holds; None for none that can be read."""
    found = [(publication_of(fact.content), fact) for fact in manifest.publications]
    mine = sorted((each for each in found if each[0].check == check), key=lambda each: each[0].number)
    signoffs = {fact.id: signoff_of(fact.content) for fact in manifest.signoffs}
    if not mine or mine[-1][0].signoff not in signoffs:
        return None
    publication, fact = mine[-1]
    try:
        statement = statement_of(publication.statement)
        signer = fingerprint(signoffs[publication.signoff].public)
    except ValueError:
        return None
    return Signed(publication, fact.id, fact.seq, statement, signer)


def remade(manifest: Manifest, signed: Signed, listed: Listed, desk: SiteDesk) -> tuple[SiteData, SiteCheck]:
    """The check as its site has it, out of its bundle."""
    said, held = signed.statement, _held(manifest, signed.statement)
    signer = SiteSigner("", signed.signer)
    number, changed = signed.publication.number, signed.publication.time
    check = SiteCheck(
        id=said.check,
        slug=listed.page.rstrip("/").rsplit("/", 1)[-1],
        language=listed.language,
        path=listed.page,
        number=number,
        publication=signed.id,
        seq=signed.seq,
        statement=said,
        published=listed.published if number > 1 else changed,
        changed=changed,
        signer=signer,
        claims=claims_of(said, held),
        quotations=quotations_of(said, held),
        revisions=(SiteRevision(number, changed, said.act, said.digest, signer),),
        corrections=tuple(_correction(each.what, each.severity, each.time) for each in said.corrections),
        bundle=listed.bundle,
    )
    return SiteData(desk, {check.id: check}, sources_of([check], held)), check


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes pages of a site again. `same` says whether the site was made by this version of factdesk: the words
    around what was signed are another one's otherwise."""

    desk: SiteDesk
    renderer: Renderer
    same: bool = True


def maker_of(desk: SiteDesk, *, same: bool = True) -> Maker:
    """A maker for a site that has everything that pages lead to."""
    more = frozenset(f"{language}/balance.svg" for language in desk.languages)
    return Maker(desk, Renderer(desk, machine_paths(desk) | more), same)


def desk_of(name: str, base_url: str) -> SiteDesk:
    """A desk as far as its pages need to know it."""
    return SiteDesk(name, base_url, LANGUAGES, DEFAULT, (0, ""))


def our_page(site: SiteData, check: SiteCheck, maker: Maker | None = None, *, pdf: bool = False) -> tuple[Page, bytes]:
    """The page of a check as our own template makes it; with `pdf`, on a site that has the check for paper too."""
    page, maker = check_page(site, check), maker or maker_of(site.desk)
    more = {card_path(check), *([pdf_path(check.path)] if pdf else ())}
    return page, Renderer(site.desk, maker.renderer.files | more).render(page)


def card_path(check: SiteCheck) -> str:
    """Where the card of a check stands, from the site."""
    return f"{FOLDER}/{check.slug}.png"


def our_source(maker: Maker, source: SiteSource, text: SourceText, language: str) -> tuple[Page, bytes]:
    """The page of a source as our own template makes it, without the checks that rely on it."""
    page = source_page(SiteData(maker.desk, {}, {}), source, text, language)
    return page, maker.renderer.render(page)


def _held(manifest: Manifest, said: Statement) -> Held:
    captures = {fact.id: capture_of(fact.content) for fact in manifest.captures}
    citations = {fact.id: citation_of(fact.content) for fact in manifest.citations}
    return Held(captures, citations, {each.seal: each.id for each in said.captures if each.id in captures})


def _correction(what: str, severity: str, time: str) -> SiteCorrection:
    known = next((each for each in SEVERITIES if each == severity), SEVERITIES[0])
    return SiteCorrection(what, known, datetime.fromisoformat(time))

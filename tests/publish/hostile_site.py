"""A site that has one text in every field that reaches a page, as far as the record lets it through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from tests.publish.plain_site import START, check, claim, desk, statement, whole

from factdesk.domain.checks import SEVERITIES
from factdesk.domain.citations import Piece
from factdesk.domain.documents import Block
from factdesk.domain.scales import Scale, Step
from factdesk.domain.statements import StatedCorrection, StatedRating, StatedWaiver
from factdesk.drafts.differences import differences
from factdesk.publish.check_page import check_page
from factdesk.publish.machine import machine_paths
from factdesk.publish.pages import OWN, pages
from factdesk.publish.render import Page, Renderer
from factdesk.publish.source_page import source_page
from factdesk.queries.site_evidence import SourceText, shown_url
from factdesk.queries.site_model import (
    SiteCorrection,
    SiteData,
    SiteKey,
    SiteMark,
    SitePerson,
    SiteQuotation,
    SiteRevision,
    SiteSigner,
    SiteSource,
)
from factdesk.text.fragments import fragment_link

SOURCE = "s" * 12


def site_of(text: str) -> SiteData:
    """Two checks, one of them withdrawn, and a source."""
    url = shown_url(text)
    piece = Piece(text, text, text, 0, len(text))
    quotation = SiteQuotation(
        1, "mark", "citation", SOURCE, "q-1", "refutes", text, (piece,), fragment_link(url, [piece])
    )
    said = statement(
        title=text, summary=text, authors=(text, text[::-1]), topics=(text,), desk=text, why=text,
        claims=(claim(text=text, claimant=text, date=text, language=text, claimant_same_as=(text,)),),
        rating=StatedRating("false", 1, 1, 2, text, text), waivers=(StatedWaiver("FD201", text),),
        corrections=(StatedCorrection(text, "minor", START.isoformat()),),
        source=f"---\ntitle: x\n---\n{text}\n\nIt says “{text}”[^cite:mark] and {text}\n\n> {text}\n\n- {text}\n",
    )  # fmt: skip
    signer = SiteSigner(text, "ab" * 32, START)
    changes = differences(f"---\ntitle: {text[:5]!r}\n---\nold {text}\n", f"---\ntitle: 'n'\n---\nnew {text} {text}\n")
    corrections = tuple(SiteCorrection(text, each, START) for each in SEVERITIES)
    common = {"signer": signer, "quotations": (quotation,), "corrections": corrections}
    first = check(1, said=said, **common)
    revisions = (*first.revisions, SiteRevision(2, START + timedelta(1), "correct", said.digest, signer, changes))
    first = replace(first, revisions=revisions, number=2)
    second = check(2, said=replace(said, act="withdraw", language="vi"), **common)
    source = SiteSource(
        id=SOURCE, path="/sources/ssssssssssss/", title=text, author=text, site=text, language=text, url=url,
        captured=START, supplied=True, private=False, digest=text, text_digest="", layout_digest="", media_type=text,
        extractor=text, marks=(SiteMark(0, 5, "citation"), SiteMark(2, len(text), "other")),
        checks=(first.id, second.id),
    )  # fmt: skip
    names = {"en": text, "vi": text}
    publisher = desk(
        name=text,
        authors=(text,),
        scale=Scale((Step("false", 1, names, names), Step("true", 2, names, names))),
        people=(SitePerson(text, (SiteKey("ab" * 32, START, START, "compromised"),)),),
        own={(name, language): text for name in (*OWN, "corrections") for language in ("en", "vi")},
    )
    return SiteData(publisher, {first.id: first, second.id: second}, {SOURCE: source})


def rendered(text: str) -> Iterator[tuple[Page, bytes]]:
    """Every page of that site."""
    site = site_of(text)
    renderer = Renderer(site.desk, machine_paths(site.desk))
    source = SourceText(text * 3, (Block(0, len(text)), Block(len(text), 3 * len(text), "heading")))
    checks = [check_page(site, each) for each in whole(site)]
    sources = [source_page(site, each, source, "en") for each in site.sources.values()]
    for page in (*pages(site), *checks, *sources):
        yield page, renderer.render(page)

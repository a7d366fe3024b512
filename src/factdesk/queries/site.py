"""What is public of a desk, out of the record, for its site. Derived: it can be made again from the record at any time.

A check is there as its newest publication has it; one whose newest publication was redacted is not.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.domain.checks import SEVERITIES, Publication, publication_from
from factdesk.domain.people import folded
from factdesk.domain.statements import StatedCorrection, Statement, statement_of
from factdesk.drafts.differences import changed, differences
from factdesk.errors import IntegrityError
from factdesk.queries.site_drafts import draft_page, unpublished
from factdesk.queries.site_evidence import Held, claims_of, held_of, quotations_of, sources_of
from factdesk.queries.site_model import SiteCheck, SiteCorrection, SiteData, SiteDesk, SiteRevision
from factdesk.queries.site_own import own_pages
from factdesk.queries.site_people import Signers, signers_of
from factdesk.store.checks import Stored
from factdesk.store.events import head
from factdesk.store.items import FactRow, all_facts
from factdesk.store.scales import scale_of
from factdesk.text.fold import fold
from factdesk.wording import LANGUAGES

SLUG = 60
"""Letters of a title that an address has at most."""
SHORT, LONG = 6, 12
"""Letters of a check's id behind it; the longer where somebody else has the shorter."""

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Public:
    """The publications of one check that are kept, oldest first, each with what it says."""

    check: str
    kept: tuple[Stored[Publication], ...]
    said: tuple[Statement, ...]


def site_data(session: Session, config: DeskConfig, base_url: str, *, drafts: bool = False) -> SiteData:
    """Everything that the site shows, from the moment that the session sees; and, for the desk's own eyes, its drafts.

    Raises `IntegrityError` for a publication that cannot be read, `InputError` for a page of the desk's own that
    cannot.
    """
    public = sorted(published(session), key=lambda each: each.kept[0].seq)
    revisions = {each.check: each.said[-1].revision for each in public}
    begun = list(unpublished(session, config, revisions)) if drafts else []
    held = held_of(session, [*(each.said[-1] for each in public), *(said for _, said in begun)])
    signers = signers_of(session, [stored for each in public for stored in each.kept])
    slugs = slugs_of(public)
    checks = {each.check: _check(each, slugs[each.check], held, signers) for each in public}
    twins = twins_of(checks.values())
    newest = sorted(checks.values(), key=lambda each: (each.changed, each.id), reverse=True)
    checks = {each.id: replace(each, twin=twins.get(each.id, "")) for each in newest}
    desk = SiteDesk(
        name=config.name,
        base_url=base_url,
        languages=LANGUAGES,
        scale=scale_of(session),
        head=head(session),
        people=signers.people,
        authors=_authors(public),
        own=own_pages(config.folder, LANGUAGES),
    )
    waiting = tuple(draft_page(each, held, site_language(each[1].language)) for each in begun)
    return SiteData(desk, checks, sources_of([*checks.values(), *waiting], held), waiting)


def published(session: Session) -> Iterator[Public]:
    """Every check whose newest publication is kept."""
    for check, facts in groupby(all_facts(session, "publication"), key=lambda fact: fact.item):
        rows = list(facts)
        if rows[-1].content is not None:
            kept = tuple(_stored(row) for row in rows if row.content is not None)
            yield Public(check, kept, tuple(_said(check, each.fact) for each in kept))


def site_language(code: str) -> str:
    """The language of the site in which a check's page stands."""
    main = code.partition("-")[0].lower()
    return main if main in LANGUAGES else "en"


def slugs_of(public: Sequence[Public]) -> dict[str, str]:
    """How the checks are called in addresses: by what they were called first, so that it never changes. Who came first
    has the short one."""
    taken: set[tuple[str, str]] = set()
    slugs = {}
    for each in public:
        language = site_language(each.said[-1].language)
        letters = each.check.replace("-", "")
        made = slug(each.said[0].title, letters[-SHORT:])
        if (language, made) in taken:
            made = slug(each.said[0].title, letters[-LONG:])
        taken.add((language, made))
        slugs[each.check] = made
    return slugs


def slug(title: str, ending: str = "") -> str:
    """A title as a part of an address: words without marks, whole ones, and the ending behind them."""
    words = _WORD.findall(fold(title))
    while words and len("-".join(words)) > SLUG:
        words = words[:-1] if len(words) > 1 else [words[0][:SLUG]]
    return "-".join([*words, ending] if ending else words)


def twins_of(checks: Iterable[SiteCheck]) -> dict[str, str]:
    """The check in another language on a claim that both are about; of several the one that came first."""
    by_claim: dict[str, list[SiteCheck]] = defaultdict(list)
    found = sorted(checks, key=lambda each: (each.published, each.id))
    for check in found:
        for claim in check.claims:
            by_claim[claim.id].append(check)
    twins = {}
    for check in found:
        others = [each for claim in check.claims for each in by_claim[claim.id] if each.language != check.language]
        if others:
            twins[check.id] = others[0].id
    return twins


def _check(public: Public, own_slug: str, held: Held, signers: Signers) -> SiteCheck:
    newest, statement = public.kept[-1], public.said[-1]
    language = site_language(statement.language)
    return SiteCheck(
        id=public.check,
        slug=own_slug,
        language=language,
        path=f"/{language}/checks/{own_slug}/",
        number=newest.fact.number,
        publication=newest.id,
        seq=newest.seq,
        statement=statement,
        published=public.kept[0].fact.time,
        changed=newest.fact.time,
        signer=signers.of(newest.fact.signoff),
        claims=claims_of(statement, held),
        quotations=quotations_of(statement, held),
        revisions=tuple(_revisions(public, signers)),
        corrections=tuple(_correction(each) for each in statement.corrections),
    )


def _revisions(public: Public, signers: Signers) -> Iterator[SiteRevision]:
    before: Statement | None = None
    for stored, said in zip(public.kept, public.said, strict=True):
        changes = changed(differences(before.source, said.source)) if before is not None else ()
        fact = stored.fact
        yield SiteRevision(fact.number, fact.time, said.act, said.digest, signers.of(fact.signoff), changes)
        before = said


def _correction(stated: StatedCorrection) -> SiteCorrection:
    severity = next((each for each in SEVERITIES if each == stated.severity), SEVERITIES[0])
    return SiteCorrection(stated.what, severity, datetime.fromisoformat(stated.time))


def _authors(public: Sequence[Public]) -> tuple[str, ...]:
    """Those who are named as authors, each once, however they were written."""
    names: Mapping[str, str] = {folded(name): name for each in public for name in each.said[-1].authors}
    return tuple(names[key] for key in sorted(names))


def _stored(row: FactRow) -> Stored[Publication]:
    content = row.content or ""
    return Stored(row.id, row.seq, content, publication_from(json.loads(content)))


def _said(check: str, publication: Publication) -> Statement:
    try:
        return statement_of(publication.statement)
    except ValueError as error:
        raise IntegrityError(
            "What was published of the check {id} cannot be read.", remedy="Run: factdesk audit", id=check
        ) from error

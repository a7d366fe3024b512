"""Making the pages of checks and sources, with their files: what one process does of a build, for some at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from factdesk.errors import IntegrityError
from factdesk.publish import datafeed
from factdesk.publish.check_page import check_page
from factdesk.publish.links import outline
from factdesk.publish.machine import listed
from factdesk.publish.put_file import put_file
from factdesk.publish.render import Page, Renderer
from factdesk.publish.site_cards import Card, put_card
from factdesk.publish.site_search import terms_of
from factdesk.publish.source_page import source_page
from factdesk.publish.source_pictures import put_picture
from factdesk.publish.state import Made, Put, Told, Use
from factdesk.queries.site import Place, checks_of
from factdesk.queries.site_bundles import BundleOf, PutBundle, put_bundles
from factdesk.queries.site_evidence import source_of, source_path_of, source_text
from factdesk.queries.site_model import SiteCheck, SiteData, SiteDesk, SiteEntry, SiteMark, SiteSource
from factdesk.queries.site_people import Known, known_people
from factdesk.queries.site_pictures import Original, originals_of
from factdesk.store.captures import captures_by_id
from factdesk.store.record import Record


@dataclass(frozen=True, slots=True)
class Ground:
    """What all pages of a build stand on: the publisher, the files that the site has besides those of single checks,
    the desk's own templates, where everything is put, and the site as it stands. `cards`, `pdf`: whether
    each check has a card, and a sheet to print."""

    desk: SiteDesk
    files: frozenset[str]
    templates: Path
    folder: Path
    site: Path
    cards: bool
    drafts: bool
    pdf: bool = False


@dataclass(frozen=True, slots=True)
class CheckTask:
    """A check to make: where it stands, what its page is made of, its twin, and what was made of it before, if
    that is as it was left."""

    place: Place
    key: str
    number: int
    seq: int
    twin: SiteEntry | None
    had: Made | None = None


@dataclass(frozen=True, slots=True)
class SourceTask:
    """A source to make: which checks rely on it, and what they quote of it."""

    id: str
    key: str
    checks: tuple[SiteEntry, ...]
    marks: tuple[SiteMark, ...]

    @property
    def path(self) -> str:
        """The address of its page, without its language."""
        return source_path_of(self.id)


@dataclass(frozen=True, slots=True)
class CheckDone:
    """A check that was made."""

    id: str
    path: str
    put: Put
    made: Made
    told: Told


class Maker:
    """Makes pages out of one moment of the record, and puts them into a folder."""

    def __init__(self, record: Record, session: Session, ground: Ground) -> None:
        self.record = record
        self.session = session
        self.ground = ground
        self.renderer = Renderer(ground.desk, ground.files, ground.templates, drafts=ground.drafts)
        self._known: Known | None = None

    def checks(self, tasks: Sequence[CheckTask]) -> list[CheckDone]:
        """Make checks. Raises what reading and rendering them raises."""
        if self._known is None:
            self._known = known_people(self.session)
        places = [task.place for task in tasks]
        checks, sources = checks_of(self.session, places, self._known)
        asked = [BundleOf(task.place.id, task.place.slug, task.number, task.seq) for task in tasks]
        had = {
            task.place.id: PutBundle(task.had.bundle, task.had.sealed)
            for task in tasks
            if task.had is not None and task.had.bundle is not None
        }
        bundles = put_bundles(self.record, self.session, asked, self.ground.folder, had, self.ground.site)
        twins = {task.twin.id: task.twin for task in tasks if task.twin is not None}
        site = SiteData(self.ground.desk, twins, sources)
        found = ((task, checks[task.place.id], bundles.get(task.place.id)) for task in tasks if task.place.id in checks)
        return [self._check(site, *each) for each in found]

    def sources(self, tasks: Sequence[SourceTask]) -> list[tuple[str, Put]]:
        """Make sources' pages in every language: their paths."""
        held = captures_by_id(self.session, [task.id for task in tasks])
        checks = {each.id: each for task in tasks for each in task.checks}
        sources = [source_of(task.id, held[task.id].capture, task.marks, [c.id for c in task.checks]) for task in tasks]
        site = SiteData(self.ground.desk, checks, {each.id: each for each in sources})
        originals = originals_of(self.session, sources)
        made = zip(tasks, sources, strict=True)
        return [put for task, source in made for put in self._source(site, task, source, originals.get(source.id))]

    def put(self, page: Page, key: str) -> Put:
        """Write a page. Raises `IntegrityError` for one that is none."""
        return self._written(page, self.renderer.render(page), key)

    def _written(self, page: Page, data: bytes, key: str, files: tuple[str, ...] = ()) -> Put:
        put_file(self.ground.folder, page.file, data)
        try:
            return Put(key, outline(page, data, self.ground.desk.base_url), files)
        except ValueError as error:
            raise IntegrityError("The page {page} cannot be used: {why}.", page=page.path, why=str(error)) from error

    def _check(self, site: SiteData, task: CheckTask, found: SiteCheck, bundle: PutBundle | None) -> CheckDone:
        ground, check = self.ground, replace(found, bundle=bundle.bundle if bundle is not None else None)
        card = Card("", "")
        if ground.cards:
            had = task.had.card if task.had is not None else ""
            card = put_card(ground.desk, check, ground.folder, had, ground.site)
        page = replace(check_page(site, check), files=frozenset(filter(None, [card.path])))
        put, sheet = self._check_page(page, task.key)
        own = (check.bundle.path[1:] if check.bundle is not None else "", card.path, sheet)
        sealed = bundle.key if bundle is not None else ""
        made = Made(task.key, tuple(filter(None, own)), check.bundle, sealed, card.key, tuple(_uses(check, site)))
        told = Told(datafeed.entry(ground.desk, check), listed(check), terms_of(check, page.context["body"]))
        return CheckDone(check.id, check.path, put, made, told)

    def _check_page(self, page: Page, key: str) -> tuple[Put, str]:
        """Write the page of a check, and the sheet to print beside it: its path, empty for none."""
        ground = self.ground
        if ground.pdf:
            from factdesk.publish.pdf import pdf_path, put_pdf

            with_sheet = replace(page, files=page.files | {pdf_path(page.path)})
            data = self.renderer.render(with_sheet)
            cache = self.record.config.cache_dir
            sheet = put_pdf(data, page.path, ground.desk.base_url, ground.folder, cache)
            if sheet:
                return self._written(with_sheet, data, key), sheet
        return self.put(page, key), ""

    def _source(
        self, site: SiteData, task: SourceTask, source: SiteSource, original: Original | None
    ) -> Iterator[tuple[str, Put]]:
        config = self.record.config
        text = source_text(self.session, config, source)
        picture = None
        if original is not None:
            picture = put_picture(self.session, config, original, self.ground.folder, config.cache_dir)
        files = (picture.path[1:],) if picture is not None else ()
        for language in self.ground.desk.languages:
            page = source_page(site, source, text, language, picture)
            yield page.path, self._written(page, self.renderer.render(page), task.key, files)


def _uses(check: SiteCheck, site: SiteData) -> Iterator[Use]:
    marks: dict[str, list[tuple[int, int, str]]] = {}
    for claim in check.claims:
        marks |= {place.source: [] for place in claim.appearances if place.source}
    for each in check.quotations:
        if each.source:
            mine = marks.setdefault(each.source, [])
            mine += [(piece.start, piece.end, each.citation) for piece in each.pieces]
    known = ((site.sources[own], mine) for own, mine in marks.items() if own in site.sources)
    yield from (Use(source.id, source.private, tuple(mine)) for source, mine in known)

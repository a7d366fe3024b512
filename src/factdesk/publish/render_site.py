"""Making a whole site into a folder: what changed since it was built last, and of the rest what is known of it."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from sqlalchemy.orm import Session

from factdesk.errors import IntegrityError
from factdesk.interchange.trust_file import load_trust
from factdesk.lint.work import ALLOCATED
from factdesk.publish.balance_page import pictures
from factdesk.publish.crew import Crew, crew
from factdesk.publish.ground import code_of, ground_of, page_key
from factdesk.publish.links import dead_links
from factdesk.publish.machine import machine_files, machine_paths
from factdesk.publish.maker import CheckDone, Ground, Maker, SourceTask
from factdesk.publish.pages import pages
from factdesk.publish.planned import check_tasks, source_tasks
from factdesk.publish.put_file import put_file
from factdesk.publish.render import Page
from factdesk.publish.search_index import index_path
from factdesk.publish.site_search import MANY, changed_index, doc_of, is_search, whole_index
from factdesk.publish.sitemap import Page as Listed
from factdesk.publish.spare import scan
from factdesk.publish.state import After, Before, LostError, Made, Put, Stamp, State
from factdesk.queries.balance import report
from factdesk.queries.desk import Desk
from factdesk.queries.site import drafts_of, entries_of, place_in, places_of, site_desk
from factdesk.queries.site_index import Index, Row, entry_of, index_of
from factdesk.queries.site_model import KeptEntry, SiteData
from factdesk.store.fact_lists import attached_since, only_added_since

UNLISTED = ("source.html", "missing.html", "chooser.html")
"""Pages that are not put forward to be found: of a source it is its own page that should be."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How a site is built: its address, with drafts or without, everything anew or not, with sheets to print
    (`pdf`) or without; `progress` is told how many
    of how many pages are made."""

    url: str
    drafts: bool = False
    anew: bool = False
    pdf: bool = False
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A site as it was rendered. `files` are all that it has, `fresh` those that were made for it; `anew`: all were.
    `new` counts the pages that were made."""

    pages: int
    checks: int
    new: int
    anew: bool
    files: frozenset[str]
    fresh: frozenset[str]
    unbundled: tuple[str, ...]
    private: tuple[str, ...]
    state: After
    old_pages: frozenset[str]
    old_checks: frozenset[str]

    def after(self, stamps: Mapping[str, Stamp], gone: tuple[str, ...]) -> After:
        """What is to be kept of it, with how its files were left, and which are gone."""
        kept = self.state
        return After(
            kept.code, kept.ground, kept.head, kept.anew, kept.checks, kept.told, kept.pages, stamps,
            tuple(self.old_checks), tuple(self.old_pages), gone,
        )  # fmt: skip


def render_site(
    desk: Desk, fresh: Path, site: Path, options: Options, state: State, stands: Mapping[str, Stamp]
) -> Rendered:
    """Render what changed since the state was kept into the folder `fresh`; `stands` are the files that the `site` has
    now. Raises what `build` does."""
    with desk.record.read() as session, ExitStack() as stack, _few_collections():
        work = _Work(desk, session, fresh, site, options, state, stands)
        work.crew = stack.enter_context(crew(work.maker))
        return work.done()


class _Work:
    """One build, step by step."""

    crew: Crew

    def __init__(
        self,
        desk: Desk,
        session: Session,
        fresh: Path,
        site: Path,
        options: Options,
        state: State,
        stands: Mapping[str, Stamp],
    ) -> None:
        self.desk, self.session, self.options, self.state = desk, session, options, state
        self.fresh, self.target = fresh, site
        self.before = _before(state, session, anew=options.anew or not stands)
        self.index: Index = index_of(session, self.before.rows)
        self.places = places_of(self.index)
        self.publisher = site_desk(session, desk.config, options.url, self.index)
        self.trust = load_trust(desk.config.folder)
        self.site = self._site()
        more = (options.drafts, bool(self.site.drafts), _sheets(options))
        self.ground = ground_of(self.publisher, self.own, self.trust, more)
        self.touched = {path for path, stamp in self.before.files.items() if stands.get(path) != stamp}
        self.had = self.before.made
        if self.before.ground != self.ground:
            self.before = Before()
        self.anew = not self.before.files
        self.balance = report(session, self.index.counted())
        self.drawn = dict(pictures(self.site, self.balance))
        known = machine_paths(self.publisher, self.trust) | self.drawn.keys()
        known |= {index_path(each) for each in self.publisher.languages}
        # Nobody passes on what is for the desk's own eyes.
        ground = Ground(
            self.publisher,
            known,
            self.own / "templates",
            fresh,
            site,
            not options.drafts,
            bool(self.site.drafts),
            options.pdf,
        )
        self.maker = Maker(desk.record, session, ground)
        self.put: dict[str, Put] = {}
        self.search: set[str] = set()
        self.pages: dict[str, str] = {}
        """The file of every page, by its path."""

    @property
    def own(self) -> Path:
        """Where the desk's own pages, templates and styles are."""
        return self.desk.config.folder / "site"

    def done(self) -> Rendered:
        """Make everything."""
        _put_static(self.fresh, self.own / "static")
        attached = attached_since(self.session, self.before.head[0]) if self.before.files else set()
        kept, tasks = check_tasks(
            self.index, self.places, self.site.checks, self.session, self.before, self.touched, attached, self.had
        )
        begun = self.crew.checks(tasks)
        listed = list(self._standing())
        made = {own: self.before.made[own] for own in kept}
        told = {own: each for own, each in self.state.told().items() if own in made} if made else {}
        if len(told) < len(made):
            raise LostError("told")
        done = list(self._checks(begun, len(tasks)))
        made |= {each.id: each.made for each in done}
        told |= {each.id: (each.told.entry, each.told.listed) for each in done}
        self._sources(made, attached)
        listed += [self._listed(own) for own in self.places]
        for path, data in self._files(told, listed).items():
            put_file(self.fresh, path, data)
        self._search({each.id: each.told.terms for each in done})
        return self._rendered(made, done)

    def _site(self) -> SiteData:
        checks = entries_of(self.index, self.places)
        if not self.options.drafts:
            return SiteData(self.publisher, checks, {})
        waiting, sources = drafts_of(self.session, self.desk.config, self.index)
        return SiteData(self.publisher, checks, sources, waiting)

    def _standing(self) -> Iterator[Listed]:
        """The pages that are neither a check's nor a source's."""
        for page in pages(self.site, self.balance):
            self._page(page, page_key(page, self.publisher))
            if page.template not in UNLISTED:
                yield Listed(page.path, None, dict(page.twins) if len(page.twins) > 1 else {})

    def _page(self, page: Page, key: str) -> None:
        self.pages[page.path] = page.file
        if not key or self.before.pages.get(page.path) != (page.file, key) or page.file in self.touched:
            self.put[page.path] = self.maker.put(page, key)

    def _checks(self, begun: Iterator[CheckDone], count: int) -> Iterator[CheckDone]:
        for number, each in enumerate(begun, 1):
            self.put[each.path] = each.put
            yield each
            if self.options.progress is not None:
                self.options.progress(number, count)

    def _sources(self, made: Mapping[str, Made], attached: Collection[str]) -> None:
        """Make the pages of sources. In a preview those of drafts too."""
        tasks = source_tasks(self.site, made, self.before, self.touched, attached)
        self.pages |= {path: f"{path[1:]}index.html" for task, _ in tasks for path in self._paths(task)}
        self.put |= dict(self.crew.sources([task for task, is_new in tasks if is_new]))

    def _paths(self, task: SourceTask) -> Iterator[str]:
        yield from (f"/{language}{task.path}" for language in self.publisher.languages)

    def _listed(self, own: str) -> Listed:
        place, check = self.places[own], self.site.checks[own]
        self.pages[place.path] = f"{place.path[1:]}index.html"
        twin = self.site.checks.get(place.twin)
        twins = {check.language: place.path, twin.language: twin.path} if twin is not None else {}
        return Listed(place.path, check.changed, twins)

    def _files(self, told: Mapping[str, tuple[str, str]], listed: list[Listed]) -> dict[str, bytes]:
        """Every file for programs, and pictures of the balance."""
        return machine_files(self.site, told, listed, self.trust) | self.drawn

    def _search(self, new: Mapping[str, str]) -> None:
        """Make the files of the search index; `new` are the words of checks that were made."""
        numbers = {row.id: number for number, row in enumerate(self.index.rows)}
        standing = {path for path in self.before.files if is_search(path)}
        if not standing or standing & self.touched or len(new) > MANY:
            terms = {**(self.state.terms() if len(new) < len(numbers) else {}), **new}
            if not terms.keys() >= numbers.keys():
                raise LostError("terms")
            docs = (doc_of(numbers[own], self.site.checks[own], terms[own]) for own in numbers)
            made: Mapping[str, bytes | None] = whole_index(docs, self.publisher.languages)
            standing = set()
        else:
            known = self.state.terms(new)
            if known.keys() != new.keys() & self.before.rows.keys():
                raise LostError("terms")
            rows = ((own, self.before.rows[own]) for own in known)
            old = {numbers[own]: doc_of(numbers[own], self._entry(row), known[own]) for own, row in rows}
            after = {numbers[own]: doc_of(numbers[own], self.site.checks[own], terms) for own, terms in new.items()}
            made = changed_index(self.target, old, after)
        for path, data in made.items():
            if data is not None:
                put_file(self.fresh, path, data)
        self.search = {path for path in {*standing, *made} if made.get(path, b"") is not None}

    def _entry(self, row: Row) -> KeptEntry:
        """What lists showed of a check before."""
        place = place_in(row, self.places[row.id].slug)
        return entry_of(row, place, "")

    def _rendered(self, made: Mapping[str, Made], done: Collection[CheckDone]) -> Rendered:
        fresh = frozenset(scan(self.fresh))
        kept = {path for each in made.values() for path in each.files}
        kept |= {
            file
            for path, files in self.before.more.items()
            if path in self.pages.keys() - self.put.keys()
            for file in files
        }
        every = frozenset({*fresh, *kept, *self.pages.values(), *self.search})
        self._refuse_dead(every)
        rows = {row.id: row for row in self.index.rows}
        new = {each.id: (rows[each.id], each.made) for each in done}
        told = {each.id: each.told for each in done}
        state = After(code_of(), self.ground, self.publisher.head, self.anew, new, told, self.put, {})
        private = {use.source for each in made.values() for use in each.uses if use.private}
        return Rendered(
            pages=len(self.pages),
            checks=len(rows),
            new=len(self.put),
            anew=self.anew,
            files=every,
            fresh=fresh,
            unbundled=tuple(sorted(own for own, each in made.items() if each.bundle is None)),
            private=tuple(sorted(private)),
            state=state,
            old_pages=frozenset(self.before.pages.keys() - self.pages.keys()),
            old_checks=frozenset(self.before.made.keys() - rows.keys()),
        )

    def _refuse_dead(self, every: frozenset[str]) -> None:
        """Refuse a site with a link that leads nowhere. Of pages that stay as they are only those are looked at again
        that may lead to what is gone."""
        new = {put.outline.path: put.outline for put in self.put.values()}
        lost = self.before.files.keys() - every or any(
            each.ids - new[each.path].ids for each in self.state.outlines(new if self.before.files else ())
        )
        staying = [path for path in self.pages if path not in new]
        looked = [*new.values(), *(self.state.outlines(staying) if lost else ())]
        dead = next(dead_links(looked, every, self._ids), None)
        if dead is not None:
            raise IntegrityError("The page {page} leads to {link}, where nothing is.", page=dead.page, link=dead.link)

    def _ids(self, file: str) -> frozenset[str] | None:
        """The places of a page that stays as it is, by its file; None for what is no page."""
        path = f"/{file.removesuffix('index.html')}" if file.endswith("index.html") else f"/{file}"
        found = self.state.outlines([path]) if self.before.files else []
        return found[0].ids if found else None


def _before(state: State, session: Session, *, anew: bool) -> Before:
    """What is known of the site and still holds: the record went on from there, and nothing was taken out of it."""
    known = state.before(code_of()) if not anew else Before()
    return known if known.files and only_added_since(session, *known.head) else Before()


def _sheets(options: Options) -> str:
    """What sheets are drawn with; empty for none. Raises `ResourceError` where none can be."""
    if not options.pdf:
        return ""
    from factdesk.publish.pdf import require_pdf

    return require_pdf()


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for garbage seldom: entries of all checks are alive all the time, and looking through them takes a fifth."""
    before = gc.get_threshold()
    gc.set_threshold(ALLOCATED, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _put_static(folder: Path, own: Path) -> None:
    """Our styles and fonts, and the desk's own over them."""
    with as_file(files("factdesk.publish") / "static") as ours:
        shutil.copytree(ours, folder / "static", copy_function=shutil.copyfile)
    if own.is_dir():
        shutil.copytree(own, folder / "static", copy_function=shutil.copyfile, dirs_exist_ok=True)

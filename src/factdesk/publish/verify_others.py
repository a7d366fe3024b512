"""The pages of a site beside those of its checks: of sources, lists, corrections, and any other that names a check.

What is not about a check is the desk's own word, and nothing here says anything of it.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from factdesk.domain.verification import Step
from factdesk.errors import FactdeskError, NotFoundError
from factdesk.publish.gathered import Gathered
from factdesk.publish.page_parts import ENTRY
from factdesk.publish.places import moment
from factdesk.publish.read_page import MOST as PAGE_MOST
from factdesk.publish.read_page import Element, UnplainError, read_page
from factdesk.publish.remade import Maker
from factdesk.publish.site_source import MOST_PAGES, PATH, Source, read
from factdesk.publish.verify_entries import (
    IS_CHECK,
    LISTED,
    correction_in,
    entries,
    entry_steps,
    target_of,
    told,
)
from factdesk.publish.verify_page import cut, hidden_steps, missed, plain
from factdesk.publish.verify_source import Place, source_steps
from factdesk.queries.verify_held import step

_MARKED = re.compile(rb"data-(check|source|entry)\s*=", re.IGNORECASE)
_IS_SOURCE = re.compile(r"/[a-z]{2}/sources/[^/]+/")
_IS_LIST = re.compile(r"/[a-z]{2}/(?:(?:checks/(?:\d{1,5}/)?|(?:topics|ratings|months|corrections)/.*))?")
_IS_PAGE = re.compile(r"(?:/|.*/|.*\.html)")

_UNLISTED = "It is a page of a check that the site does not list."
_UNCITED = "It is a page of a source that no check of the site relies on."
_LOOSE = "It leads to the check {page} in words of its own, which nothing that was signed stands behind: “{shown}”."
_NOT_LISTED = "The check is missing from the list of all checks."
_NOT_TOLD = "A correction of it is missing from the list of corrections: “{what}”."
_WITHDRAWN = "That it was withdrawn is missing from the list of corrections."
_TWIN = "It says that the check {page} is called “{shown}”, and “{said}” was signed."
_OTHER_CAPTURE = "The bundles of this check and of another hold the source {id} differently."
_LIST_SAME = "Every entry on it says what was signed."

Loading = Callable[[str, Element], Iterator[Step]]
"""What a page loads."""


@dataclass(slots=True)
class Walk:
    """A way through a site: pages seen and waiting, those of checks that it names itself, what lists named, and what
    checks' pages say of their twins."""

    source: Source
    gathered: Gathered
    maker: Maker
    loading: Loading
    seen: set[str] = field(default_factory=set)
    waiting: deque[str] = field(default_factory=deque)
    named: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    corrected: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    twins: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, path: str, root: Element) -> None:
        """Take in where a page leads within the site, and, of a check's, what it says of its twin."""
        for each in root:
            if each.tag != "a" or "href" not in each.attributes:
                continue
            target = target_of(path, each.attributes["href"]).partition("#")[0].partition("?")[0]
            self.wait(target)
            if any(above.attributes.get("data-fd") == "twin" for above in each.above()):
                self.twins.append((path, target, each.text))

    def wait(self, path: str) -> None:
        """A page that may be looked at."""
        if path.startswith("/") and path not in self.seen and len(self.seen) < MOST_PAGES and _IS_PAGE.fullmatch(path):
            self.seen.add(path)
            self.waiting.append(path)


def other_steps(walk: Walk) -> Iterator[Step]:
    """The steps of all pages but those of the checks that are listed, which were read and noted."""
    gathered = walk.gathered
    for path, own in gathered.other:
        yield step("page", path, "fail", _OTHER_CAPTURE, id=own)
    sources = set[str]()
    for source in gathered.whole():
        for language in walk.maker.desk.languages:
            place = Place(f"/{language}{source.path}", language, source)
            sources.add(place.path)
            walk.seen.add(place.path)
            yield from _source(walk, place)
    yield from _rest(walk, sources)
    yield from _twin_steps(walk)
    yield from _whole_steps(walk)


def _source(walk: Walk, place: Place) -> Iterator[Step]:
    try:
        data = read(walk.source, place.path, PAGE_MOST)
    except FactdeskError as error:
        yield missed(place.path, error)
        return
    shown = yield from plain(place.path, data)
    if shown is not None:
        yield from walk.loading(place.path, shown)
        walk.note(place.path, shown)
        yield from source_steps(shown, place, walk.gathered, walk.maker)


def _rest(walk: Walk, sources: set[str]) -> Iterator[Step]:
    """Every further page that can be found, by the sitemap or in the folder, and by links."""
    done = walk.gathered.at.keys() | sources
    try:
        for path in walk.source.pages(walk.maker.desk.base_url):
            if IS_CHECK.match(path) and path not in done:
                walk.named.add(path)
            walk.wait(path)
    except FactdeskError as error:
        yield missed("sitemap.xml", error)
    while walk.waiting:
        path = walk.waiting.popleft()
        if path not in done:
            yield from _other(walk, path)


def _other(walk: Walk, path: str) -> Iterator[Step]:
    try:
        data = read(walk.source, path, PAGE_MOST) if PATH.fullmatch(path) or not walk.source.url else b""
    except NotFoundError:
        # What the desk's own words lead to may be gone; what the site itself names as a page may not.
        if path in walk.named:
            yield step("page", path, "fail", _UNLISTED)
        return
    except FactdeskError as error:
        yield missed(path, error)
        return
    if IS_CHECK.match(path):
        yield step("page", path, "fail", _UNLISTED)
    elif _IS_SOURCE.match(path):
        half = any(each is None for each in walk.gathered.known.values())
        yield step("page", path, "not checked" if half else "fail", _UNCITED)
    elif not _IS_LIST.fullmatch(path) and not _MARKED.search(data):
        _note(walk, path, data)
    else:
        yield from _listing(walk, path, data)


def _listing(walk: Walk, path: str, data: bytes) -> Iterator[Step]:
    shown = yield from plain(path, data)
    if shown is not None:
        yield from walk.loading(path, shown)
        walk.note(path, shown)
        yield from _list_steps(walk, path, shown)


def _note(walk: Walk, path: str, data: bytes) -> None:
    """Where a page of the desk's own leads, if that can be read."""
    try:
        walk.note(path, read_page(data))
    except UnplainError:
        return


def _list_steps(walk: Walk, path: str, shown: Element) -> Iterator[Step]:
    """The steps of a page with entries."""
    language = path[1:3] if path[1:3] in walk.maker.desk.languages else "en"
    found = list(hidden_steps(path, shown))
    marked = [each for each in shown if "data-check" in each.attributes or "data-source" in each.attributes]
    if marked:
        found.append(step("page", path, "fail", _UNLISTED if "data-check" in marked[0].attributes else _UNCITED))
    for each in entries(shown):
        steps = list(entry_steps(path, each, language, walk.gathered.known, LISTED))
        if not any(one.outcome == "fail" for one in steps):
            _count(walk, path, each)
        found.extend(steps)
    found.extend(_loose(path, shown))
    yield from found
    if entries(shown) and not found:
        yield step("page", path, "pass", _LIST_SAME)


def _count(walk: Walk, path: str, entry: Element) -> None:
    """Note which check and which correction a list names."""
    own = entry.attributes[ENTRY]
    said = walk.gathered.known.get(own)
    if said is None or not path.startswith(f"/{said.language}/"):
        return
    if path.startswith(f"/{said.language}/checks/"):
        walk.listed.add(own)
    if path.startswith(f"/{said.language}/corrections/"):
        time, _, what = correction_in(told(entry))
        walk.corrected[own].add((time, what))


def _loose(path: str, shown: Element) -> Iterator[Step]:
    """On a list, links to checks that stand in no entry."""
    if not _IS_LIST.fullmatch(path):
        return
    for each in shown:
        if each.tag != "a" or "href" not in each.attributes:
            continue
        target = target_of(path, each.attributes["href"])
        if IS_CHECK.match(target) and not any(ENTRY in above.attributes for above in each.above()):
            yield step("page", path, "fail", _LOOSE, page=cut(target), shown=cut(each.text))


def _twin_steps(walk: Walk) -> Iterator[Step]:
    """What checks' pages say of those in other languages."""
    for path, target, text in walk.twins:
        said = walk.gathered.known.get(walk.gathered.at.get(target, ""))
        if target not in walk.gathered.at:
            yield step("page", path, "fail", _TWIN, page=cut(target), shown=cut(text), said="–")
        elif said is not None and text != " ".join(said.title.split()):
            yield step("page", path, "fail", _TWIN, page=target, shown=cut(text), said=cut(said.title))


def _whole_steps(walk: Walk) -> Iterator[Step]:
    """Whether every check is on the list of all, and every correction on that of corrections."""
    for own, said in walk.gathered.known.items():
        if said is None:
            continue
        if own not in walk.listed:
            yield step("page", said.path, "fail", _NOT_LISTED)
        for each in said.corrections:
            if (moment(each.time), " ".join(each.what.split())) not in walk.corrected[own]:
                yield step("page", said.path, "fail", _NOT_TOLD, what=cut(each.what))
        if said.withdrawn and (moment(said.changed), "") not in walk.corrected[own]:
            yield step("page", said.path, "fail", _WITHDRAWN)

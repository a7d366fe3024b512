"""A published site, verified on a reader's machine: every check that it lists, with its bundle, page, card and entry
in the feed of data; then whatever else of it speaks of checks: sources, lists, feeds, and pages that it does not list.

Neither a bundle nor a site can vouch for itself: whose signatures count is said by the reader's pins. What is shown is
that the site says what was signed; not that nothing was left out of its own list, nor that it is the newest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import IO, BinaryIO, cast
from urllib.parse import urljoin

from factdesk import __version__
from factdesk.capture.wacz import blob_members
from factdesk.capture.wacz_check import Contents, NotOursError, check_container
from factdesk.domain.verification import Outcome, Step
from factdesk.errors import FactdeskError, NotFoundError
from factdesk.publish import datafeed
from factdesk.publish.gathered import MOST_TEXT, Gathered
from factdesk.publish.machine import SITE
from factdesk.publish.model import SiteBundle, SiteCheck, SiteData
from factdesk.publish.page_parts import loaded
from factdesk.publish.places import address
from factdesk.publish.read_page import MOST as PAGE_MOST
from factdesk.publish.read_page import Element
from factdesk.publish.remade import Listed, Maker, Signed, desk_of, maker_of, remade, signed_in
from factdesk.publish.site_list import MOST as LIST_MOST
from factdesk.publish.site_list import SiteList, differences, site_list
from factdesk.publish.site_source import Source, held, read
from factdesk.publish.verify_cards import card_steps, quick_steps
from factdesk.publish.verify_entries import Said
from factdesk.publish.verify_feeds import Newest, feed_steps
from factdesk.publish.verify_heads import Kept, site_head_steps
from factdesk.publish.verify_others import Walk, other_steps
from factdesk.publish.verify_page import apart, cut, missed, page_steps, plain, written
from factdesk.queries.verify_bundle import verify_open_bundle
from factdesk.queries.verify_held import How, step

BUNDLE_MOST = 1 << 30
FEED_MOST = 256 << 20
OURS = f"factdesk {__version__}"
"""What a site names that this version made."""
STATIC_MOST = 8 << 20
_CHUNK = 1 << 20
_COPY = "It says that its address is {url}: this is a copy of it, or it moved."
_EMPTY = "The site lists no check."
_NO_BUNDLE = "It has no bundle: nothing that it says can be verified."
_DIGEST = "Its digest is {digest}, and the site lists {listed}."
_NOT_THIS = "It holds no publication of this check, {id}."
_LISTED = "The site lists “{listed}” as its {field}, and the bundle has “{held}”."
_NO_ENTRY = "It has no entry in the feed of data."
_ENTRY = "Its entry in the feed of data is not what was signed: “{shown}”, not “{said}”."
_STRAY = "The feed of data has “{url}”, which the site does not list."
_NO_FEED = "This is no feed of data."
_OTHER_VERSION = (
    "The site was made by {theirs}, and this is {ours}: what stands beside the signed parts was not compared, "
    "and parts in words of factdesk's may differ."
)
_SCRIPT = "Pages load this script, which is not ours: what it shows or hides in a browser was not checked."
_STYLE = "Pages load this style sheet, which is not ours: what it hides or adds was not checked."
_ELSEWHERE = "It loads {url} from somewhere else, and whoever is there can change what is shown."

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Site:
    """A site under verification: where it comes from, what it lists, how, its feed of data, and what was found of it
    so far. `loads` are the files that pages load, and whether each is a script."""

    source: Source
    listed: SiteList
    how: How
    maker: Maker
    feed: Mapping[str, str]
    walk: Walk
    newest: Newest
    loads: dict[str, bool]
    kept: Kept


def verify_site(source: Source, how: How, progress: Progress | None = None, kept: Kept = ()) -> Iterator[Step]:
    """The steps of a site; `kept` are heads of its log that the reader kept. Raises `NotFoundError`, `NetworkError` or
    `InputError` where it has no list of checks that can be read."""
    listed = site_list(read(source, f"/{SITE}", LIST_MOST))
    yield from _about(source, listed)
    feed, wrong = _feed(source, listed)
    yield from wrong
    site = _begun(source, listed, how, feed, kept)
    with site.walk.gathered.texts.file:
        yield from _steps(site, progress)


def _steps(site: _Site, progress: Progress | None) -> Iterator[Step]:
    source, listed = site.source, site.listed
    for number, each in enumerate(listed.checks):
        if progress is not None:
            progress(number, len(listed.checks))
        yield from _check(site, each)
    yield from other_steps(site.walk)
    half = any(said is None for said in site.walk.gathered.known.values())
    yield from feed_steps(source, site.newest, site.maker, half=half)
    yield from site_head_steps(source, site.how.pins, site.kept)
    if site.how.quick and listed.checks:
        yield from quick_steps()
    for path, script in sorted(site.loads.items()):
        yield from _static(source, path, script=script)


def _about(source: Source, listed: SiteList) -> Iterator[Step]:
    """What there is to say of the list itself."""
    if source.url and source.url != listed.url:
        yield step("page", SITE, "not checked", _COPY, url=listed.url)
    if not listed.checks:
        yield step("page", SITE, "not checked", _EMPTY)
    if listed.made_by != OURS:
        yield step("page", SITE, "not checked", _OTHER_VERSION, theirs=cut(listed.made_by), ours=OURS)


def _begun(source: Source, listed: SiteList, how: How, feed: Mapping[str, str], kept: Kept) -> _Site:
    maker = maker_of(desk_of(listed.desk, listed.url), same=listed.made_by == OURS)
    known: dict[str, Said | None] = dict.fromkeys(each.id for each in listed.checks)
    gathered = Gathered(known, {each.page: each.id for each in listed.checks})
    loads: dict[str, bool] = {}
    walk = Walk(source, gathered, maker, lambda path, root: _loading(path, root, loads))
    walk.seen.update(gathered.at)
    return _Site(source, listed, how, maker, feed, walk, Newest(), loads, kept)


def _check(site: _Site, each: Listed) -> Iterator[Step]:
    """The steps of one check."""
    shown = yield from _page(site, each)
    if each.bundle is None:
        yield step("page", each.page, "not checked", _NO_BUNDLE)
        return
    try:
        with held(site.source, each.bundle.path, BUNDLE_MOST) as file:
            made = yield from _bundle(file, each, each.bundle, site)
    except FactdeskError as error:
        yield missed(each.bundle.path, error)
        return
    if made is not None:
        whole, check = made
        if shown is not None:
            yield from page_steps(shown, whole, check, site.maker)
        yield from _entry(site, check)
        if not site.how.quick:
            yield from card_steps(site.source, check, site.maker, site.listed.drawn_with)


def _page(site: _Site, each: Listed) -> Generator[Step, None, Element | None]:
    """A check's page, where it can be read, and what it loads."""
    try:
        data = read(site.source, each.page, PAGE_MOST)
    except FactdeskError as error:
        yield missed(each.page, error)
        return None
    shown = yield from plain(each.page, data)
    if shown is not None:
        yield from site.walk.loading(each.page, shown)
        site.walk.note(each.page, shown)
    return shown


def _bundle(
    file: IO[bytes], each: Listed, bundle: SiteBundle, site: _Site
) -> Generator[Step, None, tuple[SiteData, SiteCheck] | None]:
    """The steps of a bundle; what its site should make of it, None where that cannot be told."""
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    if digest.hexdigest() != bundle.digest:
        yield step("container", bundle.path, "fail", _DIGEST, digest=digest.hexdigest(), listed=bundle.digest)
    contents = _contents(file)
    for one in verify_open_bundle(cast(BinaryIO, file), bundle.path, site.how, contents):
        yield one if one.subject == bundle.path else replace(one, subject=f"{bundle.path} {one.subject}".strip())
    manifest = contents.package.manifest if contents is not None else None
    signed = signed_in(manifest, each.id) if manifest is not None else None
    if contents is None or manifest is None or signed is None or signed.statement.check != each.id:
        yield step("page", each.page, "fail", _NOT_THIS, id=each.id)
        return None
    yield from _listed_otherwise(each, signed)
    made = remade(manifest, signed, each, site.maker.desk)
    site.walk.gathered.add(*made, lambda digest: _blob(contents, digest))
    site.newest.add(site.maker, made[1])
    return made


def _listed_otherwise(each: Listed, signed: Signed) -> Iterator[Step]:
    said, publication = signed.statement, signed.publication
    for field, theirs, other in differences(
        each, publication.number, publication.time, said.digest, signed.signer, said.act
    ):
        yield step("page", each.page, "fail", _LISTED, field=field, listed=theirs, held=other)


def _contents(file: IO[bytes]) -> Contents | None:
    try:
        return check_container(cast(BinaryIO, file))
    except NotOursError:
        return None


def _blob(contents: Contents, digest: str) -> bytes | None:
    facts = contents.package.facts
    names = {own: name for name, own in blob_members(facts).items()} if facts is not None else {}
    try:
        return contents.read(names.get(digest, ""), MOST_TEXT)
    except ValueError:
        return None


def _feed(source: Source, listed: SiteList) -> tuple[Mapping[str, str], list[Step]]:
    """The feed's entries by address, and what is wrong with it as a whole."""
    try:
        found = json.loads(read(source, f"/{datafeed.PATH}", FEED_MOST))
        entries = {each["url"]: written(each) for each in found["dataFeedElement"]}
    except FactdeskError as error:
        return {}, [missed(datafeed.PATH, error)]
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}, [step("page", datafeed.PATH, "fail", _NO_FEED)]
    known = {address(desk_of("", listed.url), each.page) for each in listed.checks}
    stray = [step("page", datafeed.PATH, "fail", _STRAY, url=cut(str(url))) for url in entries if url not in known]
    if len(entries) != len(found["dataFeedElement"]):
        stray.append(step("page", datafeed.PATH, "fail", _NO_FEED))
    return entries, stray


def _entry(site: _Site, check: SiteCheck) -> Iterator[Step]:
    desk = site.maker.desk
    told = site.feed.get(address(desk, check.path))
    if told is None:
        yield step("page", check.path, "fail", _NO_ENTRY)
        return
    said = written(json.loads(datafeed.entry(desk, check)))
    if told != said:
        one, other = apart(told, said)
        outcome: Outcome = "fail" if site.maker.same else "not checked"
        yield step("page", check.path, outcome, _ENTRY, shown=one, said=other)


def _loading(path: str, page: Element, loads: dict[str, bool]) -> Iterator[Step]:
    """Note what a page loads of its site; what it loads from elsewhere is said at once."""
    styles, scripts = loaded(page)
    root = "https://site.invalid"
    for url, script in [*((each, False) for each in styles), *((each, True) for each in scripts)]:
        whole = urljoin(root + path, url.strip())
        if whole.startswith(f"{root}/") and "\\" not in url:
            loads[whole.removeprefix(root)] = script
        else:
            yield step("page", path, "fail", _ELSEWHERE, url=cut(url))


def _static(source: Source, path: str, *, script: bool) -> Iterator[Step]:
    """Whether a file that pages load is ours."""
    ours = files("factdesk.publish").joinpath(*path.split("/")[1:])
    template = _SCRIPT if script else _STYLE
    try:
        same = path.startswith("/static/") and ours.is_file() and read(source, path, STATIC_MOST) == ours.read_bytes()
    except (NotFoundError, FactdeskError):
        same = False
    if not same:
        yield step("page", path, "not checked", template)

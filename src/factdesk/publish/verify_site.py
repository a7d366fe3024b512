"""A published site, verified on a reader's machine: every check that it lists, its bundle, its page, and its entry in
the feed of data; and pages of checks that it does not list.

Neither a bundle nor a site can vouch for itself: whose signatures count is said by the reader's pins. What is shown is
that each page says what was signed; not that nothing was left out of the list, nor that it is the newest.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from typing import IO, Any, BinaryIO, cast
from urllib.parse import urljoin

from factdesk.capture.wacz_check import NotOursError, check_container
from factdesk.capture.wacz_manifest import Manifest
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Step
from factdesk.errors import FactdeskError, NotFoundError
from factdesk.publish import datafeed
from factdesk.publish.machine import SITE
from factdesk.publish.model import SiteBundle, SiteCheck, SiteData
from factdesk.publish.page_parts import loaded
from factdesk.publish.places import address
from factdesk.publish.read_page import MOST as PAGE_MOST
from factdesk.publish.read_page import UnplainError, read_page
from factdesk.publish.remade import Listed, desk_of, remade, signed_in
from factdesk.publish.site_list import MOST as LIST_MOST
from factdesk.publish.site_list import SiteList, differences, site_list
from factdesk.publish.site_source import Source, held, read
from factdesk.publish.verify_page import apart, cut, page_steps, written
from factdesk.queries.verify_bundle import verify_open_bundle
from factdesk.queries.verify_held import How, step

BUNDLE_MOST = 1 << 30
FEED_MOST = 256 << 20
STATIC_MOST = 8 << 20
_CHUNK = 1 << 20
_IS_CHECK = re.compile(r"/[a-z]{2}/checks/[^/]+/")

_MARKED = re.compile(rb"data-check\s*=", re.IGNORECASE)

_COPY = "It says that its address is {url}: this is a copy of it, or it moved."
_EMPTY = "The site lists no check."
_NO_BUNDLE = "It has no bundle: nothing that it says can be verified."
_DIGEST = "Its digest is {digest}, and the site lists {listed}."
_NOT_THIS = "It holds no publication of this check, {id}."
_LISTED = "The site lists “{listed}” as its {field}, and the bundle has “{held}”."
_UNLISTED = "It is a page of a check that the site does not list."
_NO_ENTRY = "It has no entry in the feed of data."
_ENTRY = "Its entry in the feed of data is not what was signed: “{shown}”, not “{said}”."
_STRAY = "The feed of data has “{url}”, which the site does not list."
_NO_FEED = "This is no feed of data."
_SCRIPT = "Pages load this script, which is not ours: what it shows or hides in a browser was not checked."
_STYLE = "Pages load this style sheet, which is not ours: what it hides or adds was not checked."
_ELSEWHERE = "It loads {url} from somewhere else, and whoever is there can change what is shown."

Progress = Callable[[int, int], None]


def verify_site(source: Source, how: How, progress: Progress | None = None) -> Iterator[Step]:
    """The steps of a site. Raises `NotFoundError`, `NetworkError` or `InputError` where it has no list of checks that
    can be read."""
    listed = site_list(read(source, f"/{SITE}", LIST_MOST))
    if source.url and source.url != listed.url:
        yield step("page", SITE, "not checked", _COPY, url=listed.url)
    if not listed.checks:
        yield step("page", SITE, "not checked", _EMPTY)
    feed, wrong = _feed(source, listed)
    yield from wrong
    loads: dict[str, bool] = {}
    for number, each in enumerate(listed.checks):
        if progress is not None:
            progress(number, len(listed.checks))
        yield from _check(source, listed, each, how, feed, loads)
    yield from _strangers(source, listed)
    for path, script in sorted(loads.items()):
        yield from _static(source, path, script=script)


def _check(
    source: Source, listed: SiteList, each: Listed, how: How, feed: Mapping[str, Any], loads: dict[str, bool]
) -> Iterator[Step]:
    """The steps of one check, and what its page loads."""
    try:
        page = read(source, each.page, PAGE_MOST)
    except FactdeskError as error:
        yield _missed(each.page, error)
        page = b""
    else:
        yield from _loading(each.page, page, loads)
    if each.bundle is None:
        yield step("page", each.page, "not checked", _NO_BUNDLE)
        return
    try:
        with held(source, each.bundle.path, BUNDLE_MOST) as file:
            made = yield from _bundle(file, each, each.bundle, listed, how)
    except FactdeskError as error:
        yield _missed(each.bundle.path, error)
        return
    if made is not None:
        site, check = made
        if page:
            yield from page_steps(page, site, check)
        yield from _entry(feed, site, check)


def _bundle(
    file: IO[bytes], each: Listed, bundle: SiteBundle, listed: SiteList, how: How
) -> Generator[Step, None, tuple[SiteData, SiteCheck] | None]:
    """The steps of a bundle; what its site should make of it, None where that cannot be told."""
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    if digest.hexdigest() != bundle.digest:
        yield step("container", bundle.path, "fail", _DIGEST, digest=digest.hexdigest(), listed=bundle.digest)
    for one in verify_open_bundle(cast(BinaryIO, file), bundle.path, how):
        yield one if one.subject == bundle.path else replace(one, subject=f"{bundle.path} {one.subject}".strip())
    manifest = _manifest(file)
    signed = signed_in(manifest, each.id) if manifest is not None else None
    if manifest is None or signed is None or signed.statement.check != each.id:
        yield step("page", each.page, "fail", _NOT_THIS, id=each.id)
        return None
    said, publication = signed.statement, signed.publication
    for field, theirs, other in differences(
        each, publication.number, publication.time, said.digest, signed.signer, said.act
    ):
        yield step("page", each.page, "fail", _LISTED, field=field, listed=theirs, held=other)
    return remade(manifest, signed, each, desk_of(listed.desk, listed.url))


def _manifest(file: IO[bytes]) -> Manifest | None:
    file.seek(0)
    try:
        return check_container(cast(BinaryIO, file)).package.manifest
    except NotOursError:
        return None


def _missed(path: str, error: FactdeskError) -> Step:
    """A file that cannot be had: where it is not there, it fails; so does one that is too large, or never ends."""
    return Step("page", path, "fail", Reason("page", error.message, {k: str(v) for k, v in error.values.items()}))


def _feed(source: Source, listed: SiteList) -> tuple[Mapping[str, Any], list[Step]]:
    """The feed's entries by address, and what is wrong with it as a whole."""
    try:
        found = json.loads(read(source, f"/{datafeed.PATH}", FEED_MOST))
        entries = {each["url"]: each for each in found["dataFeedElement"]}
    except FactdeskError as error:
        return {}, [_missed(datafeed.PATH, error)]
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}, [step("page", datafeed.PATH, "fail", _NO_FEED)]
    known = {address(desk_of("", listed.url), each.page) for each in listed.checks}
    stray = [step("page", datafeed.PATH, "fail", _STRAY, url=cut(str(url))) for url in entries if url not in known]
    if len(entries) != len(found["dataFeedElement"]):
        stray.append(step("page", datafeed.PATH, "fail", _NO_FEED))
    return entries, stray


def _entry(feed: Mapping[str, Any], site: SiteData, check: SiteCheck) -> Iterator[Step]:
    found = feed.get(address(site.desk, check.path))
    if found is None:
        yield step("page", check.path, "fail", _NO_ENTRY)
        return
    told, said = written(found), written(json.loads(datafeed.entry(site.desk, check)))
    if told != said:
        one, other = apart(told, said)
        yield step("page", check.path, "fail", _ENTRY, shown=one, said=other)


def _strangers(source: Source, listed: SiteList) -> Iterator[Step]:
    """Pages of checks that the list does not have."""
    known = {each.page for each in listed.checks}
    try:
        for path in source.pages(listed.url):
            if path not in known and (_IS_CHECK.match(path) or _shows_check(source, path)):
                yield step("page", path, "fail", _UNLISTED)
    except FactdeskError as error:
        yield _missed("sitemap.xml", error)


def _shows_check(source: Source, path: str) -> bool:
    """Whether a page of a folder is marked as a check's. Of the web only the addresses are looked at."""
    if source.url:
        return False
    try:
        return _MARKED.search(read(source, path, PAGE_MOST)) is not None
    except FactdeskError:
        return False


def _loading(path: str, data: bytes, loads: dict[str, bool]) -> Iterator[Step]:
    """Note what a page loads of its site; what it loads from elsewhere is said at once."""
    try:
        styles, scripts = loaded(read_page(data))
    except UnplainError:
        return
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

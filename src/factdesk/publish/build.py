"""Building the site: rendered beside its place, checked, and swapped in whole. Killed at any time, it leaves the old
site or the new one."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from factdesk.errors import InputError, IntegrityError, RefusedError, UsageError
from factdesk.interchange.trust_file import load_trust
from factdesk.publish.balance_page import pictures
from factdesk.publish.links import Outline, dead_links, outline
from factdesk.publish.machine import SITE, machine_files, machine_paths
from factdesk.publish.pages import pages
from factdesk.publish.render import Page, Renderer
from factdesk.publish.site_cards import put_cards
from factdesk.publish.sitemap import Page as Listed
from factdesk.publish.swap import restore, swap
from factdesk.queries.balance import balance_of
from factdesk.queries.desk import Desk
from factdesk.queries.site import site_data
from factdesk.queries.site_bundles import put_bundle
from factdesk.queries.site_evidence import source_text
from factdesk.queries.site_model import SiteCheck, SiteData
from factdesk.store.faults import translated_files

_OURS = re.compile(rb'\s*\{[^\n]{0,200}"format":\s?"factdesk-site"')
UNLISTED = ("source.html", "missing.html", "chooser.html")
"""Pages that are not put forward to be found: of a source it is its own page that should be."""


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was built. Paths of files that were added, changed and removed against what stood there; `warnings`
    are templates with their values, for the person."""

    out: Path
    base_url: str
    pages: int
    checks: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unbundled: tuple[str, ...]
    private: tuple[str, ...]
    dry_run: bool


@dataclass(frozen=True, slots=True)
class _Made:
    """What was rendered into a folder."""

    pages: int
    site: SiteData
    unbundled: tuple[str, ...]


def build(desk: Desk, out: Path, base_url: str = "", *, dry_run: bool = False, drafts: bool = False) -> Built:
    """Build the site of a desk into a folder. What was there goes, unless it is not a site of ours. `drafts` are for
    the desk's own eyes.

    Raises `UsageError` without an address, `RefusedError` for a folder that holds something else, `InputError` for a
    page or template of the desk's own that cannot be used, `IntegrityError` for a page with a dead link.
    """
    target, url = out.absolute(), base_of(base_url or desk.config.url)
    with translated_files(str(target)):
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.old")
        restore(target, aside)
        refuse_foreign(target)
        with _staging(target) as folder:
            made = _render(desk, folder, url, drafts=drafts)
            added, changed, removed = compared(folder, target)
            if not dry_run:
                swap(folder, target, aside)
    private = tuple(sorted(each.id for each in made.site.sources.values() if each.private))
    counts = made.pages, len(made.site.checks)
    return Built(target, url, *counts, added, changed, removed, made.unbundled, private, dry_run)


def base_of(url: str) -> str:
    """The address of a site, without a slash at its end. Raises `UsageError` for none, or one that cannot be."""
    parts = urlsplit(url.strip())
    if not url.strip():
        raise UsageError(
            "The site's address is not set.", remedy="Put `url` into desk.toml, or give it with --base-url."
        )
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise UsageError("{url} is no address of a site.", remedy="It looks like https://example.org", url=url[:200])
    return url.strip().rstrip("/")


def refuse_foreign(target: Path) -> None:
    """Refuse a folder that holds something else than a site of ours."""
    if not target.exists() or (target.is_dir() and not target.is_symlink() and not any(target.iterdir())):
        return
    marker = target / SITE
    if target.is_dir() and not target.is_symlink() and marker.is_file():
        with marker.open("rb") as file:
            if _OURS.match(file.read(400)):
                return
    raise RefusedError(
        "There is something else than a site of ours: it would be removed.",
        place=str(target),
        remedy="Name an empty folder, or one that does not exist yet.",
    )


def compared(folder: Path, target: Path) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The files that are new, other and gone against what stands there, each by its path."""
    new, old = _files(folder), _files(target) if target.is_dir() else {}
    changed = [path for path in new if path in old and not _same(new[path], old[path])]
    return (
        tuple(each for each in new if each not in old),
        tuple(changed),
        tuple(each for each in old if each not in new),
    )


def _same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """A folder beside the target, gone afterwards. Those that a killed build left behind go first."""
    for left in target.parent.glob(f".{target.name}.*.new"):
        if not _alive(left.name.rsplit(".", 2)[1]):
            shutil.rmtree(left, ignore_errors=True)
    folder = target.with_name(f".{target.name}.{os.getpid()}.new")
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _alive(number: str) -> bool:
    """Whether a process of that number runs; where that cannot be known, yes."""
    try:
        os.kill(int(number), 0) if os.name == "posix" else None
    except ProcessLookupError:
        return False
    except (ValueError, OSError):
        return True
    return True


def _render(desk: Desk, folder: Path, url: str, *, drafts: bool) -> _Made:
    own = desk.config.folder / "site"
    with desk.record.read() as session:
        site = site_data(session, desk.config, url, drafts=drafts)
        site, unbundled = _with_bundles(desk, session, site, folder)
        trust = load_trust(desk.config.folder)
        balance = balance_of(desk.record)
        drawn = dict(pictures(site, balance))
        # Nobody passes on what is for the desk's own eyes.
        cards = put_cards(site, desk.config.cache_dir, folder) if not drafts else frozenset()
        known = machine_paths(site.desk, trust) | drawn.keys() | cards
        renderer = Renderer(site.desk, known, own / "templates", drafts=bool(site.drafts))
        outlines, listed = [], []
        changed = {each.path: each.changed for each in site.checks.values()}
        for page in pages(site, lambda source: source_text(session, desk.config, source), balance):
            outlines.append(_put_page(renderer, page, folder))
            if page.template not in UNLISTED:
                listed.append(_listed(page, changed))
    for path, data in (machine_files(site, listed, trust) | drawn).items():
        _put(folder, path, data)
    _put_static(folder, own / "static")
    _refuse_dead(outlines, folder)
    return _Made(len(outlines), site, unbundled)


def _with_bundles(desk: Desk, session: Session, site: SiteData, folder: Path) -> tuple[SiteData, tuple[str, ...]]:
    """The site with each check's bundle; and the checks that have none, since something of theirs was redacted."""
    checks: dict[str, SiteCheck] = {}
    unbundled = []
    for own, check in site.checks.items():
        try:
            checks[own] = replace(check, bundle=put_bundle(desk.record, session, check, folder))
        except InputError:
            checks[own] = check
            unbundled.append(own)
    return replace(site, checks=checks), tuple(unbundled)


def _put_page(renderer: Renderer, page: Page, folder: Path) -> Outline:
    data = renderer.render(page)
    _put(folder, page.file, data)
    try:
        return outline(page, data, renderer.desk.base_url)
    except ValueError as error:
        raise IntegrityError("The page {page} cannot be used: {why}.", page=page.path, why=str(error)) from error


def _put(folder: Path, path: str, data: bytes) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def _put_static(folder: Path, own: Path) -> None:
    """Our styles and fonts, and the desk's own over them."""
    with as_file(files("factdesk.publish") / "static") as ours:
        shutil.copytree(ours, folder / "static", copy_function=shutil.copyfile)
    if own.is_dir():
        shutil.copytree(own, folder / "static", copy_function=shutil.copyfile, dirs_exist_ok=True)


def _listed(page: Page, changed: Mapping[str, datetime]) -> Listed:
    twins = dict(page.twins) if len(page.twins) > 1 else {}
    return Listed(page.path, changed.get(page.path), twins)


def _refuse_dead(outlines: list[Outline], folder: Path) -> None:
    dead = next(dead_links(outlines, _files(folder)), None)
    if dead is not None:
        raise IntegrityError("The page {page} leads to {link}, where nothing is.", page=dead.page, link=dead.link)

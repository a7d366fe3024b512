"""Building the site: rendered beside its place, checked, and swapped in whole. Killed at any time, it leaves the old
site or the new one. What did not change since it was built last is not made again."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from glob import escape
from pathlib import Path
from stat import S_ISREG
from urllib.parse import urlsplit

from factdesk.errors import DeskBusyError, DeskReadOnlyError, RefusedError, UsageError
from factdesk.publish.machine import SITE
from factdesk.publish.render_site import Options, Rendered, render_site
from factdesk.publish.spare import making_spare, put_changes, put_whole, scan, stamps_of
from factdesk.publish.state import LostError, Stamp, State, state_of
from factdesk.publish.swap import restore
from factdesk.queries.desk import Desk
from factdesk.search.lock import WriterLock
from factdesk.store.faults import translated_files

_OURS = re.compile(rb'\s*\{[^\n]{0,200}"format":\s?"factdesk-site"')


@dataclass(frozen=True, slots=True)
class Built:
    """A site that was built. Paths of files that were added, changed and removed against what stood there; `made` is
    how many pages were made for it."""

    out: Path
    base_url: str
    pages: int
    checks: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unbundled: tuple[str, ...]
    private: tuple[str, ...]
    made: int
    dry_run: bool


def build(
    desk: Desk,
    out: Path,
    base_url: str = "",
    *,
    dry_run: bool = False,
    drafts: bool = False,
    anew: bool = False,
    pdf: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Built:
    """Build the site of a desk into a folder. What was there goes, unless it is not a site of ours. `drafts` are for
    the desk's own eyes; `anew`: everything is made again, whatever is known of it;
    `pdf`: with a sheet to print for each check. `progress` is told how many of how
    many pages are made.

    Raises `UsageError` without an address, `RefusedError` for a folder that holds something else, `InputError` for a
    page or template of the desk's own that cannot be used, `IntegrityError` for a page with a dead link,
    `DeskBusyError` while another builds it, `ResourceError` where sheets cannot be drawn.
    """
    target, url = out.absolute(), base_of(base_url or desk.config.url)
    cache, kind = desk.config.cache_dir, "drafts" if drafts else "site"
    refuse_foreign(target)
    with translated_files(str(target)), _alone(cache, target), state_of(cache, target, kind) as state:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.old")
        restore(target, aside)
        refuse_foreign(target)
        with _staging(target) as fresh:
            stands = scan(target)
            options = Options(url, drafts=drafts, anew=anew, pdf=pdf, progress=progress)
            made = _rendered(desk, fresh, target, options, state, stands)
            changes = compared(fresh, target, made, stands)
            if not dry_run:
                _put(state, fresh, target, aside, stands, made, changes)
    return Built(
        target, url, made.pages, made.checks, *changes, made.unbundled, made.private, made=made.new, dry_run=dry_run
    )


def _rendered(
    desk: Desk, fresh: Path, target: Path, options: Options, state: State, stands: Mapping[str, Stamp]
) -> Rendered:
    """The site as it is rendered; anew, where what was known of it turns out to be damaged."""
    try:
        return render_site(desk, fresh, target, options, state, stands)
    except LostError:
        state.forget()
        shutil.rmtree(fresh)
        fresh.mkdir()
        return render_site(desk, fresh, target, replace(options, anew=True), state, stands)


Changes = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""The files that are added, changed and removed, each by its path."""


def compared(fresh: Path, target: Path, made: Rendered, stands: Mapping[str, Stamp]) -> Changes:
    """What differs from the site that stands there."""
    changed = (path for path in made.fresh if path in stands and not _same(fresh / path, target / path))
    added = made.fresh - stands.keys()
    return tuple(sorted(added)), tuple(sorted(changed)), tuple(sorted(stands.keys() - made.files))


def _put(
    state: State,
    fresh: Path,
    target: Path,
    aside: Path,
    stands: Mapping[str, Stamp],
    made: Rendered,
    changes: Changes,
) -> None:
    added, changed, removed = changes
    if made.anew:
        put_whole(fresh, target, aside)
        with making_spare(target, made.files):
            _keep(state, target, made, changes)
        return
    if added or changed or removed:
        put_changes(fresh, target, aside, stands, [*added, *changed], removed, len(made.files))
    _keep(state, target, made, changes)


def _keep(state: State, target: Path, made: Rendered, changes: Changes) -> None:
    """Keep what is known of the site now."""
    state.keep(made.after(stamps_of(target, made.fresh), changes[2]))


@contextmanager
def _alone(cache: Path, target: Path) -> Iterator[None]:
    """Nobody else builds there meanwhile; where no lock can be had, that is up to people."""
    name = re.sub(r"[^A-Za-z0-9]", "_", str(target))[-100:]
    lock = WriterLock(cache / "site" / f"{name}.lock")
    try:
        lock.acquire()
    except DeskBusyError as error:
        raise DeskBusyError(
            "Another factdesk is building this site.", place=str(target), remedy="Wait until it is done."
        ) from error
    except DeskReadOnlyError:
        pass
    try:
        yield
    finally:
        lock.release()


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


def _same(one: Path, other: Path) -> bool:
    """Whether both are files, and the same; what is a link is none of ours."""
    left, right = one.lstat(), other.lstat()
    alike = S_ISREG(right.st_mode) and left.st_size == right.st_size
    return alike and one.read_bytes() == other.read_bytes()


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """A folder beside the target, gone afterwards. Those that a killed build left behind go first."""
    for left in target.parent.glob(f".{escape(target.name)}.*.new"):
        if not _alive(left.name.rsplit(".", 2)[1]):
            shutil.rmtree(left, ignore_errors=True)
    folder = target.with_name(f".{target.name}.{os.getpid()}.new")
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _alive(number: str) -> bool:
    """Whether another process of that number runs; where that cannot be known, yes. In a container every build may
    have the same number."""
    if number == str(os.getpid()):
        return False
    try:
        os.kill(int(number), 0) if os.name == "posix" else None
    except ProcessLookupError:
        return False
    except (ValueError, OSError):
        return True
    return True

"""A site in two folders side by side: the one that is shown, and a spare one that is brought up to it and changes
places with it. So a few changed files become a whole new site without touching all others.

Files that are the same in both are one file with two names: nobody may write into one where it lies, which this never
does.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from factdesk.publish.state import Stamp
from factdesk.publish.swap import exchange, swap

LARGE = 2_000
"""Files from which on a spare folder is kept between builds: below, it is made as fast as it is thought of."""


def scan(folder: Path) -> dict[str, Stamp]:
    """Every file below a folder by its path from it."""
    found: dict[str, Stamp] = {}
    waiting = [("", str(folder))] if folder.is_dir() else []
    while waiting:
        before, here = waiting.pop()
        with os.scandir(here) as entries:
            for each in entries:
                if each.is_dir(follow_symlinks=False):
                    waiting.append((f"{before}{each.name}/", each.path))
                else:
                    known = each.stat(follow_symlinks=False)
                    found[before + each.name] = Stamp(known.st_size, known.st_mtime_ns)
    return found


def put_whole(fresh: Path, target: Path, aside: Path) -> None:
    """Put a whole new site in the place of the one that stands there."""
    _discard(spare_of(target))
    swap(fresh, target, aside)


@contextmanager
def making_spare(target: Path, files: Collection[str]) -> Iterator[None]:
    """Make a spare folder of a site with these files, if it is worth it, beside what is done meanwhile: it takes the
    disk's time and no processor's."""
    if len(files) < LARGE:
        yield
        return
    with ThreadPoolExecutor(1) as beside:
        made = beside.submit(_link_tree, target, spare_of(target), files)
        yield
        made.result()


def put_changes(
    fresh: Path,
    target: Path,
    aside: Path,
    stands: Mapping[str, Stamp],
    changed: Collection[str],
    gone: Collection[str],
    count: int,
) -> None:
    """Make the site that stands there one in which files of `fresh` stand too, and some others are gone; `stands` are
    the files that it has, `count` is how many it has then."""
    spare = spare_of(target)
    behind = _behind(spare, stands)
    if behind is None:
        _discard(spare)
        _link_tree(target, spare, stands)
        behind = set()
    for path in behind - {*changed, *gone}:
        _follow(target / path, spare / path, spare)
    for path in gone:
        _remove(spare / path, spare)
    for path in changed:
        _clear(spare / path, spare)
        (fresh / path).replace(spare / path)
    exchange(spare, target, aside)
    if count < LARGE:
        _discard(spare)


def _behind(spare: Path, stands: Mapping[str, Stamp]) -> set[str] | None:
    """The files in which the spare folder is not what the site is, by what lies there: who built last may have been
    another, or killed, and anyone may have been in it. None where there is no such folder."""
    if spare.is_symlink() or not spare.is_dir():
        return None
    found = scan(spare)
    return {path for path in found.keys() | stands.keys() if found.get(path) != stands.get(path)}


def _discard(folder: Path) -> None:
    """Take away a folder, or what is in its place."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def spare_of(target: Path) -> Path:
    """The spare folder of a site."""
    return target.with_name(f".{target.name}.spare")


def stamps_of(folder: Path, files: Iterable[str]) -> dict[str, Stamp]:
    """How some files of a folder are left; those that are not there are left out."""
    found = {}
    for path in files:
        try:
            known = os.lstat(folder / path)
        except OSError:
            continue
        found[path] = Stamp(known.st_size, known.st_mtime_ns)
    return found


def _link_tree(source: Path, target: Path, files: Iterable[str]) -> None:
    target.mkdir()
    made = {""}
    for path in sorted(files):
        above = path.rpartition("/")[0]
        if above not in made:
            (target / above).mkdir(parents=True, exist_ok=True)
            made.add(above)
        link(f"{source}/{path}", f"{target}/{path}")


def link(source: Path | str, target: Path | str) -> None:
    """Give a file a second name; a copy of it where the disk has no such thing."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _follow(shown: Path, spare: Path, root: Path) -> None:
    """Make a file of the spare folder what it is in the one that is shown."""
    if shown.is_file() or shown.is_symlink():
        _clear(spare, root)
        spare.unlink(missing_ok=True)
        link(shown, spare)
    else:
        _remove(spare, root)


def _clear(path: Path, root: Path) -> None:
    """Make room for a file: folders above it, and no folder in its place."""
    for each in _above(path, root):
        if each.is_file() or each.is_symlink():
            each.unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)


def _remove(path: Path, root: Path) -> None:
    """Remove a file, and folders that are empty without it."""
    if path.is_dir() and not path.is_symlink():
        return
    # Where a folder is in the site, there may be a file here.
    with suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()
    for each in reversed(list(_above(path, root))):
        try:
            each.rmdir()
        except OSError:
            return


def _above(path: Path, root: Path) -> Iterable[Path]:
    """The folders of a file below the root, from above."""
    return [each for each in reversed(path.parents) if each != root and root in each.parents]

"""What is known of a site that was built: enough to build it again by making only what changed.

It lies in one SQLite file in the desk's cache, for each folder that a site is built into: safe to delete, readable by
its owner alone, and never a part of the record. One that is damaged, or of other code, is thrown away.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from factdesk.publish.links import Outline
from factdesk.queries.site_index import Row, plain, row_from
from factdesk.queries.site_model import SiteBundle

FOLDER = "site"
VERSION = 1
"""Of the tables: a file with others is thrown away."""
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS checks (id TEXT PRIMARY KEY, row TEXT, made TEXT);
CREATE TABLE IF NOT EXISTS told (id TEXT PRIMARY KEY, entry TEXT, listed TEXT, terms TEXT);
CREATE TABLE IF NOT EXISTS pages (path TEXT PRIMARY KEY, file TEXT, key TEXT, more TEXT, outline TEXT);
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, size INTEGER, time INTEGER);
"""


class Stamp(NamedTuple):
    """A file as it was left: its size in bytes, and when it was written, in nanoseconds."""

    size: int
    time: int


@dataclass(frozen=True, slots=True)
class Use:
    """A source that a check relies on, whether it is of a private network, and what is quoted of it: start, end and
    citation of each piece."""

    source: str
    private: bool
    marks: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a check: what it was made of (`key`), its files besides the page, its bundle (None for none),
    what that and its card were made of, and the sources that it relies on."""

    key: str
    files: tuple[str, ...]
    bundle: SiteBundle | None
    sealed: str
    card: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What programs are told of a check: its entry in the DataFeed, its line in the list of checks, and the words by
    which it is found."""

    entry: str
    listed: str
    terms: str


@dataclass(frozen=True, slots=True)
class Put:
    """A page that was put: what it was made of, its outline, and files that only it shows."""

    key: str
    outline: Outline
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """The site as it was built before; all empty where nothing is known of it."""

    ground: str = ""
    head: tuple[int, str] = (0, "")
    rows: Mapping[str, Row] = field(default_factory=dict)
    made: Mapping[str, Made] = field(default_factory=dict)
    pages: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The file and the key of each page."""
    more: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Files that only a page shows, of those that have any."""
    files: Mapping[str, Stamp] = field(default_factory=dict)


class LostError(Exception):
    """What was known of the site cannot be read: it is damaged. No error of SQLite, which would be taken for one of the
    record."""


class State:
    """The file that keeps it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._base = _opened(path)

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def forget(self) -> None:
        """Throw the file away, and begin another."""
        self._base.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._base = _opened(self._path)

    def before(self, code: str) -> Before:
        """What is known of the site, if the same code made it."""
        try:
            found = dict(self._base.execute("SELECT name, value FROM meta"))
            if found.get("code") != code:
                return Before()
            seq, _, digest = found["head"].partition(":")
            rows, made = {}, {}
            for own, row, told in self._base.execute("SELECT id, row, made FROM checks"):
                rows[own], made[own] = row_from(json.loads(row)), _made(json.loads(told))
            pages = {path: (file, key) for path, file, key in self._base.execute("SELECT path, file, key FROM pages")}
            showing = self._base.execute("SELECT path, more FROM pages WHERE more != '[]'")
            more = {path: tuple(json.loads(files)) for path, files in showing}
            files = {
                path: Stamp(size, time) for path, size, time in self._base.execute("SELECT path, size, time FROM files")
            }
        except (sqlite3.Error, ValueError, TypeError, KeyError, IndexError):
            return Before()
        return Before(found["ground"], (int(seq), digest), rows, made, pages, more, files)

    def told(self) -> dict[str, tuple[str, str]]:
        """What programs were told of each check: its entry in the DataFeed, and its line in the list of checks. Raises
        `LostError`, as those below do."""
        with _read():
            rows = self._base.execute("SELECT id, entry, listed FROM told")
            return {own: (entry, listed) for own, entry, listed in rows}

    def terms(self, checks: Iterable[str] | None = None) -> dict[str, str]:
        """The words by which checks were found, or all."""
        with _read():
            if checks is None:
                return dict(self._base.execute("SELECT id, terms FROM told"))
            asked = "SELECT id, terms FROM told WHERE id = ?"
            return dict(row for own in checks if (row := self._base.execute(asked, (own,)).fetchone()))

    def outlines(self, paths: Iterable[str]) -> list[Outline]:
        """The outlines of pages; unknown ones are left out."""
        with _read():
            asked = "SELECT outline FROM pages WHERE path = ?"
            rows = filter(None, (self._base.execute(asked, (path,)).fetchone() for path in paths))
            return [_outline(json.loads(row[0])) for row in rows]

    def keep(self, after: After) -> None:
        """Keep what is known now. Where that cannot be, nothing is known any more."""
        try:
            self._keep(after)
        except sqlite3.Error:
            self.forget()

    def _keep(self, after: After) -> None:
        with self._base:
            if after.anew:
                for table in ("checks", "told", "pages", "files"):
                    self._base.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
            self._put_meta("code", after.code)
            self._put_meta("ground", after.ground)
            self._put_meta("head", "{}:{}".format(*after.head))
            self._drop("checks", "id", after.gone_checks)
            self._drop("told", "id", after.gone_checks)
            self._drop("pages", "path", after.gone_pages)
            self._drop("files", "path", after.gone_files)
            checks = ((own, _json(plain(row)), _json(_plain(made))) for own, (row, made) in after.checks.items())
            self._base.executemany("INSERT OR REPLACE INTO checks VALUES (?, ?, ?)", checks)
            told = ((own, each.entry, each.listed, each.terms) for own, each in after.told.items())
            self._base.executemany("INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?)", told)
            pages = (
                (path, put.outline.file, put.key, _json(put.files), _json(_plain_outline(put.outline)))
                for path, put in after.pages.items()
            )
            self._base.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)", pages)
            files = ((path, *stamp) for path, stamp in after.files.items())
            self._base.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", files)

    def _put_meta(self, name: str, value: str) -> None:
        self._base.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def _drop(self, table: str, column: str, values: Iterable[str]) -> None:
        line = f"DELETE FROM {table} WHERE {column} = ?"  # noqa: S608 - our own names
        self._base.executemany(line, ((value,) for value in values))


@dataclass(frozen=True, slots=True)
class After:
    """What is new of a site that was built: made and put anew, and gone. `anew`: nothing of before counts."""

    code: str
    ground: str
    head: tuple[int, str]
    anew: bool
    checks: Mapping[str, tuple[Row, Made]]
    told: Mapping[str, Told]
    pages: Mapping[str, Put]
    files: Mapping[str, Stamp]
    gone_checks: tuple[str, ...] = ()
    gone_pages: tuple[str, ...] = ()
    gone_files: tuple[str, ...] = ()


@contextmanager
def state_of(cache: Path, target: Path, kind: str) -> Iterator[State]:
    """What is known of the site in the folder `target`. `kind` tells apart what is built there for readers and for
    the desk's own eyes."""
    name = sha256(f"{kind}\n{target}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
    path = cache / FOLDER / f"{name}.sqlite"
    state = State(path)
    try:
        yield state
    finally:
        state.close()


@contextmanager
def _read() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, ValueError, TypeError, KeyError, IndexError) as error:
        raise LostError(str(error)) from error


def _opened(path: Path) -> sqlite3.Connection:
    """The file; one that is damaged is made anew, and where none can be written it is kept in memory."""
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            base = sqlite3.connect(path)
        except (OSError, sqlite3.Error):
            break
        try:
            base.execute("PRAGMA synchronous = OFF")
            if base.execute("PRAGMA user_version").fetchone()[0] in (0, VERSION):
                base.executescript(_TABLES)
                base.execute(f"PRAGMA user_version = {VERSION}")
                return base
            base.close()
            path.unlink()
        except (sqlite3.Error, OSError):
            base.close()
            with suppress(OSError):
                path.unlink()
    base = sqlite3.connect(":memory:")
    base.executescript(_TABLES)
    return base


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _plain(made: Made) -> list[Any]:
    bundle = [made.bundle.path, made.bundle.digest, made.bundle.size] if made.bundle is not None else None
    return [
        made.key,
        made.files,
        bundle,
        made.sealed,
        made.card,
        [[use.source, use.private, use.marks] for use in made.uses],
    ]


def _made(data: Any) -> Made:
    key, files, bundle, sealed, card, uses = data
    known = tuple(
        Use(source, bool(private), tuple((start, end, own) for start, end, own in marks))
        for source, private, marks in uses
    )
    return Made(key, tuple(files), SiteBundle(*bundle) if bundle is not None else None, sealed, card, known)


def _plain_outline(outline: Outline) -> list[Any]:
    return [outline.file, outline.path, sorted(outline.ids), outline.links]


def _outline(data: Any) -> Outline:
    file, path, ids, links = data
    return Outline(file, path, frozenset(ids), tuple(links))

"""Findings of before, by what they were found in: a check that did not change is not linted again.

They lie in one SQLite file in the desk's cache: safe to delete, readable by its owner alone, and never a part of the
record. A file that is damaged is thrown away, and where nothing can be written nothing is kept; a result depends on
neither.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import CitationFact, ClaimFact, Facts, Finding, Fix, Rule
from factdesk.lint.run import Found, Place

MOST = 60_000
"""Checks whose findings are kept; of more those that were found first go."""
MOST_BYTES = 200_000
"""Findings of one check that are kept at most, in bytes."""
_CHECKED = 16
"""Digits of the digest that stands before findings: what was damaged is not believed."""
_CODE = ("factdesk.lint", "factdesk.text", "factdesk.domain")
"""What a finding depends on, besides the draft and its facts."""
_READERS = ("markdown-it-py", "PyYAML")


class Kept:
    """Findings of before, by key. `rules` are the rules that are asked for."""

    def __init__(self, base: sqlite3.Connection, rules: Sequence[Rule]) -> None:
        self._base = base
        self._version = version_of(tuple(rule.code for rule in rules))

    def keys(self, drafts: Iterable[tuple[str, Facts]]) -> list[bytes]:
        """What findings in each draft are kept under."""
        return [key_of(self._version, source, facts) for source, facts in drafts]

    def get(self, keys: Sequence[bytes]) -> dict[bytes, tuple[Found, ...]]:
        """What is known of those. What cannot be read is not known."""
        known: dict[bytes, tuple[Found, ...]] = {}
        with suppress(sqlite3.Error):
            for key in keys:
                row = self._base.execute("SELECT data FROM found WHERE key = ?", (key,)).fetchone()
                found = _read(row[0]) if row is not None else None
                if found is not None:
                    known[key] = found
        return known

    def put(self, found: Mapping[bytes, tuple[Found, ...]]) -> None:
        """Keep findings, and forget the oldest of too many."""
        rows = [(key, _written(each)) for key, each in found.items()]
        with suppress(sqlite3.Error), self._base:
            kept = [row for row in rows if len(row[1]) <= MOST_BYTES]
            self._base.executemany("INSERT OR REPLACE INTO found (key, data) VALUES (?, ?)", kept)
            self._base.execute("DELETE FROM found WHERE number <= (SELECT max(number) FROM found) - ?", (MOST,))


@contextmanager
def kept_in(folder: Path, rules: Sequence[Rule]) -> Iterator[Kept | None]:
    """The findings that are kept in a folder, `DeskConfig.cache_dir`; None where nothing can be kept."""
    path = folder / "lint.sqlite"
    base = _opened(path)
    if base is None:
        # Damaged: it can be made again.
        with suppress(OSError):
            path.unlink(missing_ok=True)
        base = _opened(path)
    try:
        yield Kept(base, rules) if base is not None else None
    finally:
        if base is not None:
            base.close()


def _opened(path: Path) -> sqlite3.Connection | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        base = sqlite3.connect(path, timeout=2)
    except (OSError, sqlite3.Error):
        return None
    try:
        # What is lost with the power is found again.
        base.execute("PRAGMA synchronous = OFF")
        base.execute("CREATE TABLE IF NOT EXISTS found (number INTEGER PRIMARY KEY, key BLOB UNIQUE, data TEXT)")
        if base.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        base.execute("SELECT number, key, data FROM found LIMIT 1").fetchone()
    except sqlite3.Error:
        base.close()
        return None
    return base


@cache
def version_of(codes: tuple[str, ...]) -> bytes:
    """A digest of everything that decides what is found: code and words of the rules, what reads files, and which
    rules are asked for."""
    digest = sha256(repr((codes, unicodedata.unidata_version, [version(name) for name in _READERS])).encode())
    for package in _CODE:
        for name, data in _files(files(package), package):
            digest.update(repr((name, len(data))).encode() + data)
    return digest.digest()


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _files(each, f"{name}/{each.name}")
        elif each.name.endswith((".py", ".json")):
            yield f"{name}/{each.name}", each.read_bytes()


def key_of(version: bytes, source: str, facts: Facts) -> bytes:
    """What findings are kept under: the draft, and all that it is held against; of long texts their digests."""
    known = (
        *(facts.desk, sorted(facts.sites), facts.asked, repr(facts.scale), _day(source, facts)),
        sorted(facts.captured),
        [(mark, *_citation(fact)) for mark, fact in sorted(facts.citations.items())],
        [(own, *_claim(fact)) for own, fact in sorted(facts.claims.items())],
    )
    return sha256(version + repr((source, known)).encode("utf-8", "surrogatepass")).digest()


def _day(source: str, facts: Facts) -> str:
    """This day where a draft may name it, since a date of today needs no source (FD202); else the year alone."""
    today = facts.today
    names_day = re.search(rf"(?<!\d)0?{today.day}(?!\d)", source) and f"{today.year % 100:02}" in source
    return today.isoformat() if names_day else str(today.year)


def _citation(fact: CitationFact) -> Iterator[Any]:
    return (_digest(fact.text) if each.name == "text" else getattr(fact, each.name) for each in fields(fact))


def _claim(fact: ClaimFact) -> Iterator[Any]:
    places = [(place.url, place.captured, _digest(place.text)) for place in fact.appearances]
    return (places if each.name == "appearances" else getattr(fact, each.name) for each in fields(fact))


@lru_cache(maxsize=2048)
def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if text else ""


def _written(found: Sequence[Found]) -> str:
    rows = json.dumps([_row(each) for each in found], ensure_ascii=False, separators=(",", ":"))
    return _digest(rows)[:_CHECKED] + rows


def _row(found: Found) -> list[Any]:
    finding, fix = found.finding, found.finding.fix
    return [
        *(finding.code, finding.span.start, finding.span.end),
        *(finding.reason.feature, finding.reason.template, dict(finding.reason.values)),
        [fix.span.start, fix.span.end, fix.text] if fix is not None else None,
        *(found.severity, found.start.line, found.start.column, found.end.line, found.end.column, found.waiver),
    ]


def _read(data: str) -> tuple[Found, ...] | None:
    try:
        if data[:_CHECKED] != _digest(data[_CHECKED:])[:_CHECKED]:
            return None
        return tuple(_found(*row) for row in json.loads(data[_CHECKED:]))
    except (ValueError, TypeError, AttributeError):
        return None


def _found(
    code: str, start: int, end: int, feature: str, template: str, values: dict[str, str], fix: Any, *place: Any
) -> Found:
    severity, line, column, end_line, end_column, waiver = place
    mend = Fix(Span(fix[0], fix[1]), fix[2]) if fix is not None else None
    finding = Finding(code, Span(start, end), Reason(feature, template, values), mend)
    return Found(finding, severity, Place(line, column), Place(end_line, end_column), waiver)

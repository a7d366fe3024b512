"""What the bundles of a site's checks hold that other pages rely on, gathered while they are verified one by one.

What grows with the number of checks is small: a check's title and summary, a source's title and address, places of
quotations. The texts of sources lie in a file that goes with the reader's program.
"""

from __future__ import annotations

import hashlib
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import IO

from factdesk.domain.documents import Block, blocks_from
from factdesk.publish.model import SiteCheck, SiteData, SiteMark, SiteSource
from factdesk.publish.verify_entries import Said, said_of
from factdesk.queries.site_evidence import SourceText

MOST_TEXT = 64 << 20

BlobOf = Callable[[str], bytes | None]
"""The bytes of a digest out of a bundle; None where they are missing."""


@dataclass(slots=True)
class Texts:
    """Texts by their digests, packed, in a file."""

    file: IO[bytes] = field(default_factory=tempfile.TemporaryFile)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def put(self, digest: str, data: bytes) -> None:
        """Keep a text that has this digest; another one is not kept."""
        if digest in self.places or len(data) > MOST_TEXT or hashlib.sha256(data).hexdigest() != digest:
            return
        packed = zlib.compress(data, 1)
        self.places[digest] = (self.file.seek(0, 2), len(packed))
        self.file.write(packed)

    def get(self, digest: str) -> str | None:
        """A text, where it is kept and is one."""
        if digest not in self.places:
            return None
        at, length = self.places[digest]
        self.file.seek(at)
        try:
            return zlib.decompress(self.file.read(length)).decode()
        except UnicodeDecodeError:
            return None


@dataclass(slots=True)
class Gathered:
    """`known` are the site's checks by id (None for one of which nothing is known), `at` their ids by their pages;
    `other` the sources that two bundles hold differently."""

    known: dict[str, Said | None]
    at: dict[str, str]
    texts: Texts = field(default_factory=Texts)
    sources: dict[str, SiteSource] = field(default_factory=dict)
    marks: dict[str, dict[tuple[str, int, int], SiteMark]] = field(default_factory=lambda: defaultdict(dict))
    users: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    other: list[tuple[str, str]] = field(default_factory=list)

    def add(self, site: SiteData, check: SiteCheck, blob: BlobOf) -> None:
        """Take in a check, the sources that it relies on and what it quotes of them."""
        self.known[check.id] = said_of(check)
        for own, source in site.sources.items():
            bare = replace(source, marks=(), checks=())
            if self.sources.setdefault(own, bare) != bare:
                self.other.append((check.path, own))
                continue
            self.users[own].append(check.id)
            for mark in source.marks:
                self.marks[own][mark.citation, mark.start, mark.end] = mark
            for digest in filter(None, (source.text_digest, source.layout_digest)):
                if digest not in self.texts.places and (data := blob(digest)) is not None:
                    self.texts.put(digest, data)

    def whole(self) -> Iterator[SiteSource]:
        """The sources with all that is quoted of them."""
        for own, source in self.sources.items():
            marks = sorted(self.marks[own].values(), key=lambda each: (each.start, each.end, each.citation))
            yield replace(source, marks=tuple(marks), checks=tuple(self.users[own]))

    def text_of(self, source: SiteSource) -> SourceText | None:
        """The text of a source; None where no bundle holds it."""
        text = self.texts.get(source.text_digest)
        layout = self.texts.get(source.layout_digest) if source.layout_digest else ""
        if text is None or layout is None:
            return None
        try:
            return SourceText(text, blocks_from(layout) if layout else (Block(0, len(text)),))
        except (ValueError, TypeError, KeyError, RecursionError):
            return None

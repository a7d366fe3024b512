"""A site to be verified, as a folder or by its address. All of it is hostile: names, sizes, what answers, and how long.

Of an address only that host is asked, and no redirect is followed: where else it would lead, a reader should know.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import urlsplit

from factdesk.errors import InputError, NetworkError, NotFoundError, UsageError

PATH = re.compile(r"/(?:[a-z0-9][a-z0-9._-]{0,120}/){0,6}(?:[a-z0-9][a-z0-9._-]{0,120})?")
"""Paths of a site as factdesk makes them: nothing of them leads out of it."""
SECONDS = 60.0
"""How long one file may take to come."""
_CHUNK = 1 << 20
_PAGE = re.compile(r"<loc>\s*([^<\s]{1,2000})\s*</loc>")
MOST_PAGES = 500_000
SITEMAP_MOST = 50 << 20


class Source(Protocol):
    """Where a site's files come from."""

    @property
    def name(self) -> str:
        """What to call it."""

    @property
    def url(self) -> str:
        """Its address, empty for a folder."""

    def open(self, path: str, most: int) -> IO[bytes]:
        """A file by its path from the site, which begins with a slash, at its beginning. Raises `NotFoundError` for
        none, `InputError` for one of more bytes than `most`, `NetworkError`."""

    def pages(self, base_url: str) -> Iterator[str]:
        """The paths of the pages that there are, as far as they can be found."""


def read(source: Source, path: str, most: int) -> bytes:
    """A file's bytes. Raises as `Source.open` does."""
    with source.open(path, most) as file:
        return file.read(most + 1)


@dataclass(frozen=True, slots=True)
class Folder:
    """A site in a folder."""

    folder: Path
    url: str = ""

    @property
    def name(self) -> str:
        """What to call it."""
        return self.folder.name

    def open(self, path: str, most: int) -> IO[bytes]:
        """A file of the folder; none that a link leads out of it to, and no device."""
        parts = path[1:].split("/")
        if not path.startswith("/") or any(each in ("", ".", "..") for each in parts[:-1]) or parts[-1] in (".", ".."):
            raise InputError("This is no path of a site.", place=path[:200])
        target = self.folder.joinpath(*parts) if parts[-1] else self.folder.joinpath(*parts[:-1], "index.html")
        root = self.folder.resolve()
        if not target.is_file() or not target.resolve().is_relative_to(root):
            raise NotFoundError("There is no such file.", place=path)
        if target.stat().st_size > most:
            raise InputError("It has more than {limit} MB.", place=path, limit=most >> 20)
        return target.open("rb")

    def pages(self, base_url: str) -> Iterator[str]:  # noqa: ARG002 - as Source has it
        """Every page in the folder."""
        for number, path in enumerate(sorted(self.folder.rglob("*.html"))):
            if number >= MOST_PAGES:
                raise InputError("It has more than {limit} pages.", limit=MOST_PAGES)
            if path.is_file():
                relative = "/" + path.relative_to(self.folder).as_posix()
                yield relative.removesuffix("index.html") if relative.endswith("/index.html") else relative


@dataclass(frozen=True, slots=True)
class Web:
    """A site by its address, which ends with no slash."""

    url: str
    allow_private: bool = False

    @property
    def name(self) -> str:
        """What to call it."""
        return self.url

    def open(self, path: str, most: int) -> IO[bytes]:
        """What the site answers, unpacked."""
        from factdesk.capture.client import Limits
        from factdesk.capture.fetch import NotModified, fetch

        if PATH.fullmatch(path) is None or ".." in path:
            raise InputError("This is no path of a site.", place=path[:200])
        limits = Limits(bytes=most, total_seconds=SECONDS, redirects=0)
        try:
            found = fetch(self.url + path, allow_private=self.allow_private, limits=limits)
        except NetworkError as error:
            if str(error.values.get("status")) in ("404", "410"):
                raise NotFoundError("There is no such file.", place=path) from error
            raise
        if isinstance(found, NotModified):
            raise NetworkError("{url} answers with status {status}.", url=found.url, status=304)
        return found.body

    def pages(self, base_url: str) -> Iterator[str]:
        """The pages that its sitemaps name."""
        waiting, seen = ["/sitemap.xml"], 0
        while waiting:
            for url in _PAGE.findall(read(self, waiting.pop(), SITEMAP_MOST).decode(errors="replace")):
                path = url.removeprefix(base_url)
                seen += 1
                if seen > MOST_PAGES:
                    raise InputError("It has more than {limit} pages.", limit=MOST_PAGES)
                if re.fullmatch(r"/sitemap-\d{1,4}\.xml", path):
                    waiting.append(path)
                else:
                    yield path


def web(address: str, *, allow_private: bool = False) -> Web:
    """A site at an address. Raises `UsageError` for what is none."""
    try:
        parts = urlsplit(address.strip())
        known = parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment
    except ValueError:
        known = None
    if not known:
        raise UsageError(
            "{url} is no address of a site.", remedy="It looks like https://example.org", url=address[:200]
        )
    path = parts.path.removesuffix("index.html").rstrip("/")
    return Web(f"{parts.scheme}://{parts.netloc}{path}", allow_private)


def is_site(what: str) -> bool:
    """Whether this names a site: an address of the web, or a folder with one."""
    return re.match("https?://", what, re.IGNORECASE) is not None or (Path(what) / "data" / "site.json").is_file()


def site_at(what: str, *, allow_private: bool = False) -> Source:
    """The site that is named. Raises `UsageError`."""
    if "://" in what:
        return web(what, allow_private=allow_private)
    return Folder(Path(what))


@contextmanager
def held(source: Source, path: str, most: int) -> Iterator[IO[bytes]]:
    """A file that can be read in any order. Raises as `Source.open` does."""
    with source.open(path, most) as found, tempfile.TemporaryFile() as copy:
        while chunk := found.read(_CHUNK):
            copy.write(chunk)
        copy.seek(0)
        yield copy

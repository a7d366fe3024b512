"""What a page may read while it becomes a PDF: the site's own static files, and what we made for it. Nothing else, from
anywhere: no address is fetched, and no other file opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

KINDS: Mapping[str, str] = {
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
"""Kinds of static files that are read. A drawing is none: it can ask for more."""
MOST = 8 << 20
"""Bytes of one file."""
MADE = "factdesk:"
"""How the address of what we made begins."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be read. `root` is the address of the static files, with a slash at its end; `folders` where they are,
    the first that has one gives it; `made` are other files by their address; `without` are paths that are not read."""

    root: str
    folders: Sequence[Path]
    made: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()


class Served(URLFetcher):  # type: ignore[misc]  # The library ships no types.
    """Answers from what is allowed. Everything else is refused, and left out of the PDF as a browser would."""

    def __init__(self, allowed: Allowed) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.allowed = allowed

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - the library's own
        """The file at an address. Raises `ValueError` for what is not allowed."""
        if url in self.allowed.made:
            data, kind = self.allowed.made[url]
        else:
            data, kind = served(self.allowed, url)
        return URLFetcherResponse(url, data, {"Content-Type": kind})


def served(allowed: Allowed, url: str) -> tuple[bytes, str]:
    """A static file and its media type. Raises `ValueError` for an address of anything else."""
    path = _path(allowed.root, url)
    kind = KINDS.get(PurePosixPath(path).suffix)
    if kind is None or path in allowed.without:
        raise ValueError(f"not a file to be read here: {path[:80]!r}")
    for folder in allowed.folders:
        root = folder.resolve()
        file = (root / path).resolve()
        if file.is_relative_to(root) and file.is_file():
            with file.open("rb") as stream:
                data = stream.read(MOST + 1)
            if len(data) > MOST:
                raise ValueError(f"larger than {MOST >> 20} MB")
            return data, kind
    raise ValueError(f"no such file: {path[:80]!r}")


def _path(root: str, url: str) -> str:
    """The path of a static file from its address, made of plain names only."""
    parts = urlsplit(url)
    plain, start = unquote(parts._replace(fragment="").geturl()), unquote(root)
    path = plain.removeprefix(start)
    names = path.split("/")
    if parts.query or path == plain or not path.isprintable() or set(path) & {"\\", ":"} or {"", ".", ".."} & {*names}:
        raise ValueError("not an address of the site's static files")
    return path

"""What every page of a site stands on besides its own check: if any of it is other than before, all pages are made
anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from factdesk.publish.render import Page
from factdesk.queries.site_model import KeptEntry, SiteCheck, SiteDesk

_MAKERS = ("Jinja2", "markdown-it-py", "nh3", "Pillow", "weasyprint")
_CODE = (".py", ".html", ".css", ".js", ".json", ".svg", ".woff2")


def ground_of(desk: SiteDesk, own: Path, trust: object, more: tuple[object, ...]) -> str:
    """A digest of it, besides the code: the publisher, and the templates in the folder `own`. Those of the
    desk's own may say anything of it on any page: only without them do pages not depend on who signs, nor on where the
    log stands."""
    templates = sorted(_bytes_in(own / "templates"))
    public = replace(desk, people=(), authors=(), head=(0, ""), heads=()) if not templates else desk
    if templates and not any(b"head" in data for _, data in templates):
        public = replace(public, head=(0, ""), heads=())
    return digest((public, trust, templates, more))


def page_key(page: Page, desk: SiteDesk) -> str:
    """What a page is made of, besides the ground: a digest that is another one for another page. Empty for a page that
    is always made anew."""
    if any(isinstance(each, SiteCheck) for each in _leaves(page.context)):
        return ""
    more: tuple[object, ...] = (desk.people, desk.authors) if page.template in ("people.html", "own.html") else ()
    head = (desk.head,) if page.template == "log.html" else ()
    reduced = [page.path, page.template, page.language, page.title, page.description, dict(page.twins)]
    return digest((reduced, sorted(page.files), _plain(page.context), more, head))


def _plain(value: Any) -> Any:
    """A value as text that is the same for the same value: of a check only which publication it is, and where."""
    if isinstance(value, KeptEntry):
        return f"{value.id}:{value.number}:{value.path}:{value.twin}"
    if isinstance(value, Mapping):
        return [(str(key), _plain(each)) for key, each in value.items()]
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return [type(value).__name__, *(_plain(getattr(value, each.name)) for each in fields(value))]
    if isinstance(value, datetime):
        return value.isoformat()
    return value


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _leaves(each)
    else:
        yield value


def digest(value: object) -> str:
    """What tells apart plain values: another one for another value."""
    return sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def code_of() -> str:
    """The code that makes pages, by what its files look like from outside: they are too many to be read each time."""
    with as_file(files("factdesk")) as folder:
        found = [
            (path.relative_to(folder).as_posix(), path.stat().st_size, path.stat().st_mtime_ns)
            for path in sorted(folder.rglob("*"))
            if path.suffix in _CODE
        ]
    return digest((found, [_version(name) for name in _MAKERS]))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _bytes_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path.read_bytes()

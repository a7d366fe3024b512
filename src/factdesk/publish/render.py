"""Pages as bytes: templates, filled. Every value is escaped; what is missing is an error and never an empty place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from factdesk.domain.keys import shown_fingerprint
from factdesk.errors import InputError
from factdesk.publish import words
from factdesk.publish.places import moment
from factdesk.text.urls import host_of
from factdesk.wording import sayer

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment

    from factdesk.queries.site_model import SiteDesk, SiteEntry
    from factdesk.wording import Say

Link = Callable[[str], str]
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'"
)
"""The Content-Security-Policy of every page: nothing from anywhere else, and no script that is not a file of ours."""


DEEP = 4
"""Slashes in the address of a page that no menu names: below `/en/checks/`."""
HEADLINE = 70
"""Letters of a title that programs show."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made. `path` is its address, a folder's ends with a slash; `twins` are the same page in other
    languages, by language; `context` what its template gets besides what all get (`given`); `files` those of the site
    that it alone knows of."""

    path: str
    template: str
    language: str
    title: str
    description: str = ""
    twins: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    files: frozenset[str] = frozenset()

    @property
    def file(self) -> str:
        """Its file, from the site's folder."""
        return f"{self.path[1:]}index.html" if self.path.endswith("/") else self.path[1:]

    def headline(self, desk: str) -> str:
        """What a browser's tab says: the title, and the desk's name where there is room."""
        both = self.title if self.title == desk else f"{self.title} · {desk}"
        return (
            both
            if len(both) <= HEADLINE
            else self.title
            if len(self.title) <= HEADLINE
            else f"{self.title[: HEADLINE - 1]}…"
        )


class Renderer:
    """Fills templates for one site. Those in a desk's own folder go before ours, and can do no more than ours."""

    def __init__(
        self, desk: SiteDesk, files: frozenset[str] = frozenset(), own: Path | None = None, *, drafts: bool = False
    ) -> None:
        self.desk = desk
        self.drafts = drafts
        self.files = files
        self.env = environment(own)
        self._same: dict[tuple[str, str, str], str] = {}
        self._entries: dict[tuple[int, int, str, str], tuple[SiteEntry, str]] = {}

    def render(self, page: Page) -> bytes:
        """The page. Raises `InputError` for a template of the desk's own that cannot be used."""
        from jinja2 import TemplateError

        try:
            text = self.env.get_template(page.template).render({**self.given(page), **page.context})
        except (
            TemplateError,
            TypeError,
            ValueError,
            AttributeError,
            LookupError,
            ArithmeticError,
            RecursionError,
        ) as error:
            # A template may do anything wrong that a program may; ours are tested.
            raise InputError("The template {name} cannot be used: {why}.", name=page.template, why=error) from error
        return ("\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n").encode()

    def given(self, page: Page) -> dict[str, Any]:
        """What every template gets."""
        language = page.language

        def link(path: str) -> str:
            return self.link(page, path)

        def same(part: Callable[[], str], name: str) -> str:
            # Pages of one folder lead to the rest of the site in the same way. Menus name the page that one is on:
            # those are not deep.
            above = page.path.rstrip("/").rpartition("/")[0] if page.path.count("/") >= DEEP else page.path
            key = name, language, above
            if key not in self._same:
                self._same[key] = part()
            return self._same[key]

        return {
            "page": page,
            "desk": self.desk,
            "files": self.files | page.files,
            "drafts": self.drafts,
            "language": language,
            "say": sayer(language),
            "link": link,
            "once": self.once,
            "same": same,
            "url": lambda path: self.desk.base_url + path,
            "day": lambda time: words.day(time, language),
            "policy": POLICY,
            "names": words.LANGUAGE_NAMES,
            "home": f"/{language}/",
        }

    def once(
        self, entry: Callable[..., str], check: SiteEntry, level: int, say: Say, link: Link, day: object, language: str
    ) -> str:
        """What `entry` makes of a check in a list. Several lists that are as deep show the same."""
        key = id(check), level, language, link(check.path)
        kept = self._entries.get(key)
        # An id can be given again, to another check.
        if kept is None or kept[0] is not check:
            kept = self._entries[key] = check, entry(check, level, say, link, day, language)
        return kept[1]

    def link(self, page: Page, path: str) -> str:
        """An address of the site as a page links to it, so that the site works below any address. The page that stands
        for what is missing may be shown anywhere, and names the whole way."""
        if page.path == "/404.html":
            return urlsplit(self.desk.base_url).path.rstrip("/") + path
        return relative(page.path, path)


def relative(start: str, path: str) -> str:
    """The way from one page to another: `relative("/en/checks/a/", "/en/") == "../../"`."""
    target, mark, fragment = path.partition("#")
    here = start.rpartition("/")[0] + "/"
    if target == start and mark:
        return "#" + fragment
    return _way(here, target) + mark + fragment


@lru_cache(maxsize=4096)
def _way(here: str, target: str) -> str:
    """From a folder to an address; `posixpath.relpath` in a fifth of the time. Every page asks for those of the menu
    several times over."""
    start, end = here.split("/")[:-1], target.split("/")
    same, most = 1, min(len(start), len(end) - 1)
    while same < most and start[same] == end[same]:
        same += 1
    return "../" * (len(start) - same) + "/".join(end[same:]) or "./"


def environment(own: Path | None = None) -> Environment:
    """The templates' engine: everything escaped, nothing missing, no way out of a template. Templates in the folder
    `own` go before ours."""
    from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    if own is None or not own.is_dir():
        return _ours()
    loader = ChoiceLoader([FileSystemLoader(own), PackageLoader("factdesk.publish", "templates")])
    return _set_up(ImmutableSandboxedEnvironment, loader)


@cache
def _ours() -> Environment:
    """For our own templates alone, which need no guard: it takes a third of the time."""
    from jinja2 import Environment, PackageLoader

    return _set_up(Environment, PackageLoader("factdesk.publish", "templates"))


def _set_up(kind: type[Environment], loader: BaseLoader) -> Environment:
    from jinja2 import StrictUndefined

    env = kind(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        # A build sees one state of the templates, and need not ask for each page whether they are still the same.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        tone=words.tone,
        rating_name=words.rating_name,
        shown_fingerprint=shown_fingerprint,
        host_of=host_of,
        moment=moment,
    )
    return env

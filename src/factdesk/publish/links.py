"""Whether every link within a site leads somewhere, anchors too."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from factdesk.publish.render import Page

_PLAIN = re.compile(r"(?:\.\./)*[A-Za-z0-9][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*/?(?:#[A-Za-z0-9-]+)?")


@dataclass(frozen=True, slots=True)
class Outline:
    """What of a page others rely on: its file, its places, and where it leads within the site."""

    file: str
    path: str
    ids: frozenset[str]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dead:
    """A link that leads nowhere, and the page that it is on."""

    page: str
    link: str


def outline(page: Page, html: bytes, base_url: str) -> Outline:
    """A page's outline. Raises `ValueError` for what is no whole page, or names a place twice."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html.decode())
    if tree.css_first("html > head > title") is None or len(tree.css("body > main")) != 1:
        raise ValueError("it is no whole page")
    ids = [each.attributes["id"] or "" for each in tree.css("[id]")]
    if len(set(ids)) < len(ids):
        raise ValueError("it names a place twice")
    links = []
    for each in tree.css("[href], [src]"):
        given = each.attributes
        link = given.get("href") or ""
        # What a text leads to by its whole address may be anything, also something else at our own address.
        if each.tag == "link" or not link.startswith(f"{base_url}/"):
            links.append(link or given.get("src") or "")
    inside = tuple(filter(None, (_inside(page.path, link, base_url) for link in dict.fromkeys(links))))
    return Outline(page.file, page.path, frozenset(ids), inside)


def dead_links(
    outlines: Iterable[Outline], files: Collection[str], ids_of: Callable[[str], frozenset[str] | None]
) -> Iterator[Dead]:
    """The links of pages that lead to no file of the site, or to a place that its page does not have. `ids_of` tells
    the places of a page that is not among these, by its file; None for what is no page."""
    looked = list(outlines)
    ids: dict[str, frozenset[str] | None] = {each.file: each.ids for each in looked}
    alive: set[str] = set()
    for each in looked:
        for link in each.links:
            if link in alive:
                continue
            path, _, place = link.partition("#")
            file = path[1:] + ("index.html" if path.endswith("/") else "")
            if place and file in files and file not in ids:
                ids[file] = ids_of(file)
            known = ids.get(file) if place else None
            if file not in files or (known is not None and unquote(place) not in known):
                yield Dead(each.path, link)
            else:
                alive.add(link)


def _inside(start: str, link: str, base_url: str) -> str:
    """Where a link leads within the site, from its root; empty for one that leads out of it."""
    if _PLAIN.fullmatch(link):
        # Most links are plain ones of ours: this is what the rest makes of them, in a fifth of the time.
        up = link.count("../")
        above = start.split("/")[1:-1]
        return "/".join(["", *(above[:-up] if up else above), link[3 * up :]])
    root = urlsplit(base_url).path.rstrip("/")
    if link.startswith(f"{base_url}/"):
        link = root + link.removeprefix(base_url)
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    path = unquote(parts.path)
    if path.startswith("/"):
        made = path.removeprefix(root)
    elif path:
        here = start if start.endswith("/") else posixpath.dirname(start)
        made = posixpath.normpath(posixpath.join(here, path)) + ("/" if path.endswith("/") else "")
        made = "/" if made == "//" else made
    else:
        made = start
    return made + (f"#{parts.fragment}" if parts.fragment else "")

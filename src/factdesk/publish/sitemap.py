"""`sitemap.xml` with the languages of each page (sitemaps.org, hreflang), and `robots.txt`.

Above `MOST` pages there are several sitemaps and an index of them, as the protocol asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from factdesk.publish.model import SiteDesk
from factdesk.publish.places import address, moment
from factdesk.publish.xml_text import escaped, readable

MOST = 20_000
"""Pages of one sitemap: the protocol allows 50,000 and 50 MB, and the twins of a page take room."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is to be found. `path` begins with a slash; `changed` is None where no day can be named; `twins` are
    the paths of the same page by language, its own among them, or nothing."""

    path: str
    changed: datetime | None = None
    twins: Mapping[str, str] = field(default_factory=dict)


def sitemap_files(desk: SiteDesk, pages: Iterable[Page]) -> dict[str, bytes]:
    """The sitemaps by their paths, pages in the order of their addresses; `sitemap.xml` is the first or the index."""
    found = sorted(pages, key=lambda page: page.path)
    if len(found) <= MOST:
        return {"sitemap.xml": _sitemap(desk, found)}
    parts = {f"sitemap-{number}.xml": _sitemap(desk, part) for number, part in enumerate(_parts(found), 1)}
    places = "".join(f"<sitemap><loc>{_url(desk, f'/{name}')}</loc></sitemap>\n" for name in parts)
    index = f"{_HEAD}<sitemapindex {_SPACE}>\n{places}</sitemapindex>\n"
    return {"sitemap.xml": index.encode(), **parts}


def robots_txt(desk: SiteDesk) -> bytes:
    """Everything may be read; the sitemap is here."""
    return f"User-agent: *\nAllow: /\nSitemap: {readable(address(desk, '/sitemap.xml'))}\n".encode()


def _parts(pages: Sequence[Page]) -> Iterator[list[Page]]:
    left = iter(pages)
    while part := list(islice(left, MOST)):
        yield part


def _sitemap(desk: SiteDesk, pages: Iterable[Page]) -> bytes:
    return f"{_HEAD}<urlset {_SPACE} {_LINKS}>\n{''.join(_entry(desk, each) for each in pages)}</urlset>\n".encode()


def _entry(desk: SiteDesk, page: Page) -> str:
    changed = f"<lastmod>{moment(page.changed)}</lastmod>" if page.changed is not None else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{escaped(language)}" href="{_url(desk, path)}"/>'
        for language, path in sorted(page.twins.items())
    )
    return f"<url><loc>{_url(desk, page.path)}</loc>{changed}{links}</url>\n"


def _url(desk: SiteDesk, path: str) -> str:
    return escaped(address(desk, path))

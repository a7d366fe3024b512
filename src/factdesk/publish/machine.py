"""What programs read of the site: feeds, the DataFeed, sitemap, robots.txt, trust.txt, and the list for `verify`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from factdesk import __version__
from factdesk.interchange.trust_file import Trust
from factdesk.publish import datafeed
from factdesk.publish.claimreview import claim_review, json_ld, safe_json
from factdesk.publish.drawn_with import drawn_with
from factdesk.publish.feeds import feed_files, feed_paths
from factdesk.publish.heads import PATH as HEADS
from factdesk.publish.heads import heads_file
from factdesk.publish.model import SiteCheck, SiteData, SiteDesk
from factdesk.publish.places import moment
from factdesk.publish.sitemap import Page, robots_txt, sitemap_files
from factdesk.publish.trust import trust_files

__all__ = ["Page", "claim_review", "json_ld", "listed", "machine_files", "machine_paths", "site_json"]

SITE = "data/site.json"
FORMAT, VERSION = "factdesk-site", 1


def machine_files(
    site: SiteData, told: Mapping[str, tuple[str, str]], pages: Iterable[Page] = (), trust: Trust | None = None
) -> dict[str, bytes]:
    """Every file for programs by its path, without a slash before it. `told` are for each check its entry in the
    DataFeed (`datafeed.entry`) and its line in the list (`listed`); `pages` those that are to be found."""
    changed = max((check.changed for check in site.checks.values()), default=None)
    return {
        **feed_files(site),
        datafeed.PATH: datafeed.datafeed(site.desk, {own: entry for own, (entry, _) in told.items()}, changed),
        HEADS: heads_file(site.desk.name, site.desk.head, site.desk.heads),
        SITE: site_json(site.desk, {own: line for own, (_, line) in told.items()}),
        **sitemap_files(site.desk, pages),
        "robots.txt": robots_txt(site.desk),
        **trust_files(site.desk.name, trust),
    }


def machine_paths(desk: SiteDesk, trust: Trust | None = None) -> frozenset[str]:
    """The paths of those files, for who links to them before they are made, but of further sitemaps."""
    own = (*feed_paths(desk), datafeed.PATH, HEADS, SITE, "sitemap.xml", "robots.txt")
    return frozenset([*own, *trust_files(desk.name, trust)])


def site_json(desk: SiteDesk, lines: Mapping[str, str]) -> bytes:
    """What `factdesk verify SITE` begins with: every check with its page, bundle and digests, one a line (`listed`, by
    its id), and the head of the log. Paths are below the site, so that a copy of it in a folder can be verified too."""
    head = {
        "format": FORMAT,
        "version": VERSION,
        "generator": f"factdesk {__version__}",
        "cards": drawn_with(),
        "desk": desk.name,
        "url": desk.base_url,
        "log": {"seq": desk.head[0], "hash": desk.head[1]},
    }
    body = ",\n".join(lines[own] for own in sorted(lines))
    return f'{safe_json(head)[:-1]},"checks":[\n{body}\n]}}\n'.encode()


def listed(check: SiteCheck) -> str:
    """The line of a check in that list."""
    bundle = check.bundle
    line = {
        "id": check.id,
        "language": check.language,
        "page": check.path,
        "act": check.statement.act,
        "number": check.number,
        "published": moment(check.published),
        "changed": moment(check.changed),
        "statement": check.revisions[-1].digest,
        "signer": check.signer.fingerprint,
        "bundle": {"path": bundle.path, "sha256": bundle.digest, "size": bundle.size} if bundle is not None else None,
    }
    return safe_json(line)

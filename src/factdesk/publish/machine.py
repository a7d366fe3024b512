"""What programs read of the site: feeds, the DataFeed, sitemap, robots.txt, trust.txt, and the list for `verify`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from factdesk.interchange.trust_file import Trust
from factdesk.publish import datafeed
from factdesk.publish.claimreview import claim_review, json_ld, safe_json
from factdesk.publish.feeds import feed_files, feed_paths
from factdesk.publish.model import SiteCheck, SiteData, SiteDesk
from factdesk.publish.places import moment
from factdesk.publish.sitemap import Page, robots_txt, sitemap_files
from factdesk.publish.trust import trust_files

__all__ = ["Page", "claim_review", "json_ld", "machine_files", "machine_paths", "site_json"]

SITE = "data/site.json"
FORMAT, VERSION = "factdesk-site", 1


def machine_files(site: SiteData, pages: Iterable[Page] = (), trust: Trust | None = None) -> dict[str, bytes]:
    """Every file for programs by its path, without a slash before it. `pages` are those that are to be found."""
    return {
        **feed_files(site),
        datafeed.PATH: datafeed.datafeed(site),
        SITE: site_json(site),
        **sitemap_files(site.desk, pages),
        "robots.txt": robots_txt(site.desk),
        **trust_files(site.desk.name, trust),
    }


def machine_paths(desk: SiteDesk, trust: Trust | None = None) -> frozenset[str]:
    """The paths of those files, for who links to them before they are made, but of further sitemaps."""
    own = (*feed_paths(desk), datafeed.PATH, SITE, "sitemap.xml", "robots.txt")
    return frozenset([*own, *trust_files(desk.name, trust)])


def site_json(site: SiteData) -> bytes:
    """What `factdesk verify SITE` begins with: every check with its page, bundle and digests, one a line, and the head
    of the log. Paths are below the site, so that a copy of it in a folder can be verified too."""
    desk = site.desk
    head = {
        "format": FORMAT,
        "version": VERSION,
        "desk": desk.name,
        "url": desk.base_url,
        "log": {"seq": desk.head[0], "hash": desk.head[1]},
    }
    lines = ",\n".join(safe_json(_check(site.checks[own])) for own in sorted(site.checks))
    return f'{safe_json(head)[:-1]},"checks":[\n{lines}\n]}}\n'.encode()


def _check(check: SiteCheck) -> Mapping[str, Any]:
    bundle = check.bundle
    return {
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

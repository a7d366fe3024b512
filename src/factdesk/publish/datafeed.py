"""Every check of the site as one schema.org DataFeed: the bulk form, which other desks and archives read.

One entry a check, in the order of their ids, one a line, so that two can be compared line by line. A withdrawn check
keeps its entry, with `item: null` and the day; a check about several claims has a ClaimReview for each.
"""

from __future__ import annotations

from typing import Any

from factdesk.publish.claimreview import CONTEXT, claim_reviews, safe_json
from factdesk.publish.model import SiteCheck, SiteData, SiteDesk
from factdesk.publish.places import address, moment

PATH = "data/datafeed.json"


def datafeed(site: SiteData) -> bytes:
    """The feed."""
    desk = site.desk
    head = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": desk.name,
        "url": address(desk, f"/{PATH}"),
        "provider": {"@type": "Organization", "name": desk.name, "url": address(desk, "/")},
    }
    if site.checks:
        head["dateModified"] = moment(max(check.changed for check in site.checks.values()))
    lines = ",\n".join(entry(desk, site.checks[own]) for own in sorted(site.checks))
    return f'{safe_json(head)[:-1]},"dataFeedElement":[\n{lines}\n]}}\n'.encode()


def entry(desk: SiteDesk, check: SiteCheck) -> str:
    """One check as a line of JSON."""
    made: dict[str, Any] = {
        "@type": "DataFeedItem",
        "url": address(desk, check.path),
        "dateCreated": moment(check.published),
        "dateModified": moment(check.changed),
    }
    if check.withdrawn:
        return safe_json({**made, "dateDeleted": moment(check.changed), "item": None})
    return safe_json({**made, "item": list(claim_reviews(desk, check))})

"""Every check of the site as one schema.org DataFeed: the bulk form, which other desks and archives read.

One entry a check, in the order of their ids, one a line, so that two can be compared line by line. A withdrawn check
keeps its entry, with `item: null` and the day; a check about several claims has a ClaimReview for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from factdesk.publish.claimreview import CONTEXT, claim_reviews, safe_json
from factdesk.publish.model import SiteCheck, SiteDesk
from factdesk.publish.places import address, moment

PATH = "data/datafeed.json"


def datafeed(desk: SiteDesk, entries: Mapping[str, str], changed: datetime | None) -> bytes:
    """The feed, of what `entry` made of each check, by its id. `changed` is when the newest of them did."""
    head = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": desk.name,
        "url": address(desk, f"/{PATH}"),
        "provider": {"@type": "Organization", "name": desk.name, "url": address(desk, "/")},
    }
    if changed is not None:
        head["dateModified"] = moment(changed)
    lines = ",\n".join(entries[own] for own in sorted(entries))
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

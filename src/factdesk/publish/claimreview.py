"""The ClaimReview of a check's page (schema.org), and its safe place in HTML.

A page has one: that of the check's first claim, since those who read the markup take one a page and each review from
one page. Reviews of further claims stand in the DataFeed alone (`publish.datafeed`), under the page's address with a
fragment. A withdrawn check has none. What is in it is what is in the statement that was signed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from factdesk.domain.own_reviews import own_reviews
from factdesk.domain.reviews import Publisher, Review
from factdesk.domain.statements import StatedCorrection, Statement
from factdesk.interchange.claimreview import PREFIX
from factdesk.interchange.write import as_claimreview
from factdesk.publish.media import media_reviews
from factdesk.publish.model import SiteCheck, SiteData, SiteDesk
from factdesk.publish.places import address, behind, claim_id, day_of
from factdesk.queries.site_evidence import shown_url
from factdesk.text.urls import canonical_url, host_of

CONTEXT = "https://schema.org"

# Ends of lines of scripts, halves of surrogates, controls and places without a letter, which HTML advises against; of
# the planes above the first all that is, since hardly any text needs it.
_RARE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001fffe-\U0010ffff]")


def json_ld(site: SiteData, check: SiteCheck) -> str:
    """The `<script>` elements of a check's page, ClaimReview first; empty for a withdrawn check."""
    found = [*claim_reviews(site.desk, check)[:1], *media_reviews(site, check)]
    return "\n".join(script({"@context": CONTEXT, **each}) for each in found)


def script(value: object) -> str:
    """Data as a `<script>` of JSON-LD, which no text within can end."""
    return f'<script type="application/ld+json">{safe_json(value)}</script>'


def safe_json(value: object) -> str:
    """JSON that may stand anywhere in HTML text, as characters that UTF-8 has."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if _RARE.search(text):
        text = json.dumps(value, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def claim_review(desk: SiteDesk, check: SiteCheck) -> dict[str, Any]:
    """The ClaimReview of a check's page; empty for a withdrawn one."""
    return claim_review_of(told_of(desk, check))


def claim_review_of(told: Told) -> dict[str, Any]:
    """The ClaimReview of a page on which that is told; empty for a withdrawal."""
    found = _all(told)
    return {"@context": CONTEXT, **found[0]} if found else {}


def claim_reviews(desk: SiteDesk, check: SiteCheck) -> tuple[dict[str, Any], ...]:
    """A ClaimReview a claim, the page's first."""
    return _all(told_of(desk, check))


def reviews_of(desk: SiteDesk, check: SiteCheck) -> tuple[Review, ...]:
    """A check as reviews, one a claim: what whoever imports its ClaimReviews reads. None of a withdrawn one."""
    return _reviews(told_of(desk, check))


@dataclass(frozen=True, slots=True)
class Told:
    """What a ClaimReview is made of: a statement, the addresses of its page and of the site, its days, and for each
    claim where it was made, as far as readers may see it."""

    statement: Statement
    page: str
    home: str
    published: str
    changed: str
    appearances: tuple[tuple[str, ...], ...]


def told_of(desk: SiteDesk, check: SiteCheck) -> Told:
    """What the site tells of a check."""
    places = tuple(_canonical(place.url for place in claim.appearances) for claim in check.claims)
    page, home = address(desk, check.path), address(desk, "/")
    return Told(check.statement, page, home, day_of(check.published), day_of(check.changed), places)


def told_by(statement: Statement, page: str, home: str, published: str, changed: str) -> Told:
    """The same out of a statement alone, for a reader who has no desk. Where a claim was made in a private network
    under a name that looks public, the site leaves that out and this does not."""
    places = tuple(_canonical(shown_url(place.url) for place in claim.appearances) for claim in statement.claims)
    return Told(statement, page, home, published, changed, places)


def _reviews(told: Told) -> tuple[Review, ...]:
    publisher = Publisher(told.statement.desk, host_of(told.page))
    found = own_reviews(told.statement, told.published)
    return tuple(
        replace(
            review,
            source="",
            url=told.page,
            publisher=publisher,
            claimant=replace(review.claimant, same_as=_canonical(map(shown_url, review.claimant.same_as))),
            appearances=places,
        )
        # Of a withdrawal there is none.
        for review, places in zip(found, told.appearances, strict=told.statement.act != "withdraw")
    )


def _all(told: Told) -> tuple[dict[str, Any], ...]:
    return tuple(_whole(told, review, number) for number, review in enumerate(_reviews(told), 1))


def _whole(told: Told, review: Review, number: int) -> dict[str, Any]:
    """A review with what only its own publisher can say of it."""
    made, said = as_claimreview(review), told.statement
    claim = {"@type": "Claim", "@id": claim_id(told.page, number), **made.pop("itemReviewed", {})}
    corrections = [_correction(each) for each in said.corrections]
    return {
        "@type": made.pop("@type"),
        "@id": f"{told.page}#review{behind(number)}",
        # `identifier` is what everybody else reads.
        "identifier": made.pop(PREFIX + "id"),
        **made,
        "inLanguage": said.language,
        "author": {"@type": "Organization", "name": said.desk, "url": told.home},
        "dateModified": told.changed,
        "reviewRating": {name: _whole_number(value) for name, value in made.get("reviewRating", {}).items()},
        "itemReviewed": claim,
        **({"correction": corrections} if corrections else {}),
    }


def _correction(made: StatedCorrection) -> dict[str, str]:
    return {"@type": "CorrectionComment", "text": made.what, "datePublished": made.time[:10]}


def _whole_number(value: Any) -> Any:
    """1 for 1.0, as people write ratings."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _canonical(urls: Iterable[str]) -> tuple[str, ...]:
    """Addresses of the web in their canonical form, each once."""
    return tuple(dict.fromkeys(filter(None, map(canonical_url, urls))))

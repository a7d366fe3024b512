"""The MediaReviews of a check about pictures, sound or video: only what its author wrote into the front matter.

    media:
      - category: DecontextualizedContent
        kind: picture
        address: https://social.example/post/1
        original: https://archive.example/1998/flood
        context: The picture shows a flood of 1998, not of this week.

`category` is one of schema.org's six and must be there: what is missing or none of them is never guessed, and that
entry gives no MediaReview. `address` is where the medium stands (else the places where the claim was made are named);
`original` and `context` say where it comes from and what it shows there; `kind` is picture, video or sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from factdesk.domain.media import ADDRESSES, CATEGORIES, FIELD, KINDS
from factdesk.errors import InputError
from factdesk.publish.model import SiteCheck, SiteData
from factdesk.publish.places import address, claim_id, day_of
from factdesk.queries.site_evidence import shown_url
from factdesk.text.urls import canonical_url

MOST = 20
"""Media of one check."""


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture, video or sound as its author described it; all but `category` may be empty."""

    category: str
    kind: str = ""
    address: str = ""
    original: str = ""
    context: str = ""


def media_in(source: str) -> tuple[Medium, ...]:
    """The media that a check's front matter describes. What cannot be read describes none."""
    from factdesk.lint.front import split

    # Most checks have no such field, and YAML takes its time.
    if f"\n{FIELD}:" not in source:
        return ()
    try:
        fields, _ = split(source, "")
    except InputError:
        return ()
    found = fields[FIELD].records if FIELD in fields else ()
    made = (_medium(each) for each in found[:MOST])
    return tuple(each for each in made if each.category in CATEGORIES)


def _medium(given: Mapping[str, str]) -> Medium:
    def one(name: str) -> str:
        return " ".join(given.get(name, "").split())

    urls = {name: canonical_url(shown_url(one(name))) for name in ADDRESSES}
    return Medium(one("category"), one("kind"), urls["address"], urls["original"], one("context"))


def media_reviews(site: SiteData, check: SiteCheck) -> tuple[dict[str, Any], ...]:
    """A MediaReview a medium, without a context of its own; none of a withdrawn check."""
    if check.withdrawn:
        return ()
    page = address(site.desk, check.path)
    found = media_in(check.statement.source)
    return tuple(_media_review(site, check, page, medium, number) for number, medium in enumerate(found, 1))


def _media_review(site: SiteData, check: SiteCheck, page: str, medium: Medium, number: int) -> dict[str, Any]:
    said = {
        "@type": "MediaReview",
        "@id": f"{page}#media-{number}",
        "url": page,
        "name": check.statement.title,
        "inLanguage": check.statement.language,
        "author": {"@type": "Organization", "name": check.statement.desk, "url": address(site.desk, "/")},
        "datePublished": day_of(check.published),
        "dateModified": day_of(check.changed),
        "mediaAuthenticityCategory": medium.category,
        "originalMediaLink": medium.original,
        "originalMediaContextDescription": medium.context,
        "itemReviewed": _filled(
            {
                "@type": "MediaReviewItem",
                "interpretedAsClaim": {"@type": "Claim", "@id": claim_id(page, 1)},
                "mediaItemAppearance": list(_appearances(site, check, medium)),
            }
        ),
    }
    return _filled(said)


def _appearances(site: SiteData, check: SiteCheck, medium: Medium) -> Iterator[dict[str, str]]:
    """Where the medium is: as it was said, else the pages where the claims were made, with our copies of them."""
    kind = KINDS.get(medium.kind, "MediaObject")
    copies = {canonical_url(place.url): place.source for claim in check.claims for place in claim.appearances}
    copies.pop("", None)
    if medium.address:
        source = copies.get(medium.address, "")
        yield _filled({"@type": kind, "contentUrl": medium.address, "archivedAt": _copy(site, check, source)})
        return
    for url, source in copies.items():
        yield _filled({"@type": kind, "url": url, "archivedAt": _copy(site, check, source)})


def _copy(site: SiteData, check: SiteCheck, source: str) -> str:
    """The address of our copy's page; empty for none."""
    found = site.sources.get(source)
    return address(site.desk, f"/{check.language}{found.path}") if found is not None else ""


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", [], {})}

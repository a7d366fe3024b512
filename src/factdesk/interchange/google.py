"""Answers of the Google Fact Check Tools API: `claims:search`, `claims:imageSearch` and `pages`."""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.reviews import Claimant, Publisher, Review
from factdesk.interchange.claimreview import publisher_name
from factdesk.interchange.draft import Draft
from factdesk.interchange.languages import language_code
from factdesk.interchange.ratings import RawRating, rating_from
from factdesk.interchange.shapes import Node, one
from factdesk.text.urls import host_of


def is_google_claim(value: Node) -> bool:
    """Whether an object is a `Claim` of the API."""
    return "claimReview" in value and "@type" not in value


def reviews_in_claim(claim: Node, draft: Draft) -> Iterator[Review]:
    """One review for each publisher that reviewed the claim; none when it has no text."""
    text = draft.line(claim.get("text"), "text")
    given = claim.get("claimReview")
    if not text:
        return
    for item in given if isinstance(given, list) else [given]:
        review = one(item, draft, "claimReview")
        publisher = one(review.get("publisher"), draft, "publisher")
        url = draft.url(review.get("url"), "url")
        yield Review(
            claim=text,
            title=draft.line(review.get("title"), "title"),
            url=url,
            publisher=Publisher(
                publisher_name(publisher.get("name"), draft),
                host_of(url) or host_of(draft.scalar(publisher.get("site"), "site")),
            ),
            rating=rating_from(RawRating(review.get("textualRating")), draft),
            date=draft.day(review.get("reviewDate"), "reviewDate"),
            language=language_code(review.get("languageCode"), draft),
            claimant=Claimant(draft.line(claim.get("claimant"), "claimant")),
            claim_date=draft.day(claim.get("claimDate"), "claimDate"),
        )


def claimreviews_in_page(page: Node) -> Iterator[Node]:
    """The markups of a `pages` answer, as ClaimReview objects."""
    author = page.get("claimReviewAuthor")
    markups = page.get("claimReviewMarkups")
    for markup in markups if isinstance(markups, list) else [markups]:
        if not isinstance(markup, dict):
            continue
        given = markup.get("rating")
        rating = given if isinstance(given, dict) else {}
        yield {
            "@type": "ClaimReview",
            "url": markup.get("url") or page.get("pageUrl"),
            "claimReviewed": markup.get("claimReviewed"),
            "author": author,
            "datePublished": page.get("publishDate"),
            "reviewRating": {**rating, "alternateName": rating.get("textualRating")},
            "itemReviewed": {
                "author": markup.get("claimAuthor"),
                "datePublished": markup.get("claimDate"),
                "firstAppearance": markup.get("claimFirstAppearance"),
                "appearance": markup.get("claimAppearances") or [],
            },
        }

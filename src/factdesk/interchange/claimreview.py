"""schema.org ClaimReview, as it is written in the wild, to reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from factdesk.domain.reviews import Claimant, ClaimantKind, Publisher, Rating, Review
from factdesk.interchange.draft import Draft
from factdesk.interchange.languages import language_code
from factdesk.interchange.ratings import RawRating, rating_from
from factdesk.interchange.shapes import Node, lifted, one, types
from factdesk.text.urls import host_of, site_of

PREFIX = "factdesk:"
"""Of the fields that schema.org has no place for, in files that factdesk writes."""
_URL_LIKE = re.compile(r"(?:https?:|www\.)\S*\Z|[a-z0-9.-]+\.[a-z]{2,}/\S*\Z", re.IGNORECASE)


def is_claimreview(value: Node) -> bool:
    """Whether an object is a ClaimReview, by its type or, untyped, by its fields."""
    named = types(value)
    if named:
        return "ClaimReview" in named
    inner = value.get("properties")
    fields = {**inner, **value} if isinstance(inner, dict) else value
    return "claimReviewed" in fields and any(key in fields for key in ("reviewRating", "itemReviewed", "@context"))


def claimreviews(value: Any, depth: int = 32) -> Iterator[Node]:
    """Every ClaimReview in a piece of JSON-LD, in order: in lists, in `@graph`, under any key of another object."""
    if isinstance(value, list):
        for item in value:
            if depth:
                yield from claimreviews(item, depth - 1)
    elif isinstance(value, dict):
        if is_claimreview(value):
            yield value
        elif depth:
            for item in value.values():
                if isinstance(item, (dict, list)):
                    yield from claimreviews(item, depth - 1)


def review_from_claimreview(raw: Node, draft: Draft) -> Review | None:
    """The review that a ClaimReview describes; None when it states no claim."""
    node = lifted(raw, draft)
    item = one(node.get("itemReviewed"), draft, "itemReviewed")
    claim = draft.line(node.get("claimReviewed"), "claimReviewed")
    claim = claim or draft.line(item.get("claimReviewed") or item.get("text") or item.get("name"), "itemReviewed")
    if not claim:
        return None
    url = draft.url(node.get("url") or node.get("mainEntityOfPage") or node.get("@id"), "url")
    return Review(
        claim=claim,
        own_id=draft.line(node.get(PREFIX + "id", node.get("identifier")), "identifier"),
        source=draft.line(node.get(PREFIX + "source"), "source"),
        title=draft.line(node.get("name") or node.get("headline"), "name"),
        text=draft.body(_first(node, "reviewBody", "articleBody", "description", "text"), "reviewBody"),
        url=url,
        publisher=_publisher(node, url, draft),
        rating=_rating(node, draft),
        date=draft.day(node.get("datePublished") or node.get("dateCreated"), "datePublished"),
        language=language_code(node.get("inLanguage"), draft),
        claimant=_claimant(item, draft),
        claim_date=draft.day(item.get("datePublished"), "itemReviewed.datePublished"),
        appearances=appearances(node, item, url, draft),
        licence=draft.line(node.get("sdLicense") or node.get("license"), "sdLicense"),
        feed_publisher=draft.line(node.get("sdPublisher"), "sdPublisher"),
        sample=node.get(PREFIX + "sample") is True,
    )


def _first(node: Node, *names: str) -> object:
    return next((node[name] for name in names if node.get(name)), None)


def _publisher(node: Node, url: str, draft: Draft) -> Publisher:
    given = node.get("author") or node.get("publisher")
    author = one(given, draft, "author")
    name = publisher_name(author.get("name") if author else given, draft)
    site = site_of(draft.line(node.get(PREFIX + "site"), "site")) or host_of(url)
    if not site and author:
        site = host_of(draft.url(author.get("url") or author.get("sameAs") or author.get("@id"), "author.url"))
    return Publisher(name, site)


def publisher_name(value: object, draft: Draft) -> str:
    """A publisher's name; an address in its place is left out, since the review's own address says it better."""
    name = draft.line(value, "author")
    if _URL_LIKE.match(name):
        draft.note("publisher-as-url", "author", name)
        return ""
    return name


def _rating(node: Node, draft: Draft) -> Rating:
    given = node.get("reviewRating") or node.get("rating")
    rating = one(given, draft, "reviewRating")
    if not rating:
        return rating_from(RawRating(text=given), draft)
    words = _first(rating, "alternateName", "alternativeName", "name", "description")
    return rating_from(
        RawRating(
            words,
            rating.get("ratingValue"),
            rating.get("bestRating"),
            rating.get("worstRating"),
            rating.get("ratingExplanation"),
        ),
        draft,
    )


def _claimant(item: Node, draft: Draft) -> Claimant:
    given = item.get("author") or item.get("creator")
    author = one(given, draft, "author")
    if not author:
        return Claimant(draft.line(given, "itemReviewed.author"))
    # `@type: Organization` is no classification: publishers use it for whoever spoke. Only a desk's own word counts.
    kind = author.get(PREFIX + "kind")
    return Claimant(
        name=draft.line(author.get("name"), "itemReviewed.author"),
        kind=claimant_kind(kind),
        same_as=draft.urls(author.get("sameAs"), "itemReviewed.author.sameAs"),
    )


def claimant_kind(value: object) -> ClaimantKind:
    """The kind a desk gave to a claimant; anything else is unclassified."""
    if value == "organisation":
        return "organisation"
    return "public figure" if value == "public figure" else "unclassified"


def appearances(node: Node, item: Node, url: str, draft: Draft) -> tuple[str, ...]:
    """Where the claim was made, without the review's own address."""
    given: list[object] = []
    for holder in (item, node):
        for name in ("firstAppearance", "appearance", "itemReviewed.url"):
            value = holder.get(name)
            if name == "appearance" and value and not isinstance(value, list):
                draft.note("one-for-list", name)
            given.append(value)
    if item and not any(given):
        given.append(item.get("url") or item.get("sameAs"))
    return without_own(draft.urls(given, "appearance"), url, draft)


def without_own(found: tuple[str, ...], url: str, draft: Draft) -> tuple[str, ...]:
    """Addresses but the review's own."""
    if url and url in found:
        draft.note("own-url-as-appearance", "appearance", url)
        return tuple(address for address in found if address != url)
    return found

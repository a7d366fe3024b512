"""One foreign JSON value to reviews, whatever kind it is: ClaimReview, DataFeedItem, Google claim or flat row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from factdesk.domain.reviews import Review
from factdesk.domain.runs import Place, Repair
from factdesk.interchange.claimreview import claimreviews, is_claimreview, review_from_claimreview
from factdesk.interchange.draft import Draft, too_deep
from factdesk.interchange.google import claimreviews_in_page, is_google_claim, reviews_in_claim
from factdesk.interchange.rows import is_row, review_from_row
from factdesk.interchange.shapes import Node


@dataclass(frozen=True, slots=True)
class Found:
    """A review read from an input, where it stood, and what was mended on the way.

    `review.source` is empty unless factdesk itself wrote the file: the import that reads it gives it its source.
    """

    review: Review
    place: Place
    repairs: tuple[Repair, ...] = ()


Item = Found | Repair


def items_in(value: Any, place: Place) -> Iterator[Item]:
    """The reviews in one entry of an input; one skipped `Repair` when there is none."""
    if too_deep(value):
        yield Draft(place).skip("too-deep")
    else:
        yield from items_in_shallow(value, place)


def items_in_shallow(value: Any, place: Place) -> Iterator[Item]:
    """The same for an entry that is known not to be too deep."""
    if isinstance(value, dict):
        yield from _object(value, place)
    elif isinstance(value, list):
        yield from _each(value, place)
    else:
        yield Draft(place).skip("empty-item" if value is None else "not-a-review", _kind(value))


def _object(value: Node, place: Place) -> Iterator[Item]:
    if is_claimreview(value):
        yield _finished(review_from_claimreview, value, place)
    elif is_google_claim(value):
        yield from _google(value, place)
    elif "claimReviewMarkups" in value:
        yield from _each(list(claimreviews_in_page(value)), place)
    elif isinstance(value.get("claim"), dict) and is_google_claim(value["claim"]):
        yield from _google(value["claim"], place)
    elif _is_typed(value):
        yield from _json_ld(value, place)
    elif is_row(value):
        yield _finished(review_from_row, value, place)
    else:
        yield from _json_ld(value, place)


def _is_typed(value: Node) -> bool:
    return any(key in value for key in ("@type", "@graph", "dataFeedElement")) or "item" in value


def _json_ld(value: Node, place: Place) -> Iterator[Item]:
    if "item" in value and not value["item"]:
        yield Draft(place).skip("empty-item")
        return
    found = list(claimreviews(value))
    if not found:
        yield Draft(place).skip("not-a-review", _kind(value))
    yield from _each(found, place)


def _each(found: list[Any], place: Place) -> Iterator[Item]:
    if len(found) == 1:
        yield from items_in_shallow(found[0], place)
        return
    for index, item in enumerate(found):
        path = f"{place.path}[{index}]" if place.path else f"item[{index}]"
        yield from items_in_shallow(item, replace(place, path=path))


def _google(value: Node, place: Place) -> Iterator[Item]:
    draft = Draft(place)
    reviews = list(reviews_in_claim(value, draft))
    if not reviews:
        yield draft.skip("no-claim")
    for review in reviews:
        yield Found(review, place, draft.repairs)


def _finished(build: Any, value: Node, place: Place) -> Item:
    draft = Draft(place)
    review = build(value, draft)
    return draft.skip("no-claim") if review is None else Found(review, place, draft.repairs)


def _kind(value: object) -> str:
    if isinstance(value, dict):
        named = value.get("@type")
        return str(named)[:60] if named else ", ".join(list(map(str, value))[:5])[:100]
    return type(value).__name__

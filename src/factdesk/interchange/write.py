"""Writes reviews so that reading the file again gives the same reviews.

Claimants whom nobody classified as an organisation or a public figure are withheld (DESIGN §1.7), always.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TextIO

from factdesk.domain.reviews import Claimant, Rating, Review
from factdesk.interchange.claimreview import PREFIX
from factdesk.interchange.tables import FORMULA_STARTS, GUARD
from factdesk.text.urls import host_of


@dataclass(frozen=True, slots=True)
class Written:
    """How many reviews were written, and how many of them without their claimant."""

    reviews: int
    withheld: int


def public(review: Review) -> Review:
    """The review as it may leave the desk."""
    return review if review.claimant.kind != "unclassified" else replace(review, claimant=Claimant())


def write_datafeed(reviews: Iterable[Review], out: TextIO) -> Written:
    """A schema.org DataFeed, one entry a line, so that two exports can be compared line by line."""
    out.write('{"@context":"https://schema.org","@type":"DataFeed","dataFeedElement":[')
    joint = "\n"

    def put(review: Review) -> None:
        nonlocal joint
        entry = {"@type": "DataFeedItem", "url": review.url, "item": [as_claimreview(review)]}
        out.write(joint + _json(_filled(entry)))
        joint = ",\n"

    done = _each(reviews, put)
    out.write("\n]}\n")
    return done


def write_jsonl(reviews: Iterable[Review], out: TextIO) -> Written:
    """One row a line."""
    return _each(reviews, lambda review: out.write(_json(as_row(review)) + "\n") and None)


def write_csv(reviews: Iterable[Review], out: TextIO) -> Written:
    """A table whose first line names the columns; cells that a spreadsheet would run are guarded."""
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()

    def put(review: Review) -> None:
        writer.writerow({name: _guarded(value) for name, value in as_cells(review).items()})

    return _each(reviews, put)


WRITERS: dict[str, Callable[[Iterable[Review], TextIO], Written]] = {
    "datafeed": write_datafeed,
    "jsonl": write_jsonl,
    "csv": write_csv,
}


def as_claimreview(review: Review) -> dict[str, Any]:
    """A review as a ClaimReview; what schema.org has no place for is under `factdesk:`."""
    return _filled(
        {
            "@type": "ClaimReview",
            PREFIX + "id": review.own_id,
            PREFIX + "source": review.source,
            PREFIX + "sample": review.sample,
            PREFIX + "site": review.publisher.site if review.publisher.site != host_of(review.url) else "",
            "url": review.url,
            "claimReviewed": review.claim,
            "name": review.title,
            "reviewBody": review.text,
            "author": _typed("Organization", name=review.publisher.name),
            "datePublished": review.date,
            "inLanguage": review.language,
            "reviewRating": _as_rating(review.rating),
            "itemReviewed": _as_claim(review),
            "sdLicense": review.licence,
            "sdPublisher": _typed("Organization", name=review.feed_publisher),
        }
    )


def _as_rating(rating: Rating) -> dict[str, Any]:
    return _typed(
        "Rating",
        alternateName=rating.text,
        ratingValue=rating.value,
        bestRating=rating.best,
        worstRating=rating.worst,
        ratingExplanation=rating.explanation,
    )


def _as_claim(review: Review) -> dict[str, Any]:
    claimant = review.claimant
    kind = "" if claimant.kind == "unclassified" else claimant.kind
    author = {"name": claimant.name, "sameAs": list(claimant.same_as), PREFIX + "kind": kind}
    return _typed(
        "Claim",
        author=_typed("Organization" if claimant.kind == "organisation" else "Person", **author),
        datePublished=review.claim_date,
        appearance=[{"@type": "CreativeWork", "url": url} for url in review.appearances],
    )


def as_row(review: Review) -> dict[str, Any]:
    """A review as a flat row: `text` is the claim, `body` the review's own text; nothing empty."""
    return _filled(
        {
            "id": review.own_id,
            "title": review.title,
            "text": review.claim,
            "language": review.language,
            "url": review.url,
            "publisher": _filled({"name": review.publisher.name, "site": review.publisher.site}),
            "rating": _rating(review.rating),
            "date": review.date,
            "body": review.text,
            "claimant": _claimant(review.claimant),
            "claim_date": review.claim_date,
            "appearances": list(review.appearances),
            "licence": review.licence,
            "feed_publisher": review.feed_publisher,
            PREFIX + "source": review.source,
            PREFIX + "sample": review.sample,
        }
    )


COLUMNS = (
    *("id", "claim", "title", "body", "language", "url", "publisher", "publisher site", "rating", "rating value"),
    *("rating best", "rating worst", "rating explanation", "date", "claimant", "claimant kind", "claimant same as"),
    *("claim date", "appearances", "licence", "feed publisher", PREFIX + "source", PREFIX + "sample"),
)


def as_cells(review: Review) -> dict[str, str]:
    """A review as the cells of `COLUMNS`; addresses in one cell are parted by spaces."""
    rating, claimant = review.rating, review.claimant
    values = (
        *(review.own_id, review.claim, review.title, review.text, review.language, review.url),
        *(review.publisher.name, review.publisher.site, rating.text),
        *(_number(rating.value), _number(rating.best), _number(rating.worst)),
        *(rating.explanation, review.date, claimant.name),
        "" if claimant.kind == "unclassified" else claimant.kind,
        *(" ".join(claimant.same_as), review.claim_date, " ".join(review.appearances)),
        *(review.licence, review.feed_publisher, review.source, "true" if review.sample else ""),
    )
    return dict(zip(COLUMNS, values, strict=True))


def _each(reviews: Iterable[Review], put: Callable[[Review], object]) -> Written:
    count = withheld = 0
    for review in reviews:
        shown = public(review)
        withheld += shown.claimant != review.claimant
        put(shown)
        count += 1
    return Written(count, withheld)


def _rating(rating: Rating) -> dict[str, Any]:
    return _filled(
        {
            "text": rating.text,
            "value": rating.value,
            "best": rating.best,
            "worst": rating.worst,
            "explanation": rating.explanation,
        }
    )


def _claimant(claimant: Claimant) -> dict[str, Any]:
    kind = "" if claimant.kind == "unclassified" else claimant.kind
    return _filled({"name": claimant.name, "kind": kind, "same_as": list(claimant.same_as)})


def _typed(kind: str, /, **values: Any) -> dict[str, Any]:
    """An object of a type, or nothing when it would hold nothing but the type."""
    kept = _filled(values)
    return {"@type": kind, **kept} if kept else {}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty; 0 is not."""
    return {
        name: value for name, value in values.items() if not (value is None or value is False or value in ("", [], {}))
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def _guarded(cell: str) -> str:
    return GUARD + cell if cell.startswith(FORMULA_STARTS) else cell

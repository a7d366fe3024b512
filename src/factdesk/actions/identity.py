"""What makes two rows the same review, within one file and from one import to the next.

A row with an id of its own is that id, within its source. Any other is its page and its claim; one whose claim was
reworded is still the same review when its page has no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from factdesk.domain.own_reviews import SOURCE
from factdesk.domain.reviews import Review
from factdesk.store.reviews import ReviewRow
from factdesk.text.fold import fold, terms
from factdesk.text.language import language
from factdesk.text.urls import canonical_url

REWORDED = 0.5
"""Share of words two claims on one page must have in common to be one claim, reworded."""


def completed(review: Review, source: str) -> Review:
    """The review with its source named and its language, where the file does not say, told from its claim."""
    # What the desk published itself is told apart by its source: no file, and nobody who names one, may say it is that.
    own = (review.publisher.site or review.publisher.name) if review.own_id else ""
    scope = next((each for each in (review.source, source, own) if each and each != SOURCE), "")
    return replace(review, source=scope, language=review.language or language(f"{review.title} {review.claim}"))


def key_of(review: Review) -> tuple[str, str]:
    """The key of a completed review, and its canonical address (empty when it has none)."""
    url = canonical_url(review.url) if review.url else ""
    if review.own_id:
        return f"own\n{review.source}\n{review.own_id}", url
    if url:
        return f"url\n{url}\n{_digest(fold(review.claim))}", url
    return (
        f"text\n{review.publisher.site or review.publisher.name}\n{_digest(fold(review.title), fold(review.claim))}",
        url,
    )


def adopted(review: Review, known: Review) -> Review:
    """The review with what the record knows and the file does not say: the source it first came from, its language."""
    if review.own_id:
        return review
    return replace(review, source=known.source, own_id=known.own_id, sample=review.sample or known.sample)


def restated(review: Review, rows: Sequence[ReviewRow], contents: Mapping[int, Review]) -> ReviewRow | None:
    """The standing review of the page that a row without a key of its own is: the one that makes its claim already,
    having been reworded into it before, or else the page's only one, when the row rewords that. None when neither is.
    """
    standing = [row for row in rows if row.deleted_at is None and row.number in contents]
    claim = fold(review.claim)
    for row in standing:
        if fold(contents[row.number].claim) == claim:
            return row
    if len(standing) != 1:
        return None
    old, new = set(terms(contents[standing[0].number].claim)), set(terms(review.claim))
    alike = len(old & new) / max(1, min(len(old), len(new)))
    return standing[0] if alike >= REWORDED else None


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest()[:32]

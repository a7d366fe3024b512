"""Reviews as the index holds them. Whoever encodes at import and whoever indexes ask the same texts of a review."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factdesk.domain.reviews import Review
from factdesk.encode.base import Vectors
from factdesk.search.base import Document
from factdesk.search.source import Batch, Draft
from factdesk.store.reviews import REVIEWS, Change, changes_since, parts
from factdesk.text.fold import fold

LONGEST = 4_000
"""Characters of a claim or title that are encoded and indexed; a claim is a sentence or two."""
BATCH = 512
"""Reviews that are read, and given to the index, at a time."""


class ReviewSource:
    """The reviews of the record, as the index for matching follows them."""

    def count(self, session: Session, after: int, upto: int) -> int:
        """How many reviews changed."""
        chosen = select(func.count()).select_from(REVIEWS).where(REVIEWS.c.seq > after, REVIEWS.c.seq <= upto)
        return int(session.execute(chosen).scalar_one())

    def batches(self, session: Session, after: int, upto: int) -> Iterator[Batch]:
        """The changed reviews: those taken out, and those that stand."""
        for changes in parts(changes_since(session, after, upto), BATCH):
            gone = tuple(change.number for change in changes if change.review is None)
            yield Batch(len(changes), gone, [draft for change in changes for draft in _drafts(change)])

    def rows(self, kept: Vectors) -> Vectors:
        """A claim or title has one vector."""
        return kept.reshape(1, -1)


def texts_of(review: Review) -> tuple[str, ...]:
    """The texts of a review that are encoded: its claim, and its title where that says something else."""
    claim, title = review.claim.strip()[:LONGEST], review.title.strip()[:LONGEST]
    if title and fold(title) != fold(claim):
        return (claim, title) if claim else (title,)
    return (claim,) if claim else ()


def document_of(key: int, review: Review, publisher: int, language: str, day: int, vectors: Vectors) -> Document:
    """A review as a document. `vectors` are those of `texts_of`, in its order."""
    rows = np.ascontiguousarray(vectors, np.float32)
    return Document(key, review.claim[:LONGEST], review.title[:LONGEST], language, publisher, day, rows)


def _drafts(change: Change) -> Iterator[Draft]:
    if change.review is not None:
        known = (change.number, change.review, change.publisher, change.language, change.day)
        yield Draft(texts_of(change.review), partial(document_of, *known))

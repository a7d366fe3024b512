"""Reviews as the index holds them. Whoever encodes at import and whoever indexes ask the same texts of a review."""

from __future__ import annotations

import numpy as np

from factdesk.domain.reviews import Review
from factdesk.encode.base import Vectors
from factdesk.search.base import Document
from factdesk.text.fold import fold

LONGEST = 4_000
"""Characters of a claim or title that are encoded and indexed; a claim is a sentence or two."""


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

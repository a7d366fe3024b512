"""Tips as the encoder sees them. Their vectors are kept by the text as it came, since cleaning one takes time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from factdesk.encode.base import Vectors
from factdesk.queries.desk import Desk
from factdesk.queries.prepare import LONGEST, LONGEST_WHOLE, UNMARKED
from factdesk.store.vectors import Vector, get_vectors, vector_digest
from factdesk.text.clean import clean
from factdesk.text.language import unmarked_vietnamese


def kept_as(desk: Desk) -> str:
    """The name under which vectors of tips and of the desk's claims are kept."""
    return f"{desk.encoder.name}+tip"


def tip_vectors(desk: Desk, texts: Sequence[str]) -> tuple[Vectors, dict[bytes, Vector]]:
    """Vectors as they are compared, shape (texts, dimension), and those the record did not hold, by digest.

    A text that the encoder cannot read, as Vietnamese typed without marks, has a row of zeros: it is near nothing.
    """
    name = kept_as(desk)
    digests = [vector_digest(name, text) for text in texts]
    with desk.record.read() as session:
        known = get_vectors(session, set(digests))
    missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
    made = dict(zip(missing, _encoded(desk, missing.values()), strict=True))
    if not texts:
        return np.zeros((0, desk.encoder.dimension), np.float32), {}
    rows = np.stack([known[digest] if digest in known else made[digest] for digest in digests])
    readable = rows.any(axis=1)
    compared = desk.matcher.project(rows)
    compared[~readable] = 0
    return compared, made


def _encoded(desk: Desk, texts: Iterable[str]) -> Vectors:
    cleaned = [clean(text[:LONGEST]).text for text in texts]
    rows = desk.encoder.encode([text[:LONGEST_WHOLE] for text in cleaned])
    for place, text in enumerate(cleaned):
        if not text.strip() or unmarked_vietnamese(text) >= UNMARKED:
            rows[place] = 0
    return rows

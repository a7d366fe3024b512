"""Sentence vectors by the digest of model and text, so that nothing is encoded twice."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from factdesk.store.models import Vectors, table
from factdesk.store.record import Writer
from factdesk.store.reviews import parts

VECTORS = table(Vectors)

Vector = NDArray[np.float32]
"""Shape (dimension,), of length 1."""

_KNOWN = select(VECTORS.c.digest).where(VECTORS.c.digest.in_(bindparam("values", expanding=True)))
_DATA = select(VECTORS.c.digest, VECTORS.c.data).where(VECTORS.c.digest.in_(bindparam("values", expanding=True)))


def vector_digest(model: str, text: str) -> bytes:
    """SHA-256 over the model's name, a NUL and the text."""
    return hashlib.sha256(model.encode() + b"\x00" + text.encode("utf-8", "surrogatepass")).digest()


def packed(rows: NDArray[np.float32]) -> Vector:
    """Several rows as one entry of the table, float32[rows * dimension / 2]: half floats, two to a place.

    Rows of sentences are many, and half floats tell cosines to the third place. The dimension must be even.
    """
    return np.ascontiguousarray(rows, "<f2").reshape(-1).view("<f4")


def unpacked(vector: Vector, dimension: int) -> NDArray[np.float32]:
    """What was `packed`, float32[rows, dimension]."""
    return np.ascontiguousarray(vector, "<f4").view("<f2").reshape(-1, dimension).astype(np.float32)


def known_vectors(session: Session, digests: Collection[bytes]) -> set[bytes]:
    """Which of the digests have a vector."""
    found: set[bytes] = set()
    for part in parts(list(digests)):
        found.update(bytes(row[0]) for row in session.connection().execute(_KNOWN, {"values": part}))
    return found


def get_vectors(session: Session, digests: Collection[bytes]) -> dict[bytes, Vector]:
    """Vectors by digest; unknown ones are left out. The arrays cannot be written to."""
    found: dict[bytes, Vector] = {}
    for part in parts(list(digests)):
        for digest, data in session.connection().execute(_DATA, {"values": part}):
            found[bytes(digest)] = np.frombuffer(data, dtype="<f4")
    return found


def put_vectors(writer: Writer, model: str, vectors: Mapping[bytes, Vector]) -> int:
    """Store the vectors that are not there yet; returns how many. They are derived, and need no event."""
    known = known_vectors(writer.session, vectors.keys())
    rows = [
        {"digest": digest, "model": model, "data": np.ascontiguousarray(vector, dtype="<f4").tobytes()}
        for digest, vector in vectors.items()
        if digest not in known
    ]
    if rows:
        writer.session.execute(insert(VECTORS), rows)
    return len(rows)


def vector_counts(session: Session) -> dict[str, int]:
    """How many vectors of each model there are."""
    chosen = select(VECTORS.c.model, func.count()).group_by(VECTORS.c.model)
    return {str(row[0]): int(row[1]) for row in session.execute(chosen)}

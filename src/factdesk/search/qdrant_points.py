"""How a document, a filter and the state of the index look in Qdrant."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qdrant_client import models

from factdesk.encode.base import Vectors
from factdesk.search.base import Document, Filter, IndexDamagedError
from factdesk.search.manifest import VERSION
from factdesk.search.terms import EXACT, FOLDED, Boosts, field_terms

WORDS, MEANING = "words", "meaning"
TERMS = "terms"
"""The payload that holds a document's folded terms, for counting documents by term."""

K1, B = 1.2, 0.75
USUAL_LENGTH = 25.0
"""Terms of a usual document. Weights are computed once for each, so that a running mean cannot enter them."""


@dataclass(frozen=True, slots=True)
class State:
    """What is committed: one point in a collection of its own, written last. `collection` holds the documents."""

    model: str
    dimension: int
    version: int = VERSION
    seq: int = 0
    collection: str = ""
    documents: int = 0
    rows: int = 0
    sums: tuple[float, ...] = ()

    def payload(self) -> dict[str, Any]:
        """As Qdrant keeps it."""
        return asdict(self) | {"sums": list(self.sums)}

    def vector_sum(self) -> NDArray[np.float64]:
        """The sum of all vectors."""
        return np.array(self.sums or np.zeros(self.dimension), np.float64)


def state_from(payload: Mapping[str, Any] | None, place: str) -> State:
    """The state from its point. Raises `IndexDamagedError`."""
    values = dict(payload or {})
    if values.get("version") != VERSION or set(values) != {field.name for field in fields(State)}:
        raise IndexDamagedError(place)
    return State(**(values | {"sums": tuple(values["sums"])}))


def collection_settings(dimension: int) -> dict[str, Any]:
    """What a collection of documents is created with."""
    nearest = models.MultiVectorConfig(comparator=models.MultiVectorComparator.MAX_SIM)
    meaning = models.VectorParams(
        size=dimension, distance=models.Distance.DOT, multivector_config=nearest, on_disk=True
    )
    words = models.SparseVectorParams(modifier=models.Modifier.IDF)
    return {"vectors_config": {MEANING: meaning}, "sparse_vectors_config": {WORDS: words}}


PAYLOAD_INDEXES = {
    "language": models.PayloadSchemaType.KEYWORD,
    "publisher": models.PayloadSchemaType.INTEGER,
    "day": models.PayloadSchemaType.INTEGER,
    TERMS: models.PayloadSchemaType.KEYWORD,
}


def point(document: Document) -> models.PointStruct:
    """A document as a point."""
    found = field_terms(document.claim, document.title)
    vectors: dict[str, Any] = {WORDS: _weights(found)}
    if len(document.vectors):
        vectors[MEANING] = np.asarray(document.vectors, np.float32).tolist()
    payload = {
        "language": document.language,
        "publisher": document.publisher,
        "day": document.day,
        TERMS: sorted(set(found[FOLDED])),
    }
    return models.PointStruct(id=document.key, vector=vectors, payload=payload)


def condition(where: Filter) -> models.Filter | None:
    """A filter as Qdrant takes it."""
    if where.is_open:
        return None
    must: list[models.Condition] = []
    if where.languages:
        must.append(_any("language", sorted(where.languages)))
    if where.publishers:
        must.append(_any("publisher", sorted(where.publishers)))
    if where.since:
        must.append(models.FieldCondition(key="day", range=models.Range(gte=where.since)))
    barred = [_any("publisher", sorted(where.exclude_publishers))] if where.exclude_publishers else None
    return models.Filter(must=must or None, must_not=barred)  # type: ignore[arg-type]


def holds(term: str) -> models.Filter:
    """Documents that hold a folded term."""
    return models.Filter(must=[models.FieldCondition(key=TERMS, match=models.MatchValue(value=term))])


def asked(chosen: Iterable[tuple[str, str]], boosts: Boosts) -> models.SparseVector:
    """The (field, term) pairs of a message as a query; Qdrant multiplies in how rare each term is."""
    weights = {FOLDED: boosts.folded, EXACT: boosts.exact}
    found = {_place(field, term): weights[field] for field, term in chosen if weights[field] > 0}
    return models.SparseVector(indices=list(found), values=list(found.values()))


def rows_of(record: models.Record, dimension: int) -> Vectors:
    """The vectors of a point."""
    vectors = record.vector if isinstance(record.vector, dict) else {}
    return np.asarray(vectors.get(MEANING, []), np.float32).reshape(-1, dimension)


def _any(key: str, values: list[Any]) -> models.FieldCondition:
    return models.FieldCondition(key=key, match=models.MatchAny(any=values))


def _weights(found: Mapping[str, list[str]]) -> models.SparseVector:
    """BM25 without how rare a term is: that is Qdrant's to know."""
    weights: dict[int, float] = {}
    for field, terms in found.items():
        norm = K1 * (1 - B + B * len(terms) / USUAL_LENGTH)
        for term, count in Counter(terms).items():
            place = _place(field, term)
            weights[place] = weights.get(place, 0.0) + count * (K1 + 1) / (count + norm)
    return models.SparseVector(indices=list(weights), values=list(weights.values()))


def _place(field: str, term: str) -> int:
    """A term's dimension in the sparse vectors. Two terms in 2**32 may share one; then both find both."""
    return zlib.crc32(f"{field}\x00{term}".encode("utf-8", "surrogatepass"))

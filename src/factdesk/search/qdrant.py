"""The index of a desk that has outgrown one machine: words and meaning in Qdrant.

Documents lie in a collection, and one point in a second collection says which, and how far it has followed the record.
Writes are held back until `commit`, which sends them and then that point; a crash between the two leaves documents that
the next `follow` writes again. Qdrant knows no lock: two processes that follow at once write the same documents.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factdesk.encode.base import Vectors
from factdesk.errors import DeskError, ResourceError
from factdesk.search.base import OPEN, Document, Filter, Hits, IndexDamagedError
from factdesk.search.terms import Boosts, query_terms

try:
    from qdrant_client import QdrantClient, models
    from qdrant_client.http.exceptions import ApiException
except ModuleNotFoundError as error:
    raise ResourceError(
        "Qdrant needs the package qdrant-client, which is not installed.",
        remedy="Install it with: pip install 'factdesk[qdrant]'",
    ) from error

from factdesk.search.qdrant_points import (
    MEANING,
    PAYLOAD_INDEXES,
    WORDS,
    State,
    asked,
    collection_settings,
    condition,
    holds,
    point,
    rows_of,
    state_from,
)

BATCH = 256
"""Points in one request."""
STATE_POINT = 1
TIMEOUT = 30
"""Seconds to wait for an answer."""


class QdrantIndex:
    """The `SearchIndex` of one desk in a Qdrant server. `name` begins the names of its collections."""

    def __init__(self, client: QdrantClient, state: State, name: str, boosts: Boosts) -> None:
        self._client = client
        self._state = state
        self._name = name
        self._boosts = boosts
        self._pending: dict[int, Document | None] = {}
        self._anew: State | None = None

    @classmethod
    def open(
        cls, client: QdrantClient, dimension: int, model: str, *, name: str = "factdesk", boosts: Boosts | None = None
    ) -> QdrantIndex:
        """The index under a name, or an empty one that the first commit will make.

        Raises `IndexDamagedError` for one of another version or model, `DeskError` when the server does not answer.
        """
        state = _read_state(client, name) or State(model, dimension)
        if (state.model, state.dimension) != (model, dimension):
            raise IndexDamagedError(name)
        return cls(client, state, name, boosts or Boosts())

    @classmethod
    def anew(
        cls, client: QdrantClient, dimension: int, model: str, *, name: str = "factdesk", boosts: Boosts | None = None
    ) -> QdrantIndex:
        """An empty index about to replace whatever has the name, when it is committed."""
        index = cls(client, State(model, dimension), name, boosts or Boosts())
        index.restart()
        return index

    @property
    def seq(self) -> int:
        """The event up to which the index has followed the record."""
        return self._state.seq

    @property
    def wasteful(self) -> bool:
        """Never: Qdrant clears away by itself."""
        return False

    def __len__(self) -> int:
        return self._state.documents

    def refresh(self) -> bool:
        """See what others committed since; whether there was any."""
        state = _read_state(self._client, self._name)
        if state is None or state == self._state:
            return False
        if (state.model, state.dimension) != (self._state.model, self._state.dimension):
            raise IndexDamagedError(self._name)
        self._state = state
        return True

    def begin(self) -> None:
        """Catch up with what others committed."""
        if self._anew is None and not self._pending:
            self.refresh()

    def restart(self) -> None:
        """Begin anew with nothing. What is committed answers until `commit` puts the new in its place."""
        self.rollback()
        collection = f"{self._name}.{uuid.uuid4().hex}"
        _create(self._client, collection, self._state.dimension)
        self._anew = State(self._state.model, self._state.dimension, collection=collection)

    def add(self, documents: Sequence[Document]) -> None:
        """Add documents; one whose key is already there replaces it."""
        self.begin()
        self._pending |= {document.key: document for document in documents}
        if self._anew is not None and len(self._pending) >= BATCH:
            # Nobody looks at a collection that is being built: no need to hold anything back.
            self._anew = self._sent(self._anew)

    def delete(self, keys: Collection[int]) -> None:
        """Take documents out. Unknown keys are passed over."""
        self.begin()
        self._pending |= dict.fromkeys((key for key in keys if key >= 0), None)

    def commit(self, seq: int) -> None:
        """Make what was added and deleted answer, durable, and stand at `seq`."""
        self.begin()
        base = self._anew or self._state
        if not base.collection:
            collection = f"{self._name}.{uuid.uuid4().hex}"
            _create(self._client, collection, base.dimension)
            base = replace(base, collection=collection)
        state = replace(self._sent(base), seq=seq)
        _write_state(self._client, self._name, state)
        self._state, self._anew = state, None
        self._remove_others()

    def rollback(self) -> None:
        """Drop what was added and deleted since the last commit."""
        self._pending = {}
        if self._anew is not None:
            with reached(self._name):
                self._client.delete_collection(self._anew.collection)
            self._anew = None

    def words(self, text: str, limit: int, where: Filter = OPEN) -> Hits:
        """Documents by BM25 over the claim and title, exact and folded terms."""
        if limit <= 0 or not self._state.documents:
            return Hits()
        chosen = query_terms(text, self._state.documents, None)
        if not chosen:
            return Hits()
        return self._query(asked(chosen, self._boosts), WORDS, limit, where)

    def meaning(self, vectors: Vectors, limit: int, where: Filter = OPEN) -> Hits:
        """Documents by cosine: for each, the best over its own vectors and over the rows of `vectors`."""
        if limit <= 0 or not self._state.documents:
            return Hits()
        best: dict[int, float] = {}
        for row in np.asarray(vectors, np.float32).reshape(-1, self._state.dimension):
            hits = self._query([row.tolist()], MEANING, limit, where)
            for key, score in zip(hits.keys.tolist(), hits.scores.tolist(), strict=True):
                best[key] = max(score, best.get(key, -1.0))
        return _hits(sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))[:limit])

    def vectors(self, keys: Sequence[int]) -> list[Vectors]:
        """The stored vectors of the documents, in the order of `keys`; shape (0, d) for an unknown key."""
        found = self._stored(self._state, [int(key) for key in keys])
        empty = np.zeros((0, self._state.dimension), np.float32)
        return [found.get(int(key), empty) for key in keys]

    def mean(self) -> NDArray[np.float32]:
        """The mean of all stored vectors; zeros for an empty index."""
        return (self._state.vector_sum() / max(1, self._state.rows)).astype(np.float32)

    def document_frequency(self, terms: Sequence[str]) -> list[int]:
        """How many documents hold each folded term."""
        if not self._state.documents:
            return [0] * len(terms)
        with reached(self._name):
            counts = [self._client.count(self._state.collection, count_filter=holds(term)) for term in terms]
        return [count.count for count in counts]

    def close(self) -> None:
        """Drop what was not committed. The client stays its owner's."""
        self.rollback()

    def _query(self, query: Any, using: str, limit: int, where: Filter) -> Hits:
        with reached(self._name):
            answer = self._client.query_points(
                self._state.collection,
                query=query,
                using=using,
                query_filter=condition(where),
                limit=limit,
                with_payload=False,
                # A graph under a narrow filter loses documents without saying so; then Qdrant compares all of them.
                search_params=models.SearchParams(exact=not where.is_open),
            )
        return _hits([(int(one.id), one.score) for one in answer.points])

    def _stored(self, state: State, keys: Sequence[int]) -> dict[int, Vectors]:
        """The vectors of those documents that are there."""
        found: dict[int, Vectors] = {}
        wanted = [key for key in keys if key >= 0]
        if not state.collection:
            return found
        for start in range(0, len(wanted), BATCH):
            with reached(self._name):
                part = wanted[start : start + BATCH]
                records = self._client.retrieve(state.collection, part, with_payload=False, with_vectors=[MEANING])
            found |= {int(record.id): rows_of(record, state.dimension) for record in records}
        return found

    def _sent(self, state: State) -> State:
        """Send what was held back; the state with its counts brought up to it."""
        pending, self._pending = self._pending, {}
        old = self._stored(state, list(pending))
        new = [document for document in pending.values() if document is not None]
        gone = [key for key, document in pending.items() if document is None and key in old]
        with reached(self._name):
            for start in range(0, len(new), BATCH):
                self._client.upsert(state.collection, [point(document) for document in new[start : start + BATCH]])
            if gone:
                self._client.delete(state.collection, models.PointIdsList(points=list(gone)))
        total = state.vector_sum() - _sum(list(old.values()), state.dimension)
        total += _sum([document.vectors for document in new], state.dimension)
        rows = sum(len(document.vectors) for document in new) - sum(len(rows) for rows in old.values())
        return replace(
            state,
            documents=state.documents + len(new) - len(old),
            rows=state.rows + rows,
            sums=tuple(total.tolist()),
        )

    def _remove_others(self) -> None:
        """Take away the collections of this name that are no longer, or never came to be, the index."""
        with reached(self._name):
            for one in self._client.get_collections().collections:
                if one.name.startswith(f"{self._name}.") and one.name != self._state.collection:
                    self._client.delete_collection(one.name)


def open_qdrant(url: str, dimension: int, model: str, *, anew: bool = False) -> QdrantIndex:
    """The index at a server's address; a fragment, as in `http://host:6333#my-desk`, begins its collections' names.

    `anew` gives an empty one about to replace what is there. Raises as `QdrantIndex.open`.
    """
    address, _, name = url.partition("#")
    with reached(address):
        client = QdrantClient(url=address, timeout=TIMEOUT, check_compatibility=False)
    make = QdrantIndex.anew if anew else QdrantIndex.open
    return make(client, dimension, model, name=name or "factdesk")


@contextmanager
def reached(place: str) -> Iterator[None]:
    """Turn failures to reach Qdrant into ours."""
    try:
        yield
    except (ApiException, OSError, ValueError) as error:
        raise DeskError(
            "The search server does not answer.",
            place=place,
            remedy="See that Qdrant runs at the address in desk.toml.",
        ) from error


def _hits(pairs: Sequence[tuple[int, float]]) -> Hits:
    keys = np.array([key for key, _ in pairs], np.int64)
    scores = np.array([score for _, score in pairs], np.float32)
    order = np.lexsort((keys, -scores))
    return Hits(keys[order], scores[order])


def _sum(groups: Sequence[Vectors], dimension: int) -> NDArray[np.float64]:
    total = np.zeros(dimension, np.float64)
    for rows in groups:
        total += rows.sum(axis=0, dtype=np.float64)
    return total


def _state_collection(name: str) -> str:
    return f"{name}-state"


def _read_state(client: QdrantClient, name: str) -> State | None:
    with reached(name):
        if not client.collection_exists(_state_collection(name)):
            return None
        found = client.retrieve(_state_collection(name), [STATE_POINT])
    return state_from(found[0].payload, name) if found else None


def _write_state(client: QdrantClient, name: str, state: State) -> None:
    with reached(name):
        if not client.collection_exists(_state_collection(name)):
            client.create_collection(_state_collection(name), vectors_config={})
        client.upsert(_state_collection(name), [models.PointStruct(id=STATE_POINT, vector={}, payload=state.payload())])


def _create(client: QdrantClient, collection: str, dimension: int) -> None:
    with reached(collection):
        client.create_collection(collection, **collection_settings(dimension))
        for field, kind in PAYLOAD_INDEXES.items():
            client.create_payload_index(collection, field, field_schema=kind)

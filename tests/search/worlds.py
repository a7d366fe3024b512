"""Small made-up corpora for the tests of the index."""

from __future__ import annotations

import numpy as np

from factdesk.encode.base import Vectors
from factdesk.search.base import Document, Filter

DIMENSION = 16
MODEL = "test-model"

SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "so", "ti", "vu", "xe", "đường", "phố", "biển")


def unit(random: np.random.Generator, rows: int, dimension: int = DIMENSION) -> Vectors:
    """Random unit vectors."""
    found = random.normal(size=(rows, dimension)).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def document(
    key: int,
    claim: str = "",
    *,
    title: str = "",
    language: str = "en",
    publisher: int = 1,
    day: int = 19_000,
    vectors: Vectors | None = None,
) -> Document:
    """A document with one vector of its own, made from its key."""
    if vectors is None:
        vectors = unit(np.random.default_rng(key), 1)
    return Document(key, claim or f"claim number {key}", title, language, publisher, day, vectors)


def corpus(count: int, seed: int = 0, start: int = 0) -> list[Document]:
    """Documents with made-up words, in three languages, of seven publishers, over a year, with 0 to 2 vectors."""
    random = np.random.default_rng(seed)
    made = []
    for key in range(start, start + count):
        words = " ".join("".join(random.choice(SYLLABLES, 2)) for _ in range(8))
        made.append(
            document(
                key,
                words,
                title="" if key % 3 else f"title {key}",
                language=("en", "vi", "")[int(random.integers(3))],
                publisher=int(random.integers(7)),
                day=int(random.integers(0, 365)),
                vectors=unit(random, int(random.integers(0, 3))),
            )
        )
    return made


def allowed(document: Document, where: Filter) -> bool:
    """Whether a document can answer under a filter, said the slow way."""
    if where.languages and document.language not in where.languages:
        return False
    if where.publishers and document.publisher not in where.publishers:
        return False
    return document.publisher not in where.exclude_publishers and document.day >= where.since


def by_meaning(documents: list[Document], queries: Vectors, limit: int, where: Filter) -> list[tuple[int, float]]:
    """What a search by meaning must find, compared one by one."""
    scored = [
        (one.key, float((one.vectors @ queries.T).max()))
        for one in documents
        if len(one.vectors) and allowed(one, where)
    ]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:limit]

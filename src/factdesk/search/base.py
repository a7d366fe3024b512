"""The index as the rest of factdesk sees it: two drivers, one contract (`tests/search/contract.py`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from factdesk.encode.base import Vectors
from factdesk.errors import DeskError


class IndexDamagedError(DeskError):
    """The index cannot be used: damaged, or of another version or model. Whoever meets it rebuilds from the record."""

    def __init__(self, place: str) -> None:
        super().__init__(
            "The search index is damaged or of another version.",
            place=place,
            remedy="Make it again with: factdesk rebuild-index",
        )


@dataclass(frozen=True, slots=True)
class Document:
    """One review as the index holds it.

    `key` is the review's dense number in the record, `publisher` likewise, `day` the date as days since 1970-01-01
    (0 when unknown). `claim` and `title` are indexed for words, exact and folded; `vectors` are one unit row for the
    claim and, where there is a title that says something else, one for the title.
    """

    key: int
    claim: str
    title: str
    language: str
    publisher: int
    day: int
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents may answer. Empty means all; `since` is a day as in `Document.day`."""

    languages: frozenset[str] = frozenset()
    publishers: frozenset[int] = frozenset()
    exclude_publishers: frozenset[int] = frozenset()
    since: int = 0

    @property
    def is_open(self) -> bool:
        """Whether every document may answer."""
        return not (self.languages or self.publishers or self.exclude_publishers or self.since)


OPEN = Filter()


@dataclass(frozen=True, slots=True)
class Hits:
    """Documents with their scores, best first: `keys` int64[n], `scores` float32[n]."""

    keys: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    scores: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))


class SearchIndex(Protocol):
    """Candidates by words and by meaning. What is added or deleted answers after `commit`."""

    @property
    def seq(self) -> int:
        """The event up to which the index has followed the record; 0 for an empty one."""

    def __len__(self) -> int:
        """Documents that can answer."""

    def refresh(self) -> bool:
        """See what others committed since this was opened; whether there was any."""

    def begin(self) -> None:
        """Take the one writer's place until `commit`, and catch up with what others committed.

        `add` and `delete` do it by themselves; who reads `seq` to decide what to add does it before. Raises
        `DeskBusyError` when someone else is writing.
        """

    def restart(self) -> None:
        """Begin anew with nothing. What is committed answers until `commit` puts the new in its place."""

    def rollback(self) -> None:
        """Drop what was added and deleted since the last commit, and give the writer's place free."""

    @property
    def wasteful(self) -> bool:
        """Whether so much of it is dead that it should be built anew."""

    def add(self, documents: Sequence[Document]) -> None:
        """Add documents; one whose key is already there replaces it."""

    def delete(self, keys: Collection[int]) -> None:
        """Take documents out. Unknown keys are passed over."""

    def commit(self, seq: int) -> None:
        """Make what was added and deleted answer, durable, and stand at `seq`."""

    def words(self, text: str, limit: int, where: Filter = OPEN) -> Hits:
        """Documents by BM25 over the claim and title, exact and folded fields."""

    def meaning(self, vectors: Vectors, limit: int, where: Filter = OPEN) -> Hits:
        """Documents by cosine: for each, the best over its own vectors and over the rows of `vectors`."""

    def vectors(self, keys: Sequence[int]) -> list[Vectors]:
        """The stored vectors of the documents, in the order of `keys`; shape (0, d) for an unknown key."""

    def mean(self) -> NDArray[np.float32]:
        """The mean of all stored vectors, float32[d]; zeros for an empty index."""

    def document_frequency(self, terms: Sequence[str]) -> list[int]:
        """How many documents hold each folded term."""

    def close(self) -> None:
        """Let go of files."""

"""What an index is made of: something in the record that changes, in batches of documents about to be indexed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from factdesk.encode.base import Vectors
from factdesk.search.base import Document


@dataclass(frozen=True, slots=True)
class Draft:
    """A document but for its vectors: the rows of `texts`, in their order, are what `finish` is given."""

    texts: tuple[str, ...]
    finish: Callable[[Vectors], Document]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some changes, in their order: the keys that are gone, and what stands. `changes` is how many were read."""

    changes: int
    gone: tuple[int, ...]
    drafts: Sequence[Draft]


class Source(Protocol):
    """A part of the record that an index can follow."""

    def count(self, session: Session, after: int, upto: int) -> int:
        """How many changes there were in the events above `after` and up to `upto`."""

    def batches(self, session: Session, after: int, upto: int) -> Iterator[Batch]:
        """These changes. After event 0 nothing is gone that has not been there."""

    def rows(self, kept: Vectors) -> Vectors:
        """The rows of one text, given what the record keeps of it; shape (rows, dimension)."""

"""Candidates by meaning: a scan over 4-bit codes for a short list, then the cosine from the float32 vectors.

Codes cover the first `coded` rows; the newest few have none yet and are always compared one by one. So are all rows of
a small index until it has been asked a few times: the engine takes longer to start than that takes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from factdesk.encode.base import Vectors
from factdesk.search.base import OPEN, Filter, Hits
from factdesk.search.codes import Codes
from factdesk.search.table import Table

SHORT_LIST = 60
"""Rows that are rescored at the least."""
EXACT_ROWS = 4_000
"""Up to so many rows are compared one by one instead of scanned, and may wait for codes: it is as fast, and exact."""
EAGER_ROWS = 100_000
"""Above so many rows the codes are read at the first question."""
QUESTIONS = 4
"""Below that, at this one."""


def vectors_path(folder: Path, generation: int) -> Path:
    """The file of the vectors."""
    return folder / f"vectors-{generation}.f32"


class Meaning:
    """Search by meaning over one snapshot."""

    def __init__(self, table: Table, vectors: Vectors, load: Callable[[], Codes]) -> None:
        self._table = table
        self._vectors = vectors
        self._load = load
        self._asked = 0

    def search(self, queries: Vectors, limit: int, where: Filter = OPEN) -> Hits:
        """Documents by their best cosine to any of the queries."""
        mask, kept = self._table.mask(where), self._table.kept_rows(where)
        if limit <= 0 or not len(queries) or not kept:
            return Hits()
        self._asked += 1
        if kept <= EXACT_ROWS or not self._codes_pay():
            places = np.flatnonzero(mask & (self._table.rows > 0))
        else:
            places = self._short_list(self._load(), queries, min(limit, kept), where)
        return self._rescored(places, queries, limit)

    def _codes_pay(self) -> bool:
        if not self._table.manifest.coded:
            return False
        return Codes.started or len(self._vectors) > EAGER_ROWS or self._asked >= QUESTIONS

    def _short_list(self, codes: Codes, queries: Vectors, limit: int, where: Filter) -> NDArray[np.int64]:
        """Places of documents worth rescoring: rows that cannot answer are passed over where they are few, and kept
        out of the scan where they are many."""
        coded, kept = self._table.manifest.coded, self._table.kept_rows(where)
        tail = np.arange(coded, len(self._vectors))
        depth = max(SHORT_LIST, 2 * limit)
        if 2 * kept >= len(self._vectors):
            places = self._places(codes.search(queries, min(2 * depth, coded)), tail, where)
            if len(places) >= limit:
                return places
        rows = self._table.kept_mask(where)[:coded]
        while True:
            places = self._places(codes.search(queries, min(depth, coded), rows), tail, where)
            if len(places) >= limit or depth >= coded:
                return places
            depth *= 4

    def _places(self, rows: NDArray[np.int64], tail: NDArray[np.int64], where: Filter) -> NDArray[np.int64]:
        """The places of the documents that rows belong to, of those that can answer."""
        rows = np.concatenate([rows[rows < self._table.manifest.coded], tail])
        places = np.unique(np.searchsorted(self._table.first, rows, side="right") - 1)
        return places[self._table.mask(where)[places]]

    def _rescored(self, places: NDArray[np.int64], queries: Vectors, limit: int) -> Hits:
        if not len(places):
            return Hits()
        counts = self._table.rows[places]
        starts = np.cumsum(counts) - counts
        rows = np.repeat(self._table.first[places] - starts, counts) + np.arange(int(counts.sum()))
        # Where most rows are wanted, going over all of them is faster than copying those.
        if 2 * len(rows) > len(self._vectors):
            best = _products(self._vectors, queries).max(axis=1)[rows]
        else:
            best = _products(self._vectors[rows], queries).max(axis=1)
        # A damaged row must not take the first place.
        scores = np.nan_to_num(np.maximum.reduceat(best, starts), nan=-1.0, posinf=-1.0, neginf=-1.0)
        keys = self._table.keys[places]
        order = np.lexsort((keys, -scores))[:limit]
        return Hits(keys[order], scores[order].astype(np.float32))


def _products(rows: Vectors, queries: Vectors) -> Vectors:
    """The cosine of every row to every query: shape (rows, queries).

    Not by matrix product: BLAS hands so small a one to all its threads, and waiting for those on a busy machine takes
    many times what the work does (20 ms instead of 0.2 ms for 800 rows).
    """
    return np.asarray(np.einsum("ij,kj->ik", rows, queries), np.float32)

"""Candidates by meaning: a scan over 4-bit codes for a short list, then the cosine from the float32 vectors."""

from __future__ import annotations

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
"""Up to so many rows are compared one by one instead of scanned: it is as fast, and exact."""


def vectors_path(folder: Path, generation: int) -> Path:
    """The file of the vectors."""
    return folder / f"vectors-{generation}.f32"


class Meaning:
    """Search by meaning over one snapshot. `codes` is None where there are too few rows to need any."""

    def __init__(self, table: Table, vectors: Vectors, codes: Codes | None) -> None:
        self._table = table
        self._vectors = vectors
        self._codes = codes

    def search(self, queries: Vectors, limit: int, where: Filter = OPEN) -> Hits:
        """Documents by their best cosine to any of the queries."""
        mask = self._table.mask(where)
        kept = self._table.kept_rows(where)
        if limit <= 0 or not len(queries) or not kept:
            return Hits()
        if kept <= EXACT_ROWS or self._codes is None:
            return self._rescored(np.flatnonzero(mask & (self._table.rows > 0)), queries, limit)
        return self._rescored(self._short_list(self._codes, queries, min(limit, kept), where), queries, limit)

    def _short_list(self, codes: Codes, queries: Vectors, limit: int, where: Filter) -> NDArray[np.int64]:
        """Places of documents worth rescoring: rows that cannot answer are passed over where they are few, and kept
        out of the scan where they are many."""
        total, kept = len(self._vectors), self._table.kept_rows(where)
        depth = max(SHORT_LIST, 2 * limit)
        if 2 * kept >= total:
            places = self._places(codes.search(queries, min(2 * depth, total)), where)
            if len(places) >= limit:
                return places
        rows = self._table.kept_mask(where)
        while True:
            places = self._places(codes.search(queries, min(depth, kept), rows), where)
            if len(places) >= limit or depth >= kept:
                return places
            depth *= 4

    def _places(self, rows: NDArray[np.int64], where: Filter) -> NDArray[np.int64]:
        """The places of the documents that rows belong to, of those that can answer."""
        rows = rows[rows < len(self._vectors)]
        places = np.unique(np.searchsorted(self._table.first, rows, side="right") - 1)
        return places[self._table.mask(where)[places]]

    def _rescored(self, places: NDArray[np.int64], queries: Vectors, limit: int) -> Hits:
        counts = self._table.rows[places]
        starts = np.cumsum(counts) - counts
        rows = np.repeat(self._table.first[places] - starts, counts) + np.arange(int(counts.sum()))
        best = (self._vectors[rows] @ queries.T).max(axis=1)
        # A damaged row must not take the first place.
        scores = np.nan_to_num(np.maximum.reduceat(best, starts), nan=-1.0, posinf=-1.0, neginf=-1.0)
        keys = self._table.keys[places]
        order = np.lexsort((keys, -scores))[:limit]
        return Hits(keys[order], scores[order].astype(np.float32))

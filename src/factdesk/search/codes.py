"""Vectors in 4 bits a dimension, one row for each row of the vectors' file, in its order (turbovec).

Its file may be ahead of the manifest, after a crash or while another process writes; rows beyond the manifest are
passed over by whoever searches.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import turbovec  # type: ignore[import-untyped]
from numpy.typing import NDArray

from factdesk.encode.base import Vectors
from factdesk.search.base import IndexDamagedError
from factdesk.search.guard import damage

BITS = 4
BATCH = 65_536
"""Rows that are coded at a time."""
PROBE_TOLERANCE = 0.15
"""How far from 1 the coded cosine of a vector to itself may be."""


def codes_path(folder: Path, generation: int) -> Path:
    """The file of the codes."""
    return folder / f"codes-{generation}.tv"


class Codes:
    """The codes of the rows of one file."""

    started: ClassVar[bool] = False
    """Whether this process has the engine running: its start costs more than a small scan saves."""

    def __init__(self, engine: Any) -> None:
        Codes.started = True
        self._engine = engine
        # A mask must be as long as the codes at the moment of the search.
        self._lock = threading.Lock()

    @classmethod
    def empty(cls, dimension: int) -> Codes:
        """Codes of nothing."""
        return cls(turbovec.TurboQuantIndex(dim=dimension, bit_width=BITS))

    @classmethod
    def load(cls, path: Path, vectors: Vectors) -> Codes:
        """The codes of these vectors from their file. Raises `IndexDamagedError` when they are not these vectors'."""
        with damage(path):
            engine = turbovec.TurboQuantIndex.load(str(path))
            if engine.dim != vectors.shape[1] or engine.bit_width != BITS or len(engine) < len(vectors):
                raise IndexDamagedError(str(path))
            # A file may load and yet be wrong: the codes must find some vectors that they were made from.
            for row in {0, len(vectors) // 2, len(vectors) - 1}:
                scores, _ = engine.search(np.array(vectors[row : row + 1], np.float32), k=1)
                if not abs(float(scores[0, 0]) - 1.0) < PROBE_TOLERANCE:
                    raise IndexDamagedError(str(path))
        return cls(engine)

    def __len__(self) -> int:
        return len(self._engine)

    def search(self, queries: Vectors, depth: int, mask: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """Rows near any of the queries, `depth` for each, in no order; of those that `mask` lets through."""
        with damage(None):
            if mask is None:
                _, found = self._engine.search(queries, k=depth)
            else:
                with self._lock:
                    padded = np.zeros(len(self._engine), np.bool_)
                    padded[: len(mask)] = mask
                    _, found = self._engine.search(queries, k=depth, mask=padded)
        return np.unique(found[found >= 0])

    def extend(self, vectors: Vectors, start: int) -> None:
        """Code the vectors from row `start` on; what was coded from there on before is dropped."""
        with self._lock:
            while len(self._engine) > start:
                self._engine.swap_remove(len(self._engine) - 1)
            for row in range(start, len(vectors), BATCH):
                self._engine.add(np.array(vectors[row : row + BATCH], np.float32))

    def save(self, path: Path) -> None:
        """Bring what changed to the disk, durably."""
        with damage(path):
            self._engine.sync(str(path))

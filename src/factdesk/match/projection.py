"""A learned turn of the encoder's vectors, after which nearness means *the same claim* rather than *the same topic*.

Learned by `benchmarks/train_match.py`; a model without one is compared as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from factdesk.encode.base import Vectors


@dataclass(frozen=True, slots=True)
class Projection:
    """`mean` float32[d] is taken off, `turn` float32[d, d] applied, and rows brought to unit length again."""

    name: str
    mean: NDArray[np.float32]
    turn: NDArray[np.float32]

    def __call__(self, vectors: Vectors) -> Vectors:
        """The vectors that are compared: unit rows, or rows of zeros where there was nothing."""
        turned = (vectors - self.mean) @ self.turn
        lengths = np.linalg.norm(turned, axis=1, keepdims=True)
        return np.asarray(turned / np.maximum(lengths, 1e-9), np.float32)


def shipped_projection(encoder: str) -> Projection | None:
    """The projection learned for an encoder of this name, or None."""
    source = files("factdesk.match").joinpath("data", f"projection-{encoder}.npz")
    if not source.is_file():
        return None
    with np.load(BytesIO(source.read_bytes()), allow_pickle=False) as data:
        mean, turn = data["mean"].astype(np.float32), data["turn"].astype(np.float32)
        return Projection(str(data["name"]), mean, turn)

"""The learned table: small decision trees over the features, added up, as plain JSON.

A tree is a list of nodes. A node is either `[feature, threshold, left, right]` (left when the value is not above the
threshold, by node number) or a value. The sum over the trees is a margin; `calibration` turns margins into
probabilities, between whose points it is a straight line; `same` is the probability from which a claim is called so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Margins = NDArray[np.float32]
"""Shape (candidates,)."""


@dataclass(frozen=True, slots=True)
class Table:
    """Trees as arrays over all their nodes: `feature`, `threshold`, `left`, `right`, `value`; each begins at its root.

    A leaf leads to itself, so that all trees can be walked for the same number of steps.
    """

    names: tuple[str, ...]
    roots: NDArray[np.int64]
    feature: NDArray[np.int64]
    threshold: NDArray[np.float32]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float32]
    depth: int
    margins: NDArray[np.float32]
    probabilities: NDArray[np.float32]
    same: float

    def margin(self, features: NDArray[np.float32]) -> Margins:
        """The margin of every row of float32[n, features]."""
        flat = np.ascontiguousarray(features, np.float32).reshape(-1)
        row = np.arange(len(features))[:, None] * len(self.names)
        at = np.broadcast_to(self.roots, (len(features), len(self.roots)))
        for _ in range(self.depth):
            goes_left = flat.take(row + self.feature.take(at)) <= self.threshold.take(at)
            at = np.where(goes_left, self.left.take(at), self.right.take(at))
        return np.asarray(self.value.take(at).sum(axis=1), np.float32)

    def probability(self, margins: Margins) -> NDArray[np.float32]:
        """Calibrated probabilities of margins; never quite 0 or 1."""
        return np.asarray(np.interp(margins, self.margins, self.probabilities), np.float32)


def table_from(data: Mapping[str, Any], names: Sequence[str]) -> Table:
    """The table that `data` describes, with the columns in the order of `names`.

    Raises `ValueError` when it was learned on features that are not among them.
    """
    if not set(data["features"]) <= set(names):
        raise ValueError("the table was learned on other features")
    column = [list(names).index(name) for name in data["features"]]
    trees: list[list[Any]] = data["trees"]
    roots = np.cumsum([0, *map(len, trees[:-1])])
    total = sum(map(len, trees))
    feature, left, right = np.zeros(total, np.int64), np.arange(total), np.arange(total)
    threshold, value = np.full(total, np.inf, np.float32), np.zeros(total, np.float32)
    for root, tree in zip(roots.tolist(), trees, strict=True):
        for place, node in enumerate(tree, root):
            if isinstance(node, list):
                feature[place], threshold[place] = column[node[0]], node[1]
                left[place], right[place] = root + node[2], root + node[3]
            else:
                value[place] = node
    points = np.array(data["calibration"], np.float32)
    depth = max(_depth(tree, 0) for tree in trees)
    return Table(
        tuple(names), roots, feature, threshold, left, right, value, depth, points[:, 0], points[:, 1], data["same"]
    )


def _depth(tree: Sequence[Any], place: int) -> int:
    node = tree[place]
    return 1 + max(_depth(tree, node[2]), _depth(tree, node[3])) if isinstance(node, list) else 0

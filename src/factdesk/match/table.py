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

LEAF = -1


@dataclass(frozen=True, slots=True)
class Table:
    """Trees as arrays: `feature`, `threshold`, `left`, `right`, `value`, each of shape (trees, nodes)."""

    names: tuple[str, ...]
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
        count, trees = len(features), len(self.feature)
        at = np.zeros((count, trees), np.int64)
        tree = np.arange(trees)[None, :]
        row = np.arange(count)[:, None]
        for _ in range(self.depth):
            feature = self.feature[tree, at]
            goes_left = features[row, np.maximum(feature, 0)] <= self.threshold[tree, at]
            following = np.where(goes_left, self.left[tree, at], self.right[tree, at])
            at = np.where(feature == LEAF, at, following)
        return np.asarray(self.value[tree, at].sum(axis=1), np.float32)

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
    size = max(len(tree) for tree in trees)
    shape = (len(trees), size)
    feature, left, right = (np.full(shape, LEAF, np.int64) for _ in range(3))
    threshold, value = (np.zeros(shape, np.float32) for _ in range(2))
    for number, tree in enumerate(trees):
        for place, node in enumerate(tree):
            if isinstance(node, list):
                feature[number, place], threshold[number, place] = column[node[0]], node[1]
                left[number, place], right[number, place] = node[2], node[3]
            else:
                value[number, place] = node
    points = np.array(data["calibration"], np.float32)
    depth = max(_depth(tree, 0) for tree in trees)
    return Table(tuple(names), feature, threshold, left, right, value, depth, points[:, 0], points[:, 1], data["same"])


def _depth(tree: Sequence[Any], place: int) -> int:
    node = tree[place]
    return 1 + max(_depth(tree, node[2]), _depth(tree, node[3])) if isinstance(node, list) else 0

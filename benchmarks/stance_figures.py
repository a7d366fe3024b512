"""How good held-out stance hints are: accuracy at each coverage, what is sure, and what was mistaken for what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factdesk.domain.stance import STANCE_LABELS
from stance_data import Pair, Rows

Chances = NDArray[np.float64]
"""Shape (repeats, pairs, 3)."""
COVERAGES = (0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
DRAWS = 1000

PARTS: dict[str, Callable[[Pair], bool]] = {
    "ViFactCheck, evidence quoted": lambda pair: pair.kind == "quoted",
    "ViFactCheck, paragraph around it": lambda pair: pair.kind == "around",
    "another sentence of the article": lambda pair: pair.kind == "beside",
    "another claim's evidence": lambda pair: pair.kind == "apart",
    "one number of the claim changed": lambda pair: pair.kind == "changed",
    "seed, English": lambda pair: pair.kind == "seed" and pair.language == "en" and not pair.across,
    "seed, Vietnamese": lambda pair: pair.kind == "seed" and pair.language == "vi" and not pair.across,
    "seed, across languages": lambda pair: pair.kind == "seed" and pair.across,
}


def figures(rows: Rows, chances: Chances, sure: float) -> dict[str, Any]:
    """Every part's figures by its name."""
    found: dict[str, Any] = {}
    for name, belongs in PARTS.items():
        part = np.array([belongs(pair) for pair in rows.pairs])
        if part.any():
            found[name] = part_figures(chances[:, part], rows.labels[part], rows.permitted[part], sure)
    return found


def part_figures(chances: Chances, labels: NDArray[np.int64], permitted: NDArray[np.bool_], sure: float) -> Any:
    """The curve with 95 % intervals (bootstrap over pairs), what is sure, and the confusion, means over repeats.

    `permitted` bool[n, 3]: of which label a hint may be sure.
    """
    called = chances.argmax(axis=2)
    allowed = np.take_along_axis(permitted[None], called[..., None], axis=2)[..., 0]
    trust = np.where(allowed, chances.max(axis=2), chances.max(axis=2) - 1)
    right = called == labels
    is_sure = trust >= sure
    told = is_sure & (called != 2)
    return {
        "pairs": len(labels),
        "accuracy by coverage": {f"{share:.0%}": _interval(trust, right, share) for share in COVERAGES},
        "sure": round(float(is_sure.mean()), 3),
        "right where sure": _mean(right[is_sure]),
        "called sure, by label": {
            name: {"share": round(float((is_sure & (called == place)).mean()), 3),
                   "right": _mean(right[is_sure & (called == place)])}
            for place, name in enumerate(STANCE_LABELS)
        },
        "refutes shown though it does not": _mean((told & (called == 1))[:, labels != 1]),
        "confusion, rows as labelled": [
            [round(float(((called == column) & (labels == row)).sum(axis=1).mean()), 1) for column in range(3)]
            for row in range(3)
        ],
    }  # fmt: skip


def at_coverage(trust: NDArray[Any], right: NDArray[np.bool_], share: float) -> float:
    """Accuracy on the share of pairs that are trusted most."""
    kept = np.argsort(-trust, kind="stable")[: max(1, round(len(trust) * share))]
    return float(right[kept].mean())


def _interval(trust: NDArray[Any], right: NDArray[np.bool_], share: float) -> list[float]:
    """Mean over repeats, and the 95 % interval over draws of pairs."""
    chance = np.random.default_rng(0)
    count = trust.shape[1]
    drawn = []
    for number in range(DRAWS):
        picked, repeat = chance.integers(0, count, count), number % len(trust)
        drawn.append(at_coverage(trust[repeat][picked], right[repeat][picked], share))
    mean = np.mean([at_coverage(one, other, share) for one, other in zip(trust, right, strict=True)])
    low, high = np.quantile(drawn, (0.025, 0.975))
    return [round(float(value), 3) for value in (mean, low, high)]


def _mean(values: NDArray[Any]) -> float | None:
    return round(float(values.mean()), 3) if values.size else None

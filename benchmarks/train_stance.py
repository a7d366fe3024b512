"""Learn the stance table: whether a piece of evidence supports a claim, refutes it, or neither.

    python benchmarks/train_stance.py [--out src/factdesk/match/data/stance.json]

Reads ViFactCheck from `FACTDESK_BENCH` or ../shared/bench and our own pairs from benchmarks/data (stance_data.py says
which). Every figure it prints and writes to benchmarks/results/stance.json comes from folds over topics (articles):
no pair is judged by a table that learned from its article. docs/models/stance.md is the card.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from bench_data import RESULTS, ROOT
from factdesk.config import models_dir, threads
from factdesk.encode.base import WordStates
from factdesk.encode.e5 import E5Encoder
from factdesk.match.stance import StanceTable, table_from
from factdesk.match.stance_features import NAMES
from factdesk.match.stance_words import Floats
from stance_data import WEIGHTS, Pair, Rows, encoded, learned, read, rows_of
from stance_figures import figures

FOLDS, REPEATS = 8, 5
CLIP = 4.0
STRENGTH = 0.2
"""Inverse of the regularisation: few rows, so strong; from 0.02 to 1 nothing moved by more than the noise."""
COVERAGE = 0.6
"""Share of held-out ViFactCheck pairs on which the hint does not abstain."""


def learn(rows: Rows, chosen: NDArray[np.int64], centre: Floats, sure: float = 0.0) -> dict[str, Any]:
    """The table learned on some of the rows, as plain data."""
    x, y = rows.features[chosen], rows.labels[chosen]
    weights = np.array([WEIGHTS[kind] for kind in rows.kinds[chosen]])
    shift, scale = x.mean(axis=0), 1 / (x.std(axis=0) + 1e-6)
    scaled = np.clip((x - shift) * scale, -CLIP, CLIP)
    model = LogisticRegression(C=STRENGTH, max_iter=5000, class_weight="balanced").fit(scaled, y, weights)
    return {
        "about": "Made by benchmarks/train_stance.py; the card is docs/models/stance.md.",
        "encoder": E5Encoder.name,
        "features": list(NAMES),
        "centre": _round(centre),
        "shift": _round(shift),
        "scale": _round(scale),
        "clip": CLIP,
        "weights": [_round(row) for row in model.coef_.T],
        "bias": _round(model.intercept_),
        "sure": sure,
    }


def _round(values: Any) -> list[float]:
    return [round(float(value), 5) for value in values]


def held_out(rows: Rows) -> NDArray[np.float64]:
    """Probabilities [repeats, n, 3], each row judged by a table that saw nothing of its topic."""
    topics = np.array([pair.topic for pair in rows.pairs])
    counts = learnable(rows)
    found = np.zeros((REPEATS, len(topics), 3))
    for repeat in range(REPEATS):
        folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=repeat)
        for train, test in folds.split(rows.features, rows.labels, topics):
            table = table_from(learn(rows, train[counts[train]], np.zeros(0, np.float32)))
            found[repeat, test] = rows.judged(table, test)
    return found


def learnable(rows: Rows) -> NDArray[np.bool_]:
    """Which pairs are learned from."""
    return np.array([WEIGHTS[kind] > 0 for kind in rows.kinds]) & rows.straight


def centre_of(base: Sequence[Pair], words: Mapping[str, WordStates]) -> Floats:
    """What all words of ViFactCheck have in common; no label goes into it."""
    states = [words[read(text).text].states for pair in base for text in (pair.claim, pair.evidence)]
    return np.asarray(np.concatenate(states).mean(axis=0), np.float32)


def threshold(rows: Rows, chances: NDArray[np.float64]) -> float:
    """The probability that leaves the wanted coverage of ViFactCheck, what the rules forbid left out."""
    part = rows.kinds == "quoted"
    top = chances[:, part].max(axis=2)
    called = chances[:, part].argmax(axis=2)
    allowed = np.take_along_axis(rows.permitted[part][None], called[..., None], axis=2)[..., 0]
    return float(np.quantile(np.where(allowed, top, 0.0), 1 - COVERAGE))


def main() -> None:
    """Learn, measure on held-out topics, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "factdesk" / "match" / "data" / "stance.json")
    asked = parser.parse_args()
    base, pairs = learned()
    words = encoded(pairs, E5Encoder(models_dir(), threads()))
    centre = centre_of(base, words)
    rows = rows_of(pairs, words, centre)
    chances = held_out(rows)
    sure = round(threshold(rows, chances), 3)
    data = learn(rows, np.flatnonzero(learnable(rows)), centre, sure)
    table: StanceTable = table_from(data)
    asked.out.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
    results = figures(rows, chances, table.sure)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "stance.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()

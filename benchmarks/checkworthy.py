"""Measure `claims`: F1 of Yes on CT24 per language with its 95% interval, and the kinds on sentences of our own.

    python benchmarks/checkworthy.py [--languages english dutch ...] [--split dev-test] [--baseline]

Every row goes through `factdesk.claims.kinds.judge_many`, as `claims --input` does: a row counts as Yes when any of
its sentences is checkworthy. `--baseline` learns TF-IDF (words and pairs) with a logistic regression on the same
training rows, its threshold chosen on the dev split, for comparison.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from factdesk.claims.kinds import judge_many
from factdesk.claims.model import KINDS
from factdesk.config import models_dir
from factdesk.encode.e5 import E5Encoder

# Scripts stand side by side: the folder of the one that is run is on the path.
from train_claims import CODES, HERE, bench, read


def rows_of(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read(bench() / "checkworthy" / "ct24" / f"{name}.jsonl.gz")
    return rows


def interval(truth: np.ndarray[Any, Any], said: np.ndarray[Any, Any]) -> tuple[float, float]:
    """The 95% bootstrap interval of F1."""
    draws = np.random.default_rng(0).integers(0, len(truth), (1000, len(truth)))
    low, high = np.percentile([f1_score(truth[draw], said[draw]) for draw in draws], [2.5, 97.5])
    return float(low), float(high)


def say(name: str, truth: np.ndarray[Any, Any], said: np.ndarray[Any, Any]) -> None:
    low, high = interval(truth, said)
    right = int((truth & said).sum())
    precision, recall = right / max(1, said.sum()), right / max(1, truth.sum())
    counts = f"precision {precision:.3f}, recall {recall:.3f}, {len(truth)} rows, {int(truth.sum())} Yes"
    print(f"{name}: F1 {f1_score(truth, said):.3f} ({low:.3f} to {high:.3f}), {counts}", flush=True)


def baseline(language: str, split: str) -> None:
    """TF-IDF. Spanish has no training split: four fifths of dev teach, one fifth chooses the threshold."""
    dev = rows_of(f"{language}.dev")
    if language == "spanish":
        train, dev = [row for i, row in enumerate(dev) if i % 5], dev[::5]
    else:
        train = rows_of(f"{language}.train")
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit([row["text"] for row in train])
    line = LogisticRegression(C=10, max_iter=500, class_weight="balanced")
    line.fit(words.transform([row["text"] for row in train]), [row["label"] == "Yes" for row in train])

    def chance(rows: Sequence[dict[str, Any]]) -> np.ndarray[Any, Any]:
        return np.asarray(line.predict_proba(words.transform([row["text"] for row in rows]))[:, 1])

    known = np.array([row["label"] == "Yes" for row in dev])
    steps = np.linspace(0.05, 0.95, 91)
    best = max(steps, key=lambda step: f1_score(known, chance(dev) >= step))
    rows = rows_of(f"{language}.{split}")
    say(f"{language} {split}, TF-IDF", np.array([row["label"] == "Yes" for row in rows]), chance(rows) >= best)


def checkworthy(encoder: E5Encoder, language: str, split: str) -> None:
    rows = rows_of(f"{language}.{split}")
    judged = judge_many([row["text"] for row in rows], encoder)
    said = np.array([any(claim.checkworthy for claim in claims) for claims in judged])
    say(f"{language} {split}, claims", np.array([row["label"] == "Yes" for row in rows]), said)


def kinds(encoder: E5Encoder, name: str, code: str) -> None:
    """Our own held-out sentences: kinds, and how many opinions are called checkable or checkworthy."""
    path = HERE / "data" / f"{name}.jsonl"
    if not path.exists():
        return
    rows = read(path)
    judged = [claims[0] for claims in judge_many([row["text"] for row in rows], encoder)]
    pairs = Counter((row["kind"], claim.kind) for row, claim in zip(rows, judged, strict=True))
    right = sum(count for (true, said), count in pairs.items() if true == said)
    print(f"{code} kinds: {right / len(rows):.3f} right of {len(rows)}; rows are the truth:")
    for true in KINDS:
        print(f"  {true:11s}", *(f"{pairs[true, said]:4d}" for said in KINDS))
    truth = np.array([bool(row["checkworthy"]) for row in rows])
    said = np.array([claim.checkworthy for claim in judged])
    say(f"{code} checkworthy", truth, said)
    flagged = Counter(row["kind"] for row, claim in zip(rows, judged, strict=True) if claim.checkworthy)
    print(f"{code} called checkworthy, by true kind: {dict(flagged)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--languages", nargs="*", default=list(CODES), choices=list(CODES))
    parser.add_argument("--split", default="dev-test")
    parser.add_argument("--baseline", action="store_true")
    parser.add_argument("--models", type=Path, default=None)
    asked = parser.parse_args()
    encoder = E5Encoder(asked.models or models_dir())
    for name, code in (("claims-vi", "vi"), ("claims-en", "en")):
        kinds(encoder, name, code)
    for language in asked.languages:
        checkworthy(encoder, language, asked.split)
        if asked.baseline:
            baseline(language, asked.split)


if __name__ == "__main__":
    main()

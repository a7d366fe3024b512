"""How good stance hints are, and whether that is good enough: exit 1 below the target.

    python benchmarks/stance.py [--pairs FILE.jsonl[.gz]]

Without a file: ViFactCheck held out in folds over articles (each pair judged by a table that learned nothing from its
article: the shipped table learned from all of it), then the shipped table on our own pairs that nothing was learned
on, benchmarks/data/stance-pairs.jsonl. With a file of pairs {id, claim, evidence, label} that the table has not seen:
the shipped table on these, as `factdesk stance --input` answers them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler

from bench_data import ROOT
from factdesk.config import models_dir, threads
from factdesk.encode.e5 import E5Encoder
from factdesk.match.stance import hints, shipped_stance
from factdesk.match.stance_features import NAMES
from stance_data import LABELS, Pair, Rows, encoded, learned, own, rows_of
from stance_figures import COVERAGES, Chances, at_coverage, part_figures
from train_stance import FOLDS, centre_of, held_out

TARGET, AT = 0.70, "50%"
SHOWN = {"SUPPORTED": "supports", "REFUTED": "refutes", "NEI": "unclear"}


def read_pairs(path: Path) -> list[Pair]:
    """Pairs of a file."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [Pair(row["claim"], row["evidence"], LABELS[row["label"]], str(row["id"]), "held") for row in rows]


def as_shipped(pairs: list[Pair], encoder: E5Encoder) -> tuple[Rows, Chances]:
    """Pairs as the shipped table judges them."""
    table = shipped_stance()
    words = encoded(pairs, encoder)
    start = time.perf_counter()
    rows = rows_of(pairs, words, table.centre)
    chances = np.asarray(rows.judged(table, np.arange(len(pairs))), np.float64)[None]
    print(f"{1000 * (time.perf_counter() - start) / len(pairs):.1f} ms a pair without the encoder")
    return rows, chances


def shown(name: str, rows: Rows, chances: Chances, part: Any = slice(None)) -> float:
    """Print the figures of a part; the accuracy at the target's coverage."""
    found = part_figures(chances[:, part], rows.labels[part], rows.permitted[part], shipped_stance().sure)
    curve = found["accuracy by coverage"]
    print(f"\n{name}: {found['pairs']} pairs")
    for share in COVERAGES:
        mean, low, high = curve[f"{share:.0%}"]
        print(f"  at {share:4.0%} coverage {mean:.3f}  [{low:.3f}, {high:.3f}]")
    print(
        f"  sure of {found['sure']:.1%}, right where sure {found['right where sure']}; refutes shown though it does not"
    )
    print(f"  {found['refutes shown though it does not']}; {found['called sure, by label']}")
    print(f"  confusion (rows: supported, refuted, neither as labelled) {found['confusion, rows as labelled']}")
    return float(curve[AT][0])


def baselines(rows: Rows) -> None:
    """What plain means reach on ViFactCheck in the same folds: the commonest label, cosine, TF-IDF."""
    pairs = [pair for pair in rows.pairs if pair.kind == "quoted"]
    labels = np.array([pair.label for pair in pairs])
    topics = [pair.topic for pair in pairs]
    part = rows.features[rows.kinds == "quoted"]
    cosine = part[:, [NAMES.index("meaning")]]
    words = TfidfVectorizer(ngram_range=(1, 2)).fit([text for pair in pairs for text in (pair.claim, pair.evidence)])
    claims, evidence = (words.transform([getattr(pair, side) for pair in pairs]) for side in ("claim", "evidence"))
    shared = np.asarray(claims.multiply(evidence).sum(axis=1))
    both = hstack([claims, evidence, csr_matrix(shared)]).tocsr()
    print(f"\ncommonest label {np.bincount(labels).max() / len(labels):.3f}")
    for name, x in (("cosine of the vectors", cosine), ("TF-IDF and its cosine", both)):
        folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
        model = make_pipeline(MaxAbsScaler(), LogisticRegression(max_iter=2000))
        chances = cross_val_predict(model, x, labels, groups=topics, cv=folds, method="predict_proba")
        right = chances.argmax(axis=1) == labels
        half = at_coverage(chances.max(axis=1), right, 0.5)
        print(f"{name}: {half:.3f} at 50%, {right.mean():.3f} at 100%")


def denials(encoder: E5Encoder) -> None:
    """What people are shown for our own pairs in which a text denies, doubts or only reports a statement: those that
    the lists of `text.framing` were written with, and those that they were not."""
    lines = (ROOT / "benchmarks" / "data" / "stance-denials.jsonl").read_text(encoding="utf-8").splitlines()
    for part in ("design", "measure"):
        rows = [row for row in map(json.loads, lines) if row["part"] == part]
        found = [one.shown for one in hints([(row["claim"], row["evidence"]) for row in rows], encoder)]
        wanted = [SHOWN[row["label"]] for row in rows]
        right = sum(one == other for one, other in zip(found, wanted, strict=True))
        wrong = sum(one not in ("unclear", other) for one, other in zip(found, wanted, strict=True))
        print(f"\ndenials, {part}: {len(rows)} pairs, shown as labelled {right}, shown as something else {wrong}, "
              f"unclear though labelled {len(rows) - right - wrong}")  # fmt: skip


def main() -> int:
    """Measure and say whether it is good enough."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, help="pairs that the shipped table has not seen")
    asked = parser.parse_args()
    encoder = E5Encoder(models_dir(), threads())
    if asked.pairs:
        rows, chances = as_shipped(read_pairs(asked.pairs), encoder)
        return 0 if shown(str(asked.pairs), rows, chances) >= TARGET else 1
    base, pairs = learned()
    words = encoded(pairs, encoder)
    rows = rows_of(pairs, words, centre_of(base, words))
    baselines(rows)
    reached = shown("ViFactCheck, held out", rows, held_out(rows), rows.kinds == "quoted")
    mine, chances = as_shipped(own("stance-pairs", "held"), encoder)
    across = np.array([pair.across for pair in mine.pairs])
    shown("our own pairs, one language", mine, chances, ~across)
    shown("our own pairs, across languages", mine, chances, across)
    denials(encoder)
    return 0 if reached >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())

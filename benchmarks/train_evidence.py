"""Learn what ranks evidence: `python benchmarks/train_evidence.py [--work FOLDER]`.

Learns on the train split of scifact-en (never on dev, never on xquad-vi): weights of `match.bearing`'s features by a
softmax over the candidates of each claim, five folds over claims that share no abstract. Candidates and features are
the product's own, from a desk that `benchmarks/evidence.py` makes. The floor below which nothing bears on a claim is
learned as `evidence_floor.py` says. Writes what ships and `results/evidence-train.json`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench_data import RESULTS, ROOT, answers, read_rows
from evidence import library, ndcg
from evidence_floor import floor_figures, floor_of_bearing
from factdesk.config import load_desk
from factdesk.encode.base import Encoder
from factdesk.match.bearing import NAMES, Bearing, features, shipped_bearing
from factdesk.queries.desk import Desk
from factdesk.queries.evidence import EvidenceFinder
from factdesk.queries.evidence_candidates import Shelf, candidates
from factdesk.queries.evidence_ranking import claim_of
from factdesk.queries.prepare import prepare
from factdesk.search.base import OPEN

DATA = ROOT / "src" / "factdesk" / "match" / "data" / "evidence.json"
SEEDS = ROOT / "benchmarks" / "data"
CORPUS = "scifact-en"
FOLDS = 5
SEED = 20261124
HOLD = 1e-2
"""How strongly weights are held to 0."""
STEPS, RATE = 400, 0.05
LEAST = 0.5
"""Least spread that is believed, as a share of the usual one; of numbers and names, which most claims have none of,
`SPARSE`."""
SPARSE = {"numbers": 0.1, "names": 0.1}

Floats = NDArray[np.float32]


@dataclass(slots=True)
class Asked:
    """One claim: its candidates by their rows' ids, their features, which are right, and its fold."""

    own_ids: list[str]
    rows: Floats
    right: NDArray[np.bool_]
    answers: set[str]
    fold: int


def main() -> None:
    """Learn, measure on held-out folds, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, help="where the desks are kept; they are used again")
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp(prefix="factdesk-evidence-"))
    with Desk.open(load_desk(str(library(work, CORPUS)), {}), writable=False) as desk:
        old = shipped_bearing()
        # Features are computed with the new mean of claims: what ships is replaced for as long as this runs.
        bearing = Bearing(desk.encoder.name, old.weights, old.floor, usual_claim(desk.encoder), old.bears)
        _use(bearing)
        data = asked(desk)
        spread = spread_of(data)
        weights = learn(data, spread)
        bearing = Bearing(desk.encoder.name, weights, spread, bearing.claims, old.bears)
        _use(bearing)
        right = [(item.rows, item.right) for item in data]
        floor, examples = floor_of_bearing(desk, bearing, right)
    write(Bearing(bearing.encoder, weights, spread, bearing.claims, floor))
    results: dict[str, Any] = {"held out": held_out(data, spread), "floor": floor_figures(floor, examples)}
    results["weights"] = dict(zip(NAMES, np.round(weights, 3).tolist(), strict=True))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "evidence-train.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=2))


def usual_claim(encoder: Encoder) -> Floats:
    """What claims have in common: the mean over three kinds of them, scientific ones and our own in two languages."""
    kinds = [[row["text"] for row in read_rows("evidence", CORPUS, "queries.train.jsonl.gz")]]
    lines = (SEEDS / "claim-kinds-seed.jsonl").read_text(encoding="utf-8").splitlines()
    seeds = [row for row in map(json.loads, lines) if row["kind"] == "checkable"]
    kinds += [[row["text"] for row in seeds if row["language"] == code] for code in ("en", "vi")]
    means = [encoder.encode(texts).mean(axis=0) for texts in kinds]
    return np.asarray(np.mean(means, axis=0), np.float32)


def asked(desk: Desk) -> list[Asked]:
    """Every claim of the train split that has an answer, with its candidates as the product finds them."""
    right = answers("evidence", CORPUS, "qrels.train.jsonl.gz")
    rows = [row for row in read_rows("evidence", CORPUS, "queries.train.jsonl.gz") if row["id"] in right]
    folds = folds_of([right[row["id"]] for row in rows])
    finder = EvidenceFinder(desk)
    index, shelf = finder.index(), Shelf()
    found = []
    for row, fold in zip(rows, folds, strict=True):
        prepared = prepare(row["text"])
        vectors = desk.encoder.encode(prepared.texts)
        known = candidates(desk, index, shelf.at(index), prepared, vectors, OPEN).known
        claim = claim_of(prepared, vectors, desk.encoder.name)
        own_ids = [each.stored.capture.own_id for each in known]
        matrix = features(claim, [each.parts for each in known], shelf.rarity)
        is_right = np.array([own in right[row["id"]] for own in own_ids])
        found.append(Asked(own_ids, matrix, is_right, right[row["id"]], fold))
    finder.close()
    return found


def folds_of(right: Sequence[set[str]]) -> list[int]:
    """A fold for every claim; claims that share an abstract, directly or through others, are in one fold."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for own_ids in right:
        first, *others = sorted(own_ids)
        for other in others:
            parent[root(other)] = root(first)
    random = np.random.default_rng(SEED)
    fold: dict[str, int] = {}
    return [fold.setdefault(root(min(own_ids)), int(random.integers(FOLDS))) for own_ids in right]


def spread_of(data: Sequence[Asked]) -> Floats:
    """The least spread of each feature that is believed."""
    usual = np.median([item.rows.std(axis=0) for item in data], axis=0)
    return np.array([SPARSE.get(name, LEAST * usual[at]) for at, name in enumerate(NAMES)], np.float32)


def learn(data: Sequence[Asked], spread: Floats) -> Floats:
    """Weights under which the right candidates of a claim have most of the softmax over all of them (ListNet, Adam)."""
    chosen = [item for item in data if item.right.any()]
    rows = np.concatenate([scaled(item.rows, spread) for item in chosen])
    target = np.concatenate([item.right / item.right.sum() for item in chosen])
    counts = np.array([len(item.rows) for item in chosen])
    starts = np.cumsum(counts) - counts
    weights = np.zeros(len(NAMES))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = rows @ weights
        chances = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), counts))
        chances /= np.repeat(np.add.reduceat(chances, starts), counts)
        gradient = HOLD * weights + rows.T @ (chances - target) / len(chosen)
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        weights = weights - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return np.asarray(weights, np.float32)


def scaled(rows: Floats, spread: Floats) -> Floats:
    """Features as `Bearing.margins` weighs them."""
    return np.asarray((rows - rows.mean(axis=0)) / np.maximum(rows.std(axis=0), spread), np.float32)


def held_out(data: Sequence[Asked], spread: Floats) -> dict[str, Any]:
    """nDCG@10 of each fold by weights that were learned on the others."""
    values: list[float] = []
    for fold in range(FOLDS):
        weights = learn([item for item in data if item.fold != fold], spread)
        for item in data:
            if item.fold == fold:
                order = np.argsort(-(scaled(item.rows, spread) @ weights), kind="stable")
                ranked = list(dict.fromkeys(item.own_ids[at] for at in order))
                values.append(ndcg(ranked, item.answers))
    reach = [len(item.answers.intersection(item.own_ids)) / len(item.answers) for item in data]
    return {
        "claims": len(values),
        "nDCG@10": round(float(np.mean(values)), 4),
        "answers among candidates": round(float(np.mean(reach)), 4),
    }


def write(bearing: Bearing) -> None:
    """Write what ships."""
    numbers = {"weights": bearing.weights, "floor": bearing.floor, "claims": bearing.claims}
    data: dict[str, Any] = {
        "encoder": bearing.encoder,
        "features": list(NAMES),
        **{name: _rounded(n) for name, n in numbers.items()},
    }
    data["bears"] = {"own": _rounded(bearing.bears.own), "foreign": _rounded(bearing.bears.foreign)}
    DATA.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), 4) for value in values]


def _use(bearing: Bearing) -> None:
    import factdesk.queries.evidence_candidates
    import factdesk.queries.evidence_ranking

    for place in (factdesk.queries.evidence_candidates, factdesk.queries.evidence_ranking):
        place.shipped_bearing = lambda: bearing  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()

"""Learn below what nothing bears on a claim; for `train_evidence.py`.

What bears: the answers of scifact-en's train split, and evidence of `data/stance-seed.jsonl` that supports or refutes
its claim, in two languages. What does not: the best that the sentences on other topics, and all of scifact, have on a
claim of the seed. The best of scifact that is no answer to a claim of its own is on the same matter more often than
not, and a person may well want to see it: it is measured, and not learned from.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench_data import ROOT
from factdesk.actions.desks import create_desk
from factdesk.actions.texts import capture_texts
from factdesk.match.bearing import NAMES, Bearing, Floor, features
from factdesk.queries.desk import Desk
from factdesk.queries.evidence import EvidenceFinder
from factdesk.queries.evidence_candidates import Shelf, candidates
from factdesk.queries.evidence_ranking import claim_of, in_other_language
from factdesk.queries.prepare import prepare
from factdesk.search.base import OPEN

SEED = ROOT / "benchmarks" / "data" / "stance-seed.jsonl"
ON_TOPIC = "scifact, no answer"
OWN_WORDS = ("meaning", "near", "covered", "sentence")
NO_WORDS = ("meaning", "near")
STEPS, HOLD = 2_000, 1e-4

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """A passage's features, whether it bears on its claim, whether it is in another language, where it is from."""

    row: Floats
    bears: bool
    foreign: bool
    source: str


def floor_of_bearing(
    desk: Desk, bearing: Bearing, asked: Sequence[tuple[Floats, NDArray[np.bool_]]]
) -> tuple[Floor, list[Example]]:
    """The floor, and what it was learned on. `asked` holds candidates' features, and which are answers."""
    examples: list[Example] = []
    for rows, right in asked:
        margins = bearing.margins(rows)
        examples += [Example(row, True, False, "scifact") for row in rows[right]]
        if not right.all():
            examples.append(Example(rows[~right][margins[~right].argmax()], False, False, ON_TOPIC))
    examples += _seed(desk, bearing)
    return Floor(_learned(examples, OWN_WORDS, False), _learned(examples, NO_WORDS, True)), examples


def floor_figures(floor: Floor, examples: Sequence[Example]) -> dict[str, Any]:
    """By where they are from: the share of those that bear, and of those that do not, which reach the floor."""
    found: dict[str, Any] = {}
    for source in dict.fromkeys(each.source for each in examples):
        for foreign in (False, True):
            for bears in (True, False):
                rows = np.array([e.row for e in examples if (e.source, e.foreign, e.bears) == (source, foreign, bears)])
                if len(rows):
                    name = f"{source}, {'another' if foreign else 'same'} language, {'bears' if bears else 'does not'}"
                    share = floor.reached(rows, np.full(len(rows), foreign)).mean()
                    found[name] = {"passages": len(rows), "reach the floor": round(float(share), 3)}
    return found


def _seed(desk: Desk, bearing: Bearing) -> Iterator[Example]:
    rows = [json.loads(line) for line in SEED.read_text(encoding="utf-8").splitlines()]
    claims = {row["claim"]: row for row in rows if row["label"] != "NEI"}
    evidence = {row["evidence"]: row["topic"] for row in rows}
    with tempfile.TemporaryDirectory() as folder, Desk.open(create_desk(Path(folder) / "desk")) as small:
        path = Path(folder) / "seed.jsonl"
        path.write_text("".join(json.dumps({"id": topic, "text": text}) + "\n" for text, topic in evidence.items()))
        capture_texts(small, str(path))
        for text, row in claims.items():
            yield from _of_claim(small, bearing, text, row["topic"], "seed")
    for text in claims:
        yield from _of_claim(desk, bearing, text, "", "seed in scifact")


def _of_claim(desk: Desk, bearing: Bearing, text: str, topic: str, source: str) -> Iterator[Example]:
    """What a library has on a claim: its topic's passage, and the best of the others in either language."""
    finder = EvidenceFinder(desk)
    index = finder.index()
    shelf = Shelf().at(index)
    prepared = prepare(text)
    vectors = desk.encoder.encode(prepared.texts)
    known = candidates(desk, index, shelf, prepared, vectors, OPEN).known
    claim = claim_of(prepared, vectors, desk.encoder.name)
    rows = features(claim, [each.parts for each in known], shelf.rarity)
    foreign = np.array([in_other_language(prepared, each) for each in known], bool)
    margins = bearing.margins(rows, foreign)
    right = np.array([each.stored.capture.own_id == topic for each in known], bool)
    for at in np.flatnonzero(right):
        yield Example(rows[at], True, bool(foreign[at]), source)
    for other in (False, True):
        wrong = np.flatnonzero(~right & (foreign == other))
        if len(wrong):
            yield Example(rows[wrong[margins[wrong].argmax()]], False, other, source)
    finder.close()


def _learned(examples: Sequence[Example], names: Sequence[str], foreign: bool) -> Floats:
    """Weights of the named features and a constant, by logistic regression in which both kinds, and within a kind all
    sources, count the same."""
    chosen = [each for each in examples if each.foreign == foreign and each.source != ON_TOPIC]
    columns = [NAMES.index(name) for name in names]
    rows = np.array([each.row[columns] for each in chosen], np.float64)
    target = np.array([each.bears for each in chosen], float)
    groups = [(each.bears, each.source) for each in chosen]
    count = np.array([groups.count(group) for group in groups])
    kinds = {kind: len({group for group in groups if group[0] == kind}) for kind in (False, True)}
    share = 1 / (2 * count * np.array([kinds[kind] for kind, _ in groups]))
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    inputs = np.column_stack([(rows - mean) / spread, np.ones(len(rows))])
    weights = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-inputs @ weights))
        weights -= inputs.T @ (share * (chances - target)) + HOLD * weights
    found = np.zeros(len(NAMES) + 1, np.float32)
    found[columns] = weights[:-1] / spread
    found[-1] = weights[-1] - float((weights[:-1] * mean / spread).sum())
    return found

"""Features of every message with its candidates, and the table learned on them: order first, then probability.

Trees that order candidates within a message (LambdaRank, LightGBM) are followed by trees that tell across messages
whether a candidate is the same claim, learned on every message twice: as it is, and with its answer taken out of the
corpus, so that the table learns to abstain. Both add up to one margin, calibrated on what was held out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from factdesk.match.features import NAMES, features
from factdesk.match.projection import Projection
from factdesk.match.twins import settled
from factdesk.match.words import Words
from factdesk.queries.ranking import query_of
from match_world import Corpus, Message, by_meaning

Floats = NDArray[np.float32]
SAYS_THE_SAME = 0.75
"""Compared cosine from which two claims of a corpus are taken for one: read by eye, mostly so from 0.7 on."""
ORDER: dict[str, Any] = {"n_estimators": 150, "num_leaves": 6, "learning_rate": 0.08}
TELL: dict[str, Any] = {"n_estimators": 60, "num_leaves": 6, "learning_rate": 0.08}
COMMON: dict[str, Any] = {
    "min_child_samples": 40,
    "reg_lambda": 5.0,
    "colsample_bytree": 0.6,
    "subsample": 0.8,
    "subsample_freq": 1,
    "random_state": 7,
    "n_jobs": 2,
    "verbose": -1,
    "deterministic": True,
}


@dataclass(slots=True)
class Judged:
    """One message's candidates: which claims, their features, whether each is right.

    `alike` marks those that say what the right one says and are not labelled so: near-duplicates in the corpus, from
    which nothing is learned. `answerless` has the features with neither the right ones nor these among the candidates.
    """

    message: Message
    corpus: str
    numbers: NDArray[np.int64]
    rows: Floats
    right: NDArray[np.bool_]
    alike: NDArray[np.bool_]
    claims: list[Words]
    answerless: Floats

    def settled(self, margins: Floats) -> Floats:
        """Margins with twins in the order the product puts them."""
        return settled(margins, self.claims, self.numbers.tolist())


def judged(corpus: Corpus, projections: dict[int, Projection], *, abstain: bool = True) -> list[Judged]:
    """Every message of a corpus against its candidates, under the projection that did not learn on it."""
    found: list[Judged] = []
    for fold in sorted({message.fold for message in corpus.messages}):
        projection = projections[fold]
        claims, titles = projection(corpus.claims), projection(corpus.titles)
        for message in corpus.messages:
            if message.fold == fold:
                found.append(_one(corpus, message, projection(message.vectors), claims, titles, abstain))
    return found


def _one(corpus: Corpus, message: Message, vectors: Floats, claims: Floats, titles: Floats, abstain: bool) -> Judged:
    numbers = np.array(list(dict.fromkeys((*message.by_words, *by_meaning(vectors, claims, titles)))))
    right = np.array([number in message.right for number in numbers.tolist()])
    query = query_of(message.prepared, vectors)
    parts = [corpus.candidate(number, claims, titles) for number in numbers.tolist()]
    rows = features(query, parts, corpus.rarity)
    near = (claims[numbers] @ claims[sorted(message.right)].T).max(axis=1) >= SAYS_THE_SAME
    alike = near & ~right
    rest = [part for part, is_near in zip(parts, (near | right).tolist(), strict=True) if not is_near]
    without = features(query, rest, corpus.rarity) if abstain and rest else rows[:0]
    return Judged(message, corpus.name, numbers, rows, right, alike, [part.claim for part in parts], without)


def learn_order(data: Sequence[Judged], columns: Sequence[int]) -> lightgbm.LGBMRanker:
    """Trees that put the right claim first."""
    useful = [item for item in data if item.right.any()]
    rows = np.concatenate([item.rows[~item.alike][:, columns] for item in useful])
    right = np.concatenate([item.right[~item.alike] for item in useful]).astype(int)
    model = lightgbm.LGBMRanker(lambdarank_truncation_level=10, **ORDER, **COMMON)
    return model.fit(rows, right, group=[int((~item.alike).sum()) for item in useful])


def learn_telling(
    data: Sequence[Judged], margins: Sequence[Floats], without: Sequence[Floats], columns: Sequence[int]
) -> lightgbm.LGBMClassifier:
    """Trees that, on top of margins from held-out folds, tell across messages whether a claim is the same."""
    rows = np.concatenate([part[:, columns] for item in data for part in (item.rows[~item.alike], item.answerless)])
    right = np.concatenate(
        [part for item in data for part in (item.right[~item.alike], np.zeros(len(item.answerless), bool))]
    )
    kept = [margin[~item.alike] for item, margin in zip(data, margins, strict=True)]
    start = np.concatenate([part for pair in zip(kept, without, strict=True) for part in pair])
    model = lightgbm.LGBMClassifier(**TELL, **COMMON)
    return model.fit(rows, right.astype(int), init_score=start)


def trees_of(model: Any) -> list[list[Any]]:
    """A LightGBM model's trees as the product's table writes them."""
    return [_flat(tree["tree_structure"]) for tree in model.booster_.dump_model()["tree_info"]]


def _flat(root: dict[str, Any]) -> list[Any]:
    nodes: list[Any] = []

    def add(node: dict[str, Any]) -> int:
        place = len(nodes)
        nodes.append(None)
        if "leaf_value" in node:
            nodes[place] = round(float(node["leaf_value"]), 5)
        else:
            left, right = add(node["left_child"]), add(node["right_child"])
            nodes[place] = [int(node["split_feature"]), round(float(node["threshold"]), 5), left, right]
        return place

    add(root)
    return nodes


def table_data(trees: list[list[Any]], columns: Sequence[int], points: list[list[float]]) -> dict[str, Any]:
    """The table as plain data, for `factdesk.match.table.table_from`, with every feature named."""
    named = [[[columns[node[0]], *node[1:]] if isinstance(node, list) else node for node in tree] for tree in trees]
    return {"features": list(NAMES), "trees": named, "calibration": points}


def calibrate(margins: Floats, right: NDArray[np.bool_]) -> list[list[float]]:
    """Points of margin and probability, rising, from held-out margins: isotonic regression, thinned."""
    model = IsotonicRegression(out_of_bounds="clip", y_min=0.0005, y_max=0.995).fit(margins, right)
    found = sorted(zip(model.X_thresholds_.tolist(), model.y_thresholds_.tolist(), strict=True))
    points: list[list[float]] = []
    for margin, chance in found:
        # Flat steps would tie candidates that the margin tells apart: a step becomes a slope.
        if not points or (chance - points[-1][1] > 0.01 and margin - points[-1][0] > 0.02):
            points.append([round(margin, 4), round(chance, 4)])
    low, high = float(margins.min()) - 5, float(margins.max()) + 5
    return [[low, 0.0001], *points, [high, 0.999]]

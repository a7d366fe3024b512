"""Learn the claims model: which sentences are worth checking, and what kind each is.

    python benchmarks/train_claims.py [--cache FOLDER] [--out src/factdesk/claims]

Reads CT24 (CLEF-2024 CheckThat! task 1) from `FACTDESK_BENCH` or ../shared/bench, and our own seed of kinds from
benchmarks/data. Learned on the train splits (Spanish has none: on four fifths of its dev split); calibrated and cut on
the dev splits; the dev-test splits are never read. Writes model.npz and model.json. docs/models/claims.md is the card.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.neural_network import MLPClassifier

from factdesk.claims.features import FEATURES, Sentence, folded_words, table
from factdesk.claims.model import CLIP, CUES_BESIDE_WORDS, KINDS, LANGUAGES, WORDS
from factdesk.config import models_dir
from factdesk.encode.e5 import E5Encoder
from factdesk.text.clean import clean
from factdesk.text.fold import fold

HERE = Path(__file__).resolve().parent
CODES = {"english": "en", "spanish": "es", "dutch": "nl", "arabic": "ar"}
NETWORKS = 3
SEED = 20240
Array = NDArray[Any]


@dataclass
class Rows:
    """Texts with what the model sees of them."""

    texts: list[str]
    language: list[str]
    layers: Array
    features: Array
    labels: Array
    weights: Array

    def part(self, keep: Array) -> Rows:
        picked = [int(place) for place in np.flatnonzero(keep)]
        return Rows(
            [self.texts[i] for i in picked], [self.language[i] for i in picked], self.layers[keep],
            self.features[keep], self.labels[keep], self.weights[keep],
        )  # fmt: skip


def join(parts: Sequence[Rows]) -> Rows:
    return Rows(
        [text for part in parts for text in part.texts], [code for part in parts for code in part.language],
        np.concatenate([part.layers for part in parts]), np.concatenate([part.features for part in parts]),
        np.concatenate([part.labels for part in parts]), np.concatenate([part.weights for part in parts]),
    )  # fmt: skip


def bench() -> Path:
    """Where the benchmark data lies."""
    return Path(os.environ.get("FACTDESK_BENCH") or HERE.parent.parent / "shared" / "bench")


def read(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


class Lab:
    """The encoder with a cache of what it has encoded, so that a second run costs minutes less."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        cache.mkdir(parents=True, exist_ok=True)
        self._encoder: E5Encoder | None = None

    def layers(self, texts: Sequence[str]) -> Array:
        digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
        path = self.cache / f"{digest}.npy"
        if not path.exists():
            if self._encoder is None:
                self._encoder = E5Encoder(models_dir())
            np.save(path, self._encoder.encode_layers(texts).astype(np.float16))
        return np.asarray(np.load(path), np.float32)

    def rows(self, texts: Sequence[str], codes: Sequence[str], labels: Sequence[int], weight: float = 1.0) -> Rows:
        cleaned = [clean(text).text or text for text in texts]
        found = [Sentence(text, code) for text, code in zip(cleaned, codes, strict=True)]
        layers = self.layers(cleaned)
        weights = np.full(len(texts), weight)
        return Rows(cleaned, list(codes), layers, table(found), np.array(labels), weights)

    def split(self, name: str, weight: float = 1.0) -> Rows:
        """A split of CT24, `english.train` for one."""
        rows = read(bench() / "checkworthy" / "ct24" / f"{name}.jsonl.gz")
        code = CODES[name.split(".")[0]]
        labels = [int(row["label"] == "Yes") for row in rows]
        return self.rows([row["text"] for row in rows], [code] * len(rows), labels, weight)


def scaler(values: Array) -> tuple[Array, Array]:
    return values.mean(axis=0), 1 / (values.std(axis=0) + 1e-3)


class Learner:
    """Collects the arrays of the model while it is being learned."""

    def __init__(self, train: Rows, seed: Rows) -> None:
        self.arrays: dict[str, Array] = {}
        for name, values in (("layers", train.layers), ("features", np.concatenate([train.features, seed.features]))):
            self.arrays[f"{name}_mean"], self.arrays[f"{name}_scale"] = scaler(values)

    def _scaled(self, values: Array, name: str) -> Array:
        return ((values - self.arrays[f"{name}_mean"]) * self.arrays[f"{name}_scale"]).clip(-CLIP, CLIP)

    def plain(self, rows: Rows) -> Array:
        return self._scaled(rows.features, "features")

    def whole(self, rows: Rows) -> Array:
        tongue = np.array([[float(code == known) for known in LANGUAGES] for code in rows.language])
        return np.concatenate([self._scaled(rows.layers, "layers"), self.plain(rows), tongue], axis=1)

    def keep(self, name: str, weight: Array, bias: Array) -> None:
        self.arrays[f"{name}_weight"], self.arrays[f"{name}_bias"] = weight, bias

    def learn_worth(self, rows: Rows) -> None:
        """The regression and the networks; the networks see a sample in which weights have become copies."""
        x = self.whole(rows)
        line = LogisticRegression(C=0.001, max_iter=200).fit(x, rows.labels, sample_weight=rows.weights)
        self.keep("worth", line.coef_.T, line.intercept_)
        chance = np.random.default_rng(SEED)
        for number in range(NETWORKS):
            picked = chance.choice(len(x), len(x), p=rows.weights / rows.weights.sum())
            net = MLPClassifier(
                (48,), alpha=3.0, learning_rate_init=5e-4, max_iter=4, batch_size=128, random_state=number
            ).fit(x[picked], rows.labels[picked])
            self.keep(f"net{number}_in", net.coefs_[0], net.intercepts_[0])
            self.keep(f"net{number}_out", net.coefs_[1], net.intercepts_[1])

    def learn_kinds(self, rows: Rows) -> None:
        """The layers are many and go together: scaled down for learning, so that the features are heard beside them."""
        x = self.whole(rows)
        scale = np.ones(x.shape[1])
        scale[: rows.layers.shape[1]] = 1 / 6
        head = LogisticRegression(C=0.1, max_iter=1000).fit(x * scale, rows.labels, sample_weight=rows.weights)
        self.keep("kind", head.coef_.T * scale[:, None], head.intercept_)

    def learn_blind(self, kinds: Rows, worthy: Array) -> None:
        """Vietnamese without marks, learned on Vietnamese that lost them."""
        bare = [Sentence(fold(text), "vi") for text in kinds.texts]
        plain = self._scaled(table(bare), "features")
        x = np.concatenate([plain * CUES_BESIDE_WORDS, folded_words(bare) * WORDS], axis=1)
        for name, labels in (("blind_kind", kinds.labels), ("blind_worth", worthy)):
            head = LogisticRegression(C=1.0, max_iter=1000).fit(x, labels, sample_weight=kinds.weights)
            self.keep(name, head.coef_.T, head.intercept_)

    def worth(self, rows: Rows) -> Array:
        """Log-odds before calibration."""
        x = self.whole(rows)
        parts = [sigmoid(x @ self.arrays["worth_weight"] + self.arrays["worth_bias"])[:, 0]]
        for number in range(NETWORKS):
            hidden = np.maximum(x @ self.arrays[f"net{number}_in_weight"] + self.arrays[f"net{number}_in_bias"], 0)
            out = hidden @ self.arrays[f"net{number}_out_weight"] + self.arrays[f"net{number}_out_bias"]
            parts.append(sigmoid(out)[:, 0])
        mean = np.clip(np.mean(parts, axis=0), 1e-6, 1 - 1e-6)
        return np.asarray(np.log(mean / (1 - mean)))


def sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))))


def platt(odds: Array, labels: Array) -> tuple[float, float]:
    line = LogisticRegression(C=1e4).fit(odds[:, None], labels)
    return float(line.coef_[0, 0]), float(line.intercept_[0])


LEAST_THRESHOLD = 0.2


def threshold(chance: Array, labels: Array) -> float:
    """The lowest threshold whose F1 is within two standard errors (bootstrap) of the best, and at least 0.2.

    New debates talk of new things and are given lower probabilities than the dev split: of thresholds that the dev
    split cannot tell apart, the lowest travels best. Under 0.2 four of five that are shown would be shown in vain.
    """
    steps = np.linspace(0.02, 0.8, 157)
    scores = np.array([f1_score(labels, chance >= step) for step in steps])
    best = steps[int(scores.argmax())]
    draws = np.random.default_rng(1).integers(0, len(labels), (200, len(labels)))
    error = np.std([f1_score(labels[draw], chance[draw] >= best) for draw in draws])
    lowest = steps[np.flatnonzero(scores >= scores.max() - 2 * error)[0]]
    return float(round(max(LEAST_THRESHOLD, lowest), 3))


def holes(text: str) -> str:
    """A text that lost its every t, as Dutch posts in one of the files did."""
    return text.replace("t", " ")


def worth_data(lab: Lab) -> tuple[Rows, dict[str, Rows]]:
    """What is learned from, and the rows on which each language is calibrated and cut."""
    spanish = lab.split("spanish.dev")
    fifth = np.arange(len(spanish.labels)) % 5 == 0
    dutch = read(bench() / "checkworthy" / "ct24" / "dutch.train.jsonl.gz")
    torn = lab.rows(
        [holes(row["text"]) for row in dutch], ["nl"] * len(dutch), [int(row["label"] == "Yes") for row in dutch], 0.5
    )
    spanish_train = spanish.part(~fifth)
    parts = [lab.split("english.train"), spanish_train, lab.split("dutch.train"), torn, lab.split("arabic.train")]
    tuning = {code: lab.split(f"{name}.dev") for name, code in CODES.items() if code != "es"}
    return join([*parts, seed_rows(lab, "checkworthy", 2.0)]), {**tuning, "es": spanish.part(fifth)}


def seed_rows(lab: Lab, label: str, weight: float) -> Rows:
    """Our own sentences, without those that happen to be among the held-out ones too."""
    held = {row["text"] for name in ("claims-vi", "claims-en") for row in read(HERE / "data" / f"{name}.jsonl")}
    ours = [row for row in read(HERE / "data" / "claim-kinds-seed.jsonl") if row["text"] not in held]
    labels = [KINDS.index(row["kind"]) if label == "kind" else int(row["checkworthy"]) for row in ours]
    return lab.rows([row["text"] for row in ours], [row["language"] for row in ours], labels, weight)


def kind_data(lab: Lab, worth: Rows) -> tuple[Rows, Rows, Array]:
    """Our seed, and sentences whose kind their data gives away; the Vietnamese of it, and whether it is worthy."""
    seed = seed_rows(lab, "kind", 1.0)
    given = [*_given_away(worth), *_vietnamese()]
    silver = lab.rows([row[0] for row in given], [row[1] for row in given], [row[2] for row in given], 0.15)
    every = join([seed, silver])
    worthy = np.concatenate([seed_rows(lab, "checkworthy", 1.0).labels, silver.labels == KINDS.index("checkable")])
    vietnamese = np.array([code == "vi" for code in every.language])
    return every, every.part(vietnamese), worthy[vietnamese].astype(int)


def _given_away(worth: Rows) -> list[tuple[str, str, int]]:
    """English sentences from debates: worth checking is checkable; "I think" and not worth checking is a view."""
    chance = random.Random(SEED)
    found: dict[int, list[tuple[str, str, int]]] = {0: [], 1: []}
    for text, code, label in zip(worth.texts, worth.language, worth.labels, strict=True):
        if code != "en" or not 6 <= len(text.split()) <= 40 or text.endswith("?"):
            continue
        sentence = Sentence(text, code)
        if label:
            found[0].append((text, code, KINDS.index("checkable")))
        elif (sentence.has("view") or sentence.has("ought")) and not sentence.quantities:
            found[1].append((text, code, KINDS.index("opinion")))
    return [row for rows in found.values() for row in chance.sample(rows, 500)]


def _vietnamese() -> list[tuple[str, str, int]]:
    """Claims made from news (ViFactCheck) are checkable; XQuAD's questions ask, also without the mark."""
    claims = read(bench() / "verify" / "vifactcheck-vi" / "claims.jsonl.gz")
    asked = read(bench() / "evidence" / "xquad-vi" / "queries.all.jsonl.gz")
    checkable = [(row["claim"], "vi", KINDS.index("checkable")) for row in claims[:400] if len(row["claim"]) < 250]
    return checkable + [(row["text"].rstrip("?"), "vi", KINDS.index("question")) for row in asked[:120]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=user_cache_path("factdesk") / "bench-claims")
    parser.add_argument("--out", type=Path, default=HERE.parent / "src" / "factdesk" / "claims")
    asked = parser.parse_args()
    lab = Lab(asked.cache)
    train, tuning = worth_data(lab)
    kinds, vietnamese, worthy = kind_data(lab, train)
    learner = Learner(train, kinds)
    learner.learn_worth(train)
    learner.learn_kinds(kinds)
    learner.learn_blind(vietnamese, worthy)
    calibration = {code: platt(learner.worth(rows), rows.labels) for code, rows in tuning.items()}
    # Nothing to calibrate on: as learned, with the threshold of English at even odds.
    calibration["blind"] = (1.0, -1.0)
    thresholds = {}
    for code, rows in tuning.items():
        slope, shift = calibration[code]
        chance = sigmoid(learner.worth(rows) * slope + shift)
        thresholds[code] = threshold(chance, rows.labels)
        print(f"{code}: dev F1 {f1_score(rows.labels, chance >= thresholds[code]):.3f} at {thresholds[code]}")
    write(asked.out, learner, calibration, thresholds, len(train.texts), len(kinds.texts))


def write(
    out: Path,
    learner: Learner,
    calibration: dict[str, tuple[float, float]],
    thresholds: dict[str, float],
    n: int,
    m: int,
) -> None:
    np.savez_compressed(out / "model.npz", **{k: v.astype(np.float16) for k, v in learner.arrays.items()})  # type: ignore[arg-type]
    card = {
        "about": "Made by benchmarks/train_claims.py; the card is docs/models/claims.md.",
        "encoder": E5Encoder.name,
        "kinds": list(KINDS),
        "features": list(FEATURES),
        "networks": NETWORKS,
        "thresholds": thresholds,
        "calibration": calibration,
        "learned_on": {"worth": n, "kinds": m},
        "data": "CLEF-2024 CheckThat! task 1 (CC BY-NC-SA 4.0); ViFactCheck (MIT); XQuAD (CC BY-SA 4.0); our own seed",
    }
    (out / "model.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

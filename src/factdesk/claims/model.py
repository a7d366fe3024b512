"""The claims model: what `benchmarks/train_claims.py` learned, as arrays, and the few lines that apply them.

Two questions are answered for a sentence from the same numbers (four layers of the encoder, and `features.FEATURES`,
each scaled): is it worth checking (a logistic regression and small networks, averaged, then calibrated per language)
and what kind is it (a softmax). Vietnamese without marks breaks the encoder, so there the features and the words
themselves decide.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factdesk.claims.features import FEATURES, Sentence, folded_words, table
from factdesk.domain.claims import Kind
from factdesk.errors import ResourceError

KINDS: tuple[Kind, ...] = ("checkable", "opinion", "prediction", "question", "experience", "other")
LANGUAGES = ("es", "nl", "ar")
"""Languages whose training data was labelled by rules of their own; the others are judged as English is."""
CLIP = 5.0
CUES_BESIDE_WORDS = 0.3
WORDS = 6.0

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Judged:
    """For n sentences: the calibrated probability of being worth checking [n], and of each kind [n, 6]."""

    worth: Floats
    kinds: Floats


class ClaimModel:
    """The arrays of a model and its card."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], card: Mapping[str, Any]) -> None:
        self._arrays = {name: np.asarray(value, np.float32) for name, value in arrays.items()}
        self.card = card
        self.encoder: str = card["encoder"]
        if list(card["features"]) != list(FEATURES):
            raise ResourceError(
                "The claims model does not fit this version of factdesk.",
                remedy="Install factdesk again.",
            )

    def threshold(self, language: str) -> float:
        """The probability from which a sentence of this language is worth checking."""
        thresholds: Mapping[str, float] = self.card["thresholds"]
        return thresholds.get(language, thresholds["en"])

    def judge(self, layers: Floats, sentences: Sequence[Sentence], unmarked: Sequence[bool]) -> Judged:
        """Judge sentences by their encoder layers, float32[n, 1536]; `unmarked` ones without them."""
        blind, languages = np.array(unmarked, bool), [sentence.language for sentence in sentences]
        plain = self._scaled(table(sentences), "features")
        whole = np.concatenate([self._scaled(layers, "layers"), plain, _one_hot(languages)], axis=1)
        worth, kinds = self._worth(whole), self._linear(whole, "kind")
        if blind.any():
            # Words weigh more than cues here: they are what is left.
            words = folded_words([one for one, dark in zip(sentences, blind, strict=True) if dark])
            left = np.concatenate([plain[blind] * CUES_BESIDE_WORDS, words * WORDS], axis=1)
            worth[blind], kinds[blind] = self._linear(left, "blind_worth")[:, 0], self._linear(left, "blind_kind")
        return Judged(self._calibrated(worth, languages, blind), _softmax(kinds))

    def _scaled(self, values: Floats, name: str) -> Floats:
        scaled = (values - self._arrays[f"{name}_mean"]) * self._arrays[f"{name}_scale"]
        return np.asarray(np.clip(scaled, -CLIP, CLIP), np.float32)

    def _linear(self, x: Floats, name: str) -> Floats:
        return np.asarray(x @ self._arrays[f"{name}_weight"] + self._arrays[f"{name}_bias"], np.float32)

    def _worth(self, x: Floats) -> Floats:
        """The log-odds of the mean of the regression and the networks."""
        parts = [_sigmoid(self._linear(x, "worth")[:, 0])]
        for number in range(int(self.card["networks"])):
            hidden = np.maximum(self._linear(x, f"net{number}_in"), 0)
            parts.append(_sigmoid(self._linear(hidden, f"net{number}_out")[:, 0]))
        mean = np.clip(np.mean(parts, axis=0), 1e-6, 1 - 1e-6)
        return np.asarray(np.log(mean / (1 - mean)), np.float32)

    def _calibrated(self, odds: Floats, languages: Sequence[str], blind: NDArray[np.bool_]) -> Floats:
        """Platt scaling, one line per language."""
        table: Mapping[str, Sequence[float]] = self.card["calibration"]
        lines = [
            table["blind"] if dark else table.get(code, table["en"])
            for code, dark in zip(languages, blind, strict=True)
        ]
        line = np.array(lines, np.float32).reshape(-1, 2)
        return _sigmoid(odds * line[:, 0] + line[:, 1])


def _one_hot(languages: Sequence[str]) -> Floats:
    return np.array([[float(code == known) for known in LANGUAGES] for code in languages], np.float32).reshape(
        len(languages), len(LANGUAGES)
    )


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float32)


def _softmax(x: Floats) -> Floats:
    powers = np.exp(x - x.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


@cache
def shipped() -> ClaimModel:
    """The model that comes with factdesk."""
    room = files("factdesk.claims")
    with np.load(BytesIO(room.joinpath("model.npz").read_bytes()), allow_pickle=False) as arrays:
        return ClaimModel(dict(arrays), json.loads(room.joinpath("model.json").read_text(encoding="utf-8")))

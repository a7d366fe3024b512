from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import factdesk
from factdesk.claims.features import FEATURES, Sentence
from factdesk.claims.model import KINDS, ClaimModel, shipped
from factdesk.encode.e5 import E5Encoder
from factdesk.errors import ResourceError


def test_what_ships_is_small_and_says_what_it_was_learned_on() -> None:
    room = Path(factdesk.__file__).parent / "claims"
    assert (room / "model.npz").stat().st_size + (room / "model.json").stat().st_size < 1_000_000
    assert "CC BY-NC-SA" in shipped().card["data"]
    assert shipped().encoder == E5Encoder.name


def test_judging_gives_probabilities() -> None:
    layers = np.random.default_rng(0).normal(size=(3, 1536)).astype(np.float32)
    sentences = [Sentence("It rose 5 percent.", "en"), Sentence("gia gao se tang", "vi"), Sentence("Es así", "es")]
    judged = shipped().judge(layers, sentences, [False, True, False])
    assert judged.worth.shape == (3,)
    assert judged.kinds.shape == (3, len(KINDS))
    assert ((judged.worth > 0) & (judged.worth < 1)).all()
    np.testing.assert_allclose(judged.kinds.sum(axis=1), 1, atol=1e-5)


def test_unmarked_sentences_are_judged_without_the_encoder() -> None:
    first, second = (np.random.default_rng(seed).normal(size=(1, 1536)).astype(np.float32) for seed in (1, 2))
    sentence = [Sentence("uong nuoc chanh nong chua duoc ung thu", "vi")]
    one, two = (shipped().judge(layers, sentence, [True]) for layers in (first, second))
    np.testing.assert_array_equal(one.kinds, two.kinds)
    np.testing.assert_array_equal(one.worth, two.worth)


def test_no_sentences_give_nothing() -> None:
    judged = shipped().judge(np.zeros((0, 1536), np.float32), [], [])
    assert judged.worth.shape == (0,)


def test_a_language_that_taught_nothing_is_cut_as_english_is() -> None:
    assert shipped().threshold("vi") == shipped().threshold("") == shipped().threshold("en")


def test_a_model_of_other_features_is_refused() -> None:
    card = {"encoder": "x", "features": [*FEATURES, "more"]}
    with pytest.raises(ResourceError, match="does not fit"):
        ClaimModel({}, card)

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from factdesk.encode.base import Vectors
from factdesk.match.bearing import (
    BY_VECTORS,
    DESCRIPTIONS,
    NAMES,
    Bare,
    Bearing,
    Claim,
    Floor,
    Matrix,
    Passage,
    features,
    nearest_sentence,
    shipped_bearing,
    taken_apart,
)
from factdesk.match.words import words_of

NONE = np.zeros((0, 2), np.float32)
EAST, NORTH = np.array([[1.0, 0.0]], np.float32), np.array([[0.0, 1.0]], np.float32)
ALL = Floor(np.zeros(1, np.float32), np.zeros(1, np.float32))
RARITY = {"coffe": 3.0, "harm": 2.0, "brew": 2.0, "tea": 3.0, "5000": 4.0, "the": 0.1}


def claim(text: str, vectors: Vectors = NONE) -> Claim:
    return Claim(words_of(text), vectors, vectors)


def passage(
    *sentences: str, over: str = "", vector: Vectors = NONE, title: Vectors = NONE, pieces: Vectors = NONE
) -> Passage:
    return taken_apart(sentences, over, vector, title, Bare(vector, title, pieces))


def value(name: str, asked: Claim, given_passage: Passage) -> float:
    return float(features(asked, [given_passage], RARITY)[0, NAMES.index(name)])


def test_every_feature_is_described() -> None:
    assert all(text.endswith(".") and len(text) > 20 for text in DESCRIPTIONS.values())


def test_meaning_is_the_best_cosine_over_the_rows_of_the_claim() -> None:
    both = np.concatenate([EAST, NORTH])
    assert value("meaning", claim("coffee", both), passage("x", vector=NORTH)) == 1.0
    assert value("meaning", claim("coffee", EAST), passage("x", vector=NORTH)) == 0.0
    assert value("meaning", claim("coffee"), passage("x", vector=NORTH)) == 0.0


def test_a_source_without_title_is_compared_by_its_passage() -> None:
    assert value("title", claim("coffee", EAST), passage("x", vector=EAST, title=NORTH)) == 0.0
    assert value("title", claim("coffee", EAST), passage("x", vector=EAST)) == 1.0


def test_the_nearest_of_the_pieces_counts_and_the_whole_where_there_are_none() -> None:
    both = np.concatenate([NORTH, EAST])
    assert value("near", claim("coffee", EAST), passage("x", vector=NORTH, pieces=both)) == 1.0
    assert value("near", claim("coffee", EAST), passage("x", vector=NORTH, pieces=NORTH)) == 0.0
    assert value("near", claim("coffee", EAST), passage("x", vector=EAST)) == 1.0


def test_a_floor_asks_other_things_of_another_language() -> None:
    own, foreign = np.zeros(len(NAMES) + 1, np.float32), np.zeros(len(NAMES) + 1, np.float32)
    own[NAMES.index("covered")], own[-1], foreign[NAMES.index("near")], foreign[-1] = 1, -0.5, 1, -0.9
    rows = features(claim("coffee", EAST), [passage("Coffee."), passage("Tee.", vector=EAST)], RARITY)
    floor = Floor(own, foreign)
    assert floor.reached(rows, np.array([False, False])).tolist() == [True, False]
    assert floor.reached(rows, np.array([True, True])).tolist() == [False, True]


def test_what_stands_over_a_passage_counts_for_its_words() -> None:
    asked = claim("brewed coffee")
    assert value("covered", asked, passage("It is brewed.")) == pytest.approx(0.4)
    assert value("covered", asked, passage("It is brewed.", over="Coffee")) == 1.0
    assert value("over", asked, passage("It is brewed.", over="Coffee")) == pytest.approx(0.6)


def test_one_sentence_with_all_the_words_is_told_from_two_that_share_them() -> None:
    asked = claim("coffee harms")
    apart, together = passage("Coffee.", "It harms."), passage("Coffee harms.", "So.")
    assert value("sentence", asked, together) == 1.0 > value("sentence", asked, apart)
    assert value("pairs", asked, together) == 1.0 > value("pairs", asked, apart)


def test_a_long_passage_needs_more_for_the_same_words() -> None:
    asked = claim("coffee")
    assert value("words", asked, passage("coffee")) > value("words", asked, passage("coffee " + "word " * 400)) > 0


def test_numbers_and_names_are_found_or_not() -> None:
    asked = claim("In 5,000 cups Balzac drowned")
    assert value("numbers", asked, passage("5000 cups")) == 1.0
    assert value("numbers", asked, passage("500 cups")) == 0.0
    assert value("numbers", claim("coffee"), passage("500 cups")) == 0.0


def test_the_sentence_that_matters_is_the_one_with_most_of_the_words() -> None:
    assert nearest_sentence(claim("coffee harms"), passage("Tea.", "Coffee harms.", "Coffee."), RARITY) == (1, 1.0)
    assert nearest_sentence(claim("coffee harms"), passage(), RARITY) == (0, 0.0)


def test_no_candidates_give_no_rows() -> None:
    assert features(claim("coffee"), [], RARITY).shape == (0, len(NAMES))
    assert len(shipped_bearing().margins(features(claim("coffee"), [], RARITY))) == 0


@given(arrays(np.float32, (5, 2), elements=st.floats(0, 1, width=32)), st.floats(0.1, 10), st.floats(-1, 1))
def test_only_how_candidates_differ_counts(rows: Matrix, scale: float, shift: float) -> None:
    bearing = Bearing("e", np.array([1.0, 0.5], np.float32), np.zeros(2, np.float32) + 1e-3, EAST[0], ALL)
    moved = np.asarray(rows + shift, np.float32)
    np.testing.assert_allclose(bearing.margins(rows), bearing.margins(moved), atol=0.05)


def test_a_spread_that_is_too_small_to_believe_does_not_decide() -> None:
    rows = np.array([[0.50, 0.01], [0.20, 0.00], [0.21, 0.00]], np.float32)
    weights, floor = np.array([0.2, 1.0], np.float32), np.array([0.01, 0.1], np.float32)
    flipped = np.array([[0.2, 0.01], [0.5, 0.0], [0.21, 0.0]], np.float32)
    assert int(Bearing("e", weights, floor, EAST[0], ALL).margins(rows).argmax()) == 0
    assert int(Bearing("e", weights, floor, EAST[0], ALL).margins(flipped).argmax()) == 1


def test_vectors_of_another_encoder_stay_as_they_are() -> None:
    assert shipped_bearing().claim_vectors(EAST, "another").tolist() == EAST.tolist()
    assert shipped_bearing().passage_vectors(EAST, "another", NORTH[0], 9).tolist() == EAST.tolist()


def test_what_all_passages_have_in_common_is_taken_off() -> None:
    bearing = Bearing("e", EAST[0], EAST[0], np.zeros(2, np.float32), ALL)
    found = bearing.passage_vectors(np.array([[0.8, 0.6]], np.float32), "e", np.array([0.8, 0.0], np.float32), 10**9)
    np.testing.assert_allclose(found, NORTH, atol=1e-5)


def test_words_that_another_language_does_not_share_are_not_held_against_it() -> None:
    weights, floor = np.ones(len(NAMES), np.float32), np.full(len(NAMES), 0.1, np.float32)
    bearing = Bearing("e", weights, floor, EAST[0], ALL)
    rows = np.zeros((3, len(NAMES)), np.float32)
    rows[:2, len(BY_VECTORS) :] = 0.3
    rows[:, 0] = (0.1, 0.2, 0.5)
    foreign = np.array([False, False, True])
    assert int(bearing.margins(rows).argmax()) == 1
    assert int(bearing.margins(rows, foreign).argmax()) == 2
    assert bearing.margins(rows, ~foreign & False).tolist() == bearing.margins(rows).tolist()

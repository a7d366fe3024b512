from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from factdesk.encode.e5 import NAME
from factdesk.match.model import load_matcher
from factdesk.match.projection import Projection, shipped_projection


def test_the_mean_goes_first_then_the_turn_then_the_length() -> None:
    projection = Projection("p", np.array([1, 0], np.float32), np.array([[0, 2], [1, 0]], np.float32))
    np.testing.assert_allclose(projection(np.array([[2, 0], [1, 1]], np.float32)), [[0, 1], [1, 0]], atol=1e-6)


def test_nothing_stays_nothing() -> None:
    projection = Projection("p", np.zeros(2, np.float32), np.eye(2, dtype=np.float32))
    assert projection(np.zeros((1, 2), np.float32)).tolist() == [[0, 0]]
    assert projection(np.zeros((0, 2), np.float32)).shape == (0, 2)


@given(st.integers(0, 1000))
def test_shipped_rows_are_of_unit_length(seed: int) -> None:
    projection = shipped_projection(NAME)
    assert projection is not None
    rows = np.random.default_rng(seed).normal(size=(3, 384)).astype(np.float32)
    np.testing.assert_allclose(np.linalg.norm(projection(rows), axis=1), 1, atol=1e-4)


def test_another_encoder_is_compared_as_it_is() -> None:
    matcher = load_matcher("some-other-encoder")
    rows = np.ones((1, 3), np.float32)
    assert matcher.project(rows) is rows
    assert matcher.vectors_name == "some-other-encoder"


def test_the_name_of_the_vectors_tells_the_projection() -> None:
    assert load_matcher(NAME).vectors_name == f"{NAME}+p1"

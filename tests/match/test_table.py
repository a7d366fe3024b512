from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.match.features import NAMES
from factdesk.match.model import shipped_table
from factdesk.match.table import table_from

# if a <= 1 then 10 else (if b <= 5 then 20 else 30), plus 1 whatever the features.
DATA: dict[str, Any] = {
    "features": ["a", "b"],
    "trees": [[[0, 1.0, 1, 2], 10.0, [1, 5.0, 3, 4], 20.0, 30.0], [1.0]],
    "calibration": [[11.0, 0.0], [31.0, 1.0]],
    "same": 0.8,
}


@pytest.mark.parametrize(("row", "margin"), [((1, 9), 11), ((2, 5), 21), ((2, 6), 31)])
def test_a_row_goes_to_its_leaf_in_every_tree(row: tuple[int, int], margin: float) -> None:
    assert table_from(DATA, ["a", "b"]).margin(np.array([row], np.float32)).tolist() == [margin]


def test_columns_are_found_by_name() -> None:
    turned = table_from(DATA, ["b", "a"]).margin(np.array([[9, 1]], np.float32))
    assert turned.tolist() == [11]


def test_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match="other features"):
        table_from(DATA, ["a", "c"])


def test_probabilities_lie_between_the_points() -> None:
    table = table_from(DATA, ["a", "b"])
    assert table.probability(np.array([0, 11, 21, 31, 99], np.float32)).tolist() == pytest.approx([0, 0, 0.5, 1, 1])


def test_no_rows_give_no_margins() -> None:
    assert shipped_table().margin(np.zeros((0, len(NAMES)), np.float32)).shape == (0,)


@given(st.lists(st.floats(-30, 30, width=32), min_size=2, max_size=40))
def test_a_greater_margin_is_a_greater_probability(margins: list[float]) -> None:
    line = np.sort(np.array(margins, np.float32))
    assert (np.diff(shipped_table().probability(line)) >= 0).all()


def test_the_shipped_table_is_small_enough_to_read() -> None:
    table = shipped_table()
    assert len(table.roots) <= 300
    assert table.depth <= 8
    assert 0 < table.probabilities.min() < table.probabilities.max() < 1

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from factdesk.match.twins import settled
from factdesk.match.words import words_of


def order(margins: list[float], claims: list[str], numbers: list[int]) -> list[int]:
    order = [(True, number) for number in numbers]
    found = settled(np.array(margins, np.float32), [words_of(claim) for claim in claims], order)
    return [numbers[at] for at in np.argsort(-found, kind="stable")]


def test_the_twin_known_longer_comes_first_at_the_better_place() -> None:
    claims = ["He said “no” to it.", "He said 'no' to it!", "Something else"]
    assert order([3.0, 1.0, 2.0], claims, [9, 4, 7]) == [4, 9, 7]


def test_claims_in_other_words_keep_their_order() -> None:
    assert order([1.0, 2.0], ["one thing", "another thing"], [1, 2]) == [2, 1]


@given(st.lists(st.tuples(st.floats(-9, 9, width=32), st.sampled_from("abc")), min_size=1, max_size=12))
def test_no_margin_gets_better_than_the_best_of_its_twins(rows: list[tuple[float, str]]) -> None:
    margins = np.array([margin for margin, _ in rows], np.float32)
    found = settled(margins, [words_of(claim) for _, claim in rows], [(True, number) for number in range(len(rows))])
    for letter in "abc":
        places = [at for at, (_, claim) in enumerate(rows) if claim == letter]
        if places:
            assert found[places].max() == margins[places].max()


def test_the_desks_own_comes_first() -> None:
    claims = [words_of("Carrots let you see in the dark.") for _ in range(3)]
    found = settled(np.array([0.8, 0.9, 0.7], np.float32), claims, [(True, 1), (True, 2), (False, 3)])
    assert found.argmax() == 2
    assert found[0] > found[1]

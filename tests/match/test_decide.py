from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.match.conflicts import Comparison
from factdesk.match.decide import RELATED, decide

SAME = 0.8
AGREES = Comparison()
NUMBERS = Comparison(message_numbers=("5",), claim_numbers=("2",))
DENIES = Comparison(message_negates=True)


def test_probable_and_without_conflict_is_the_same() -> None:
    assert decide(SAME, AGREES, same=SAME, covered=0.0, cosine=0.0) == "same"


def test_less_probable_is_related_and_improbable_is_none() -> None:
    assert decide((SAME + RELATED) / 2, AGREES, same=SAME, covered=1.0, cosine=1.0) == "related"
    assert decide(RELATED / 2, NUMBERS, same=SAME, covered=1.0, cosine=1.0) == "none"


@pytest.mark.parametrize("comparison", [NUMBERS, DENIES, Comparison(quantifiers_differ=True)])
def test_a_difference_in_one_statement_conflicts(comparison: Comparison) -> None:
    assert decide(0.99, comparison, same=SAME, covered=0.9, cosine=0.1) == "conflicting"
    assert decide(0.99, comparison, same=SAME, covered=0.1, cosine=0.9) == "conflicting"


def test_a_difference_somewhere_else_in_the_message_does_not() -> None:
    assert decide(0.99, DENIES, same=SAME, covered=0.1, cosine=0.1) == "same"


@given(st.floats(0, 1), st.floats(0, 1), st.floats(-1, 1))
def test_nothing_that_differs_is_called_the_same_when_it_is_close(chance: float, covered: float, cosine: float) -> None:
    decision = decide(chance, NUMBERS, same=SAME, covered=covered, cosine=cosine)
    assert decision != "same" or (covered < 0.5 and cosine < 0.5)

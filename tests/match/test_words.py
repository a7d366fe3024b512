from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.match.words import joined, words_of


def test_names_are_capitals_that_begin_no_sentence() -> None:
    words = words_of("Yesterday a farmer from Huế told Reuters. Nobody believed him.")
    assert words.names == {"hue", "reuter"}


@pytest.mark.parametrize("text", ["THE MOON IS MADE OF CHEESE TODAY", "Did The Moon Turn Into Green Cheese"])
def test_capitals_everywhere_say_nothing(text: str) -> None:
    assert words_of(text).names == frozenset()


def test_digits_are_the_terms_that_are_numbers() -> None:
    assert words_of("In 2019, 5,000 geese flew 12 km").digits == {"2019", "5000", "12"}


def test_marks_make_no_difference() -> None:
    assert words_of("Uống nước chanh").distinct == words_of("uong nuoc chanh").distinct


@given(st.text(max_size=80), st.text(max_size=80))
def test_two_texts_joined_have_the_words_of_both(first: str, second: str) -> None:
    one, other = words_of(first), words_of(second)
    both = joined(one, other)
    assert both.distinct == one.distinct | other.distinct
    assert len(both.sequence) == len(one.sequence) + len(other.sequence)
    assert both.distinct == set(both.sequence)

from __future__ import annotations

import pytest

from factdesk.domain.matches import Reason, Span


def test_a_reason_reads_as_a_sentence_with_what_was_compared() -> None:
    assert str(Reason("numbers_agree", "same numbers: {numbers}", {"numbers": "5, 2"})) == "same numbers: 5, 2"


def test_a_value_is_never_read_as_a_template() -> None:
    assert str(Reason("names", "names agree: {names}", {"names": "{0} {names}"})) == "names agree: {0} {names}"


def test_a_place_without_its_value_is_an_error_and_not_half_a_sentence() -> None:
    with pytest.raises(KeyError):
        str(Reason("names", "names agree: {names}"))


def test_spans_with_the_same_ends_are_one() -> None:
    assert {Span(1, 2), Span(1, 2), Span(1, 3)} == {Span(1, 3), Span(1, 2)}

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.match.conflicts import Comparison, compare, stated


def held(message: str, claim: str) -> Comparison:
    return compare(stated(message), stated(claim))


@pytest.mark.parametrize(
    ("message", "claim"),
    [
        ("It lasts 5 days", "It lasts 2 days"),
        ("Kéo dài 5 ngày", "It lasts two days"),
        ("Keo dai 5 ngay", "Kéo dài 2 ngày"),
        ("It was in 2019", "It was in 2020"),
        ("Gum stays in you for seven hours", "Gum stays in you for seven years"),
        ("Cá vàng nhớ được ba tháng", "Cá vàng chỉ nhớ được ba giây"),
        ("Only 10% of the brain is used", "Only 20% of the brain is used"),
    ],
)
def test_another_number_of_the_same_thing_differs(message: str, claim: str) -> None:
    assert held(message, claim).numbers_differ


@pytest.mark.parametrize(
    ("message", "claim"),
    [
        ("It lasts 5 days", "It lasts five days"),
        ("Kéo dài 5 ngày", "It lasts five days"),
        ("It lasts 5 days", "It lasts for a while"),
        ("It lasts 7 days", "It lasts one week"),
        ("It lasts 5 days", "It weighs 2 kg"),
        ("About 3,900 people came", "4000 people came"),
    ],
)
def test_the_same_or_another_kind_of_number_does_not(message: str, claim: str) -> None:
    assert not held(message, claim).numbers_differ


def test_small_counts_are_exact() -> None:
    assert held("21 cats", "22 cats").same_numbers == ("21",)
    assert held("5 cats", "6 cats").numbers_differ


def test_numbers_are_shown_as_each_side_writes_them() -> None:
    found = held("Chữa khỏi trong 3 ngày", "It cures in two days")
    assert (found.message_numbers, found.claim_numbers) == (("3 ngày",), ("two days",))


@pytest.mark.parametrize(
    ("message", "claim", "differs"),
    [
        ("Garlic does not cure colds", "Garlic cures colds", True),
        ("Tỏi không chữa được cảm lạnh", "Tỏi chữa được cảm lạnh", True),
        ("Garlic does not cure colds", "Garlic never cures colds", False),
        ("Sydney không phải là thủ đô nước Úc", "Sydney là thủ đô của nước Úc", True),
        ("Vắc-xin không gây tự kỷ, đừng tin bài nhảm", "Vắc-xin gây tự kỷ ở trẻ em", True),
        ("The app Down to Lunch traffics people, do not download", "Down to Lunch traffics people", False),
        ("A goldfish forgets, so a bowl does not bore it", "A goldfish forgets after three seconds", False),
        ("Don't swallow gum, it stays in you for years", "Swallowed gum stays in you for years", False),
        ("Đừng đọc sách dưới đèn ngủ, hư mắt đấy", "Đọc sách dưới đèn mờ làm hư mắt", False),
        ("You will not be able to own a car and get stamps", "A bill prohibits people who own cars from stamps", False),
        ("Không khí ở đây rất bẩn", "Ở đây rất bẩn", False),
    ],
)
def test_negation(message: str, claim: str, differs: bool) -> None:
    assert held(message, claim).negation_differs is differs


def test_all_and_some_differ() -> None:
    assert held("All snakes are venomous", "Some snakes are venomous").quantifiers_differ
    assert not held("All snakes are venomous", "Snakes are venomous").quantifiers_differ


@given(st.text(max_size=60))
def test_a_text_never_differs_from_itself(text: str) -> None:
    found = held(text, text)
    assert not (found.numbers_differ)
    assert not (found.negation_differs)
    assert not (found.quantifiers_differ)

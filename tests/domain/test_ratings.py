from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.ratings import WORDS, Leaning, disagreement, leaning
from factdesk.domain.reviews import Publisher, Rating, Review


def rated(who: str, text: str) -> Review:
    return Review(claim="c", publisher=Publisher(who), rating=Rating(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("False", "false"),
        ("  FALSE! ", "false"),
        ("Pants-on-Fire", "false"),
        ("“Sai sự thật”", "false"),
        ("Gây hiểu lầm", "mixed"),
        ("Half-True", "mixed"),
        ("Đúng", "true"),
        ("صحيح", "true"),
        ("Four Pinocchios", None),
        ("", None),
        ("not false", None),
    ],
)
def test_words_lean_as_the_table_says_and_no_others_do(text: str, expected: Leaning | None) -> None:
    assert leaning(Rating(text)) == expected


def test_no_word_leans_two_ways() -> None:
    assert sum(map(len, WORDS.values())) == len(frozenset().union(*WORDS.values()))


@pytest.mark.parametrize(
    ("value", "worst", "best", "expected"),
    [
        (1, 1, 5, "false"),
        (3, 1, 5, "mixed"),
        (5, 1, 5, "true"),
        (0, 0, 100, "false"),
        (1, 5, 1, None),
        (1, 1, 1, None),
    ],
)
def test_numbers_lean_by_their_place_on_their_own_scale(
    value: float, worst: float, best: float, expected: Leaning | None
) -> None:
    assert leaning(Rating("3 of 5 bananas", value, best, worst)) == expected


def test_a_number_without_its_scale_leans_nowhere() -> None:
    assert leaning(Rating("bananas", 3)) is None


def test_words_win_over_numbers() -> None:
    # Some publishers count the other way round; their word says what they mean.
    assert leaning(Rating("False", 5, 5, 1)) == "false"


def test_publishers_that_lean_apart_disagree_in_their_own_words() -> None:
    found = disagreement([rated("Alpha", "False"), rated("Beta", "Mostly true")])
    assert str(found) == "publishers disagree (Alpha: “False”; Beta: “Mostly true”)"


def test_agreement_across_languages_is_not_a_disagreement() -> None:
    assert disagreement([rated("Alpha", "False"), rated("Beta", "Sai"), rated("Gamma", "Falso")]) is None


def test_ratings_that_nobody_can_compare_are_said_to_be_so() -> None:
    found = disagreement([rated("Alpha", "Four Pinocchios"), rated("Beta", "Legend")])
    assert str(found) == "the publishers’ ratings are not comparable (Alpha: “Four Pinocchios”; Beta: “Legend”)"


def test_a_rating_that_leans_and_one_that_does_not_are_not_comparable() -> None:
    found = disagreement([rated("Alpha", "False"), rated("Beta", "Legend")])
    assert found is not None
    assert "not comparable" in str(found)


def test_the_same_word_of_two_publishers_needs_no_table() -> None:
    assert disagreement([rated("Alpha", "Satire"), rated("Beta", "satire")]) is None


def test_two_who_disagree_are_said_even_beside_one_nobody_can_place() -> None:
    found = disagreement([rated("Alpha", "False"), rated("Beta", "True"), rated("Gamma", "Legend")])
    assert str(found).startswith("publishers disagree")


@pytest.mark.parametrize(
    "reviews",
    [
        [],
        [rated("Alpha", "False")],
        [rated("Alpha", "False"), rated("Alpha", "True")],
        [rated("Alpha", "False"), rated("Beta", "")],
    ],
)
def test_it_takes_two_publishers_who_rated(reviews: list[Review]) -> None:
    assert disagreement(reviews) is None


def test_a_publisher_without_a_name_is_known_by_its_site_or_source() -> None:
    one = Review(claim="c", publisher=Publisher(site="a.example"), rating=Rating("False"))
    other = Review(claim="c", source="b.jsonl", rating=Rating("True"))
    assert str(disagreement([one, other])) == "publishers disagree (a.example: “False”; b.jsonl: “True”)"


@given(st.permutations(["False", "True", "Legend"]))
def test_whether_they_disagree_does_not_depend_on_the_order(texts: list[str]) -> None:
    build: Callable[[str], Review] = lambda text: rated(f"who says {text}", text)  # noqa: E731 - one line says it
    found = disagreement([build(text) for text in texts])
    assert found is not None
    assert found.template.startswith("publishers disagree")

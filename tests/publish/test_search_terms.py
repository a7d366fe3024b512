from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.publish.search_terms import doc_terms, words


def weights(terms: str) -> dict[str, int]:
    """Terms with their weights."""
    return {
        term: 3 - place for place, line in enumerate(terms.split("\n")) for term in line.split("\t") if term
    }  # fmt: skip


def test_a_term_counts_where_it_says_most() -> None:
    body = "<p>Carrots and night, night, night: vitamin.</p>"
    found = weights(doc_terms("en", "Carrots and eyes", body, claims=["Night eyes"], summary="A lack, of sight"))
    assert {term for term, weight in found.items() if weight == 3} == {"carrot", "and", "eye", "carrot and", "and eye"}
    assert {term for term, weight in found.items() if weight == 2} == {"night", "night eye", "a", "lack", "of", "sight"}
    assert {term for term, weight in found.items() if weight < 2} == {"vitami"}


def test_a_word_that_is_often_in_the_body_weighs_more() -> None:
    assert weights(doc_terms("en", "", "salt salt salt sugar")) == {"salt": 1, "sugar": 0}


def test_neighbours_are_a_term_where_a_check_is_told() -> None:
    found = weights(
        doc_terms("vi", "Vắc-xin an toàn", "nước mắm", claims=["muối ăn"], claimants=["Đài Ao"], topics=["y tế"])
    )
    pairs = {term for term in found if " " in term}
    assert pairs == {"vac xin", "xin an", "an toan", "muoi an", "dai ao", "y te"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Đường huyết", ["duong", "huyet"]),
        ("bác sỹ ở Mỹ, quý Tỵ", ["bac", "si", "o", "mi", "qui", "ti"]),
        ("yêu khỏe ngày", ["yeu", "khoe", "ngay"]),
        ("15.000 đồng, 3,5%", ["15000", "dong", "3.5"]),
    ],
)
def test_vietnamese_syllables_are_folded_and_not_stemmed(text: str, found: list[str]) -> None:
    assert words("vi", text) == found
    assert words("vi", unicodedata.normalize("NFD", text).upper()) == found


def test_english_words_are_stemmed() -> None:
    assert words("en", "Vaccines, vaccinated: vaccinating") == ["vaccin"] * 3


def test_what_stands_in_tags_is_no_word() -> None:
    terms = doc_terms(
        "en", "", '<p class="deck"><a href="https://pond.example/x">fish</a> &amp; chips&nbsp;&lt;b&gt;</p>'
    )
    assert set(weights(terms)) == {"fish", "chip", "b"}


def test_a_check_without_words_has_no_terms() -> None:
    assert doc_terms("en", "", "") == "\n\n\n"


@given(st.text(alphabet="aà đ.,5\u00a0\n\t-'ก漢\u0301🄁", max_size=60))
def test_the_body_is_read_as_a_whole_text_is(text: str) -> None:
    """Although it is read a word at a time."""
    for language in ("en", "vi"):
        counts = Counter(words(language, text))
        found = weights(doc_terms(language, "", text))
        assert found == {term: int(count >= 3) for term, count in counts.items()}
        assert all(term and not set("\t\n ") & set(term) for term in counts)

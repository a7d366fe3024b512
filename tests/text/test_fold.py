"""Folding and tokenising: what people leave out when they type makes no difference, what carries meaning stays."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.text.fold import LONGEST_TERM, exact_terms, fold, has_vietnamese_marks, marked_terms, terms
from factdesk.text.stem import stem

VIETNAMESE = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ",
    "e": "èéẻẽẹêềếểễệ",
    "i": "ìíỉĩị",
    "o": "òóỏõọôồốổỗộơờớởỡợ",
    "u": "ùúủũụưừứửữự",
    "y": "ỳýỷỹỵ",
    "d": "đ",
}


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_vietnamese_letter_folds_to_its_base(form: Literal["NFC", "NFD", "NFKC", "NFKD"]) -> None:
    for base, letters in VIETNAMESE.items():
        for letter in letters + letters.upper():
            assert fold(unicodedata.normalize(form, letter)) == base


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ĐƯỜNG Phố", "duong pho"),
        ("Straße, Œuvre, Łódź, smørrebrød", "strasse, oeuvre, lodz, smorrebrod"),
        ("İstanbul ılık", "istanbul ilik"),
        ("ΆΣΟΣ", "ασοσ"),
        ("Ёлка й", "елка и"),
        ("“quoted” – it’s…", '"quoted" - it\'s...'),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("ﬁne ½ ①", "fine 1⁄2 1"),
        ("٥٠٠ ५०० ๕๐๐", "500 500 500"),
        ("أحمد مُحَمَّد القاهرة على", "احمد محمد القاهره علي"),
        ("کتاب یک", "كتاب يك"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_fold_drops_what_people_leave_out(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["हिन्दी में टीका", "தமிழ் நாடு", "বাংলা", "ガギグゲゴ", "한국어", "ไทย"])
def test_marks_that_carry_meaning_stay(text: str) -> None:
    assert fold(text) == unicodedata.normalize("NFC", text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(st.text(st.characters(categories=["L", "M", "N", "Z", "P"]), max_size=40))
def test_case_and_form_make_no_difference_to_terms(text: str) -> None:
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))


@given(st.text())
def test_terms_are_never_empty_nor_long_nor_hold_spaces(text: str) -> None:
    for term in terms(text) + exact_terms(text):
        assert 0 < len(term) <= LONGEST_TERM
        assert not any(character.isspace() for character in term)


@given(st.text())
def test_texts_that_need_little_are_cut_as_others_are(text: str) -> None:
    # A word in a script without spaces sends a text through the whole tokeniser.
    assert exact_terms(f"{text} 東") == [*exact_terms(text), "東"]


@given(st.text())
def test_folded_text_gives_the_same_terms_where_it_has_the_same_words(text: str) -> None:
    if exact_terms(fold(text)) == [part for token in exact_terms(text) for part in [fold(token)]]:
        assert terms(fold(text)) == terms(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5,000 people", ["5000"]),
        ("5.000 người", ["5000"]),
        ("1.234.567 and 1,234,567", ["1234567", "1234567"]),
        ("5\u00a0000 or 5\u202f000 or 5’000", ["5000", "5000", "5000"]),
        ("3.5 % or 3,5 %", ["3.5", "3.5"]),
        ("0.123 is no thousand", ["0.123"]),
        ("10,50 and 2020,2021", ["10.50", "2020.2021"]),
        ("٥٬٠٠٠ and ٣٫٥", ["5000", "3.5"]),
        ("in 2020 300 people", ["2020", "300"]),
        ("version 1.2.3", ["1", "2", "3"]),
        ("covid19 5G 10km", ["covid19", "5g", "10km"]),
    ],
)
def test_numbers_stay_whole(text: str, found: list[str]) -> None:
    numbers = [term for term in exact_terms(text) if any(character.isdecimal() for character in term)]
    assert numbers == found
    assert [term for term in terms(text) if any(character.isdecimal() for character in term)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("東京は晴れ", ["東京", "京は", "は晴", "晴れ"]),
        ("ガ", ["ガ"]),
        ("한국어", ["한국", "국어"]),
        ("น้ำท่วม", ["น้ำ", "ำท่", "ท่ว", "วม"]),
        ("covid東京", ["covid", "東京"]),
        ("हिन्दी टीका", ["हिन्दी", "टीका"]),
        ("don't l'eau", ["don", "t", "l", "eau"]),
        ("snake_case #HashTag @handle", ["snake", "case", "hashtag", "handle"]),
        ("🙂 … !!", []),
    ],
)
def test_words_of_every_script(text: str, found: list[str]) -> None:
    assert exact_terms(text) == found


def test_terms_are_folded_and_stemmed_the_same_in_message_and_claim() -> None:
    assert terms("Vaccines were TESTED") == terms("vaccine were testing")
    assert terms("các đường phố") == terms("CAC DUONG PHO")


def test_marked_terms_are_those_that_folding_changes() -> None:
    assert marked_terms(exact_terms("Hà Nội is the capital")) == ["hà", "nội"]
    assert marked_terms(exact_terms("東京 हिन्दी plain")) == []


@pytest.mark.parametrize(
    ("words", "stems"),
    [
        ("cities boxes matches glass virus", "citi box match glass virus"),
        ("running tested wanted sing red", "run test want sing red"),
        ("vaccine vaccines", "vaccin vaccin"),
        ("h2o2s covid19", "h2o2s covid19"),
        ("القاهره والمسلمين", "قاهر مسلم"),
        ("президента президентом", "презид презид"),
    ],
)
def test_stems(words: str, stems: str) -> None:
    assert " ".join(stem(word) for word in words.split()) == stems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thủ đô của Việt Nam", True),
        (unicodedata.normalize("NFD", "nước"), True),
        ("đã có", True),
        ("Đặng", True),
        ("thu do cua Viet Nam", False),
        ("déjà vu, ça va, São Paulo", False),
        ("Đoković će šutjeti", False),
        ("", False),
    ],
)
def test_vietnamese_marks_are_told_from_those_of_others(text: str, expected: bool) -> None:
    assert has_vietnamese_marks(text) is expected

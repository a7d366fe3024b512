"""Where the tone of a syllable is written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.lint.tones import toned
from factdesk.text.syllables import is_syllable

RIGHT = """của người toàn quý quả quốc giá gì giếng gìn khuỷu huýt huỳnh uống oái ngoèo rượu bướu thuở tuyết mía múa mèo
nghĩa chuối yếu loại xoáy quỵt quỳnh giữa giò của ở ấy ý ngoẻn moóc"""
BOTH = "hòa/hoà khỏe/khoẻ thúy/thuý ủy/uỷ lọa/loạ tùy/tuỳ"


@pytest.mark.parametrize("word", RIGHT.split())
def test_one_place(word: str) -> None:
    known = toned(word)
    assert known is not None
    assert known.right == (word,)
    assert known.style is None


@pytest.mark.parametrize("pair", BOTH.split())
def test_two_places(pair: str) -> None:
    old, new = pair.split("/")
    for word, style in ((old, "old"), (new, "new")):
        known = toned(word)
        assert known is not None
        assert (known.style, known.right) == (style, (old, new))


@pytest.mark.parametrize("word", ["toan", "déjà", "María", "xyz", "", "b\u0301"])
def test_nothing_is_said_of_other_words(word: str) -> None:
    assert toned(word) is None


@given(st.text(alphabet="aăâeêioôơuưybcdđghklmnpqrstvxàáảãạ", min_size=1, max_size=7))
def test_right_ways_are_syllables_with_the_same_letters(word: str) -> None:
    known = toned(word)
    for right in known.right if known else ():
        assert is_syllable(right)
        assert bare(right) == bare(word)
        again = toned(right)
        assert again is not None
        assert right in again.right


def bare(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in apart if letter not in "\u0300\u0301\u0303\u0309\u0323")

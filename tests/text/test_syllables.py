"""The grammar of Vietnamese syllables."""

from __future__ import annotations

import unicodedata

import pytest

from factdesk.text.syllables import is_syllable, marked_words, syllable_share

RIGHT = """đã giếng gì quý quyết nghiêng Nguyễn khuya hoà hòa thuở huỳnh ngoằn khuỷu quốc uống NGƯỜI đường việt nghĩa
của và không xoong yêu ỷ ả ơi rượu khuếch toẹt giặt quỳnh loé tuyết khoẻ"""
WRONG = """été près français über naïve trừờng kắ ngế happy thât́́ cộộ pộpộ viềt bằch ngừơờ Łódź ﬁn straße"""


@pytest.mark.parametrize("word", RIGHT.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", WRONG.split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_the_share_is_of_the_words() -> None:
    assert syllable_share(["và", "près"]) == 0.5
    assert syllable_share([]) == 0.0
    assert marked_words("và in près 5") == ["và", "près"]

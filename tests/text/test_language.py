from __future__ import annotations

import pytest

from factdesk.text.language import is_folded_syllable, language, unmarked_vietnamese

UNMARKED = [
    "uong nuoc chanh nong chua duoc ung thu",
    "5G gay ung thu va lam lay lan virus",
    "Bo Y te cong bo vac xin moi vao ngay mai",
    "toi khong biet tin nay co that hay khong",
]
OTHERS = [
    "Drinking hot lemon water cures cancer",
    "I can not go on then he hit the ban in the van",
    "Beber agua con limón cura el cáncer de la sangre",
    "la vida es bella y de la gente que no se va",
    "A vacina causa autismo em crianças de dois anos",
    "Minum air hangat dapat menyembuhkan kanker dan virus",
    "Die Impfung macht die Menschen krank und müde",
]


@pytest.mark.parametrize("text", UNMARKED)
def test_vietnamese_without_marks_is_seen(text: str) -> None:
    assert unmarked_vietnamese(text) > 0.5
    assert language(text) == "vi"


@pytest.mark.parametrize("text", OTHERS)
def test_other_languages_are_not_taken_for_it(text: str) -> None:
    assert unmarked_vietnamese(text) < 0.4


def test_marked_vietnamese_is_not_unmarked() -> None:
    assert unmarked_vietnamese("Uống nước chanh nóng chữa được ung thư") == 0.0
    assert language("Uống nước chanh nóng chữa được ung thư") == "vi"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Drinking hot lemon water cures cancer", "en"),
        ("Beber agua con limón cura el cáncer", "es"),
        ("کیا یہ سچ ہے کہ پانی پینے سے علاج ہوتا ہے", "ur"),
        ("วัคซีนทำให้เป็นหมัน", "th"),
        ("https://example.org/abc the vaccine is safe for children", "en"),
        ("ok", ""),
        ("hello there", ""),
        ("", ""),
        ("12 34", ""),
        ("😀😀", ""),
        ("https://example.org", ""),
    ],
)
def test_language(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize("word", ["nghieng", "khong", "chuyen", "gi", "quy", "uong", "nguoi"])
def test_syllables(word: str) -> None:
    assert is_folded_syllable(word)


@pytest.mark.parametrize("word", ["vaccine", "street", "nge", "ki_", "", "cemen", "kang", "zoo", "strong"])
def test_not_syllables(word: str) -> None:
    assert not is_folded_syllable(word)

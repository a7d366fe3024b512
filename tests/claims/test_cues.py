from __future__ import annotations

import pytest

from factdesk.claims.cues import NAMES, cues, tables


@pytest.mark.parametrize(
    ("text", "name", "cue"),
    [
        ("I think we should go.", "view", "i think"),
        ("I think we should go.", "ought", "should"),
        ("Theo tôi phim này hay.", "view", "theo tôi"),
        ("Theo toi bo phim nay chan qua", "view", "theo toi"),
        ("Ngay mai troi se mua rat to", "future", "ngay mai"),
        ("Don’t forget to share this", "calls", "don't forget"),
        ("Con trai tôi bị sốt", "lived", "con trai tôi"),
    ],
)
def test_cues_are_found(text: str, name: str, cue: str) -> None:
    assert cue in cues(text)[name]


def test_cues_are_whole_words() -> None:
    assert "future" not in cues("The willow sheds its leaves.")
    assert cues("") == {}


def test_folded_vietnamese_is_not_read_into_english() -> None:
    assert "ought" not in cues("The dung was spread on the field by the nen river.")


@pytest.mark.parametrize("folded", [False, True])
def test_no_list_holds_a_blank_or_a_capital(folded: bool) -> None:
    for name, table in tables(folded=folded).items():
        assert name in NAMES
        assert all(cue.strip() == cue and cue and cue == cue.lower() for cue in table)

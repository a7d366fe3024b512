from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.claims.features import BUCKETS, FEATURES, Sentence, folded_words, table


def value(name: str, text: str, language: str = "en") -> float:
    return FEATURES[name](Sentence(text, language))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("figures", "It killed 4,000 people and 3 dogs.", 2),
        ("shares", "It rose 5 percent.", 1),
        ("sums", "It cost $5m.", 1),
        ("times", "It began in 2019.", 1),
        ("question", "Is it true?", 1),
        ("question", "Is it true? No.", 0),
        ("denies", "It does not help.", 1),
        ("exclaims", "Wow!", 1),
        ("short", "Yes.", 1),
        ("breaks_off", "Breaking news", 1),
        ("quotes", 'He said "no".', 1),
        ("cue_view", "I think so.", 1),
        ("starts_view", "I think so.", 1),
        ("starts_view", "And so I think.", 0),
        ("cue_future", "It will rain tomorrow.", 2),
    ],
)
def test_features(name: str, text: str, expected: float) -> None:
    assert value(name, text) == expected


def test_names_and_shouting_are_shares_of_the_words() -> None:
    assert value("names", "He met Marie Curie there") == pytest.approx(0.5)
    assert value("shouting", "THIS REALLY matters here") == pytest.approx(0.5)


@pytest.mark.parametrize("name", FEATURES)
def test_every_feature_says_what_it_is(name: str) -> None:
    assert (FEATURES[name].__doc__ or "").strip()


@given(st.text())
def test_any_text_has_finite_features(text: str) -> None:
    assert np.isfinite(table([Sentence(text)])).all()
    assert np.linalg.norm(folded_words([Sentence(text)])) <= 1.0001


def test_folded_words_do_not_see_marks() -> None:
    marked, bare = folded_words([Sentence("Uống nước chanh."), Sentence("uong nuoc chanh")])
    assert marked.shape == (BUCKETS,)
    np.testing.assert_array_equal(marked, bare)
    assert marked.any()


def test_tables_of_nothing_keep_their_width() -> None:
    assert table([]).shape == (0, len(FEATURES))

"""Tips as a desk keeps them: what was said, and nothing of who said it."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.tips import ORIGINS, Tip, tip_from

words = st.text(min_size=1, max_size=20)


@given(words, st.sampled_from(ORIGINS), words, st.just("") | words, st.just("") | words)
def test_a_tip_is_read_back(text: str, origin: str, day: str, language: str, claim: str) -> None:
    tip = Tip(text, origin, day, language, claim)  # type: ignore[arg-type]
    assert tip_from(json.loads(tip.content())) == tip


def test_there_is_no_place_for_who_sent_it() -> None:
    assert {each.name for each in fields(Tip)} == {"text", "origin", "day", "language", "claim"}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"text": "x", "origin": "neighbour", "day": "2026-01-02"},
        {"text": "x", "origin": "reader", "day": "2026-01-02", "sender": "An"},
    ],
)
def test_what_is_no_tip(data: dict[str, str]) -> None:
    with pytest.raises((ValueError, TypeError)):
        tip_from(data)

"""A desk's rating scale: what is one, and what is none."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from factdesk.domain.scales import DEFAULT, NOT_CHECKABLE, Scale, Step, scale_from, wrong_in


def test_the_default_is_a_scale_and_comes_back() -> None:
    assert wrong_in(DEFAULT) == ""
    assert scale_from(json.loads(DEFAULT.content())) == DEFAULT
    assert DEFAULT.step(NOT_CHECKABLE) is None


def step(key: str, value: int, **words: str) -> Step:
    return Step(key, value, words or {"en": key}, words or {"en": key})


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        ((step("only", 1),), "count"),
        (tuple(step(f"s{number}", number) for number in range(1, 14)), "count"),
        ((step("a", 1), step("a", 2)), "key"),
        ((step("a", 1), step(NOT_CHECKABLE, 2)), "key"),
        ((step("a", 1), step("B c", 2)), "key"),
        ((step("a", 1), step("b", 3)), "value"),
        ((step("a", 1, english="A"), step("b", 2, english="B")), "language"),
        ((step("a", 1, en="A", vi="A"), step("b", 2, en="B")), "names"),
        ((step("a", 1), replace(step("b", 2), definitions={"en": "  "})), "definitions"),
    ],
)
def test_what_is_no_scale(steps: tuple[Step, ...], wrong: str) -> None:
    assert wrong_in(Scale(steps)) == wrong
    with pytest.raises(ValueError, match="no scale"):
        scale_from(json.loads(Scale(steps).content()))

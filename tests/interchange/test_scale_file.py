"""A rating scale as a file that people edit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.scales import DEFAULT, Scale, Step
from factdesk.errors import InputError
from factdesk.interchange.scale_file import read, written

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=2, max_size=5))
def test_what_was_written_is_read_again(steps: list[tuple[str, str]]) -> None:
    scale = Scale(
        tuple(
            Step(f"s{number}", number, {"en": name, "vi": name}, {"en": text, "vi": text})
            for number, (name, text) in enumerate(steps, 1)
        )
    )
    assert read(written(scale)) == scale


def test_the_default_is_written_for_people() -> None:
    text = written(DEFAULT)
    assert 'name.vi = "Gây hiểu lầm"' in text
    assert read(text) == DEFAULT


@pytest.mark.parametrize(
    "text",
    ["", "step = 3", "[[step]]\nkey = 1", "[[step]]\nkey = 'a'\nname = 'A'", "not toml =", "x" * 200_000,
     "[[step]]\nkey = 'a'\nname.en = 'A'\ndefinition.en = 'A'\nweight = 3"],
    ids=["empty", "no tables", "no text", "no languages", "no TOML", "too long", "unknown field"],
)  # fmt: skip
def test_what_is_no_scale_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError, match="The scale cannot be read") as refused:
        read(text, "scale.toml")
    assert refused.value.place == "scale.toml"

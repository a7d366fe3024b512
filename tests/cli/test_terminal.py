"""How wide texts stand, where they break, and that nothing foreign steers the terminal."""

from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.cli.terminal import Terminal, columns, pad, table, visible, wrap

TEXTS = st.text(max_size=200)


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@settings(deadline=None)  # a busy machine is no failure
@given(TEXTS, st.integers(2, 60))
def test_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("Cà rốt", 6), (unicodedata.normalize("NFD", "Cà rốt"), 6), ("日本", 4), ("", 0)]
)
def test_columns(text: str, width: int) -> None:
    assert columns(text) == width
    assert columns(pad(text, 10)) == 10


@settings(deadline=None)  # a busy machine is no failure
@given(TEXTS)
def test_what_is_foreign_cannot_steer_the_terminal(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(letter) == "Cc" for letter in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_an_escape_sequence_is_taken_apart() -> None:
    assert visible("a\x1b[31mred\r\nb\u202egnp.exe") == "a [31mred b gnp.exe"


def test_a_table_fits() -> None:
    rows = [["Example Desk", "example.org", "1,234"], ["word " * 30, "b.example", "5"]]
    lines = table(["Publisher", "Site", "Reviews"], rows, Terminal(80))
    assert lines[0].split() == ["Publisher", "Site", "Reviews"]
    assert all(columns(line) <= 80 for line in lines)
    assert sum(line.count("word") for line in lines) == 30


def test_a_table_on_a_phone_stands_in_lines_of_its_own() -> None:
    lines = table(["Publisher", "Site"], [["Example Desk", "example.org"], ["Other", ""]], Terminal(40))
    assert lines == ["Publisher: Example Desk", "Site: example.org", "", "Publisher: Other"]


def test_colour_only_where_it_is_wanted() -> None:
    assert Terminal.of(Screen(), {}).colour
    assert not Terminal.of(Screen(), {"NO_COLOR": "1"}).colour
    assert not Terminal.of(Screen(), {"TERM": "dumb"}).colour
    assert not Terminal.of(io.StringIO(), {}).colour
    assert Terminal(colour=False).style("word", "bold") == "word"
    assert Terminal(colour=True).style("word", "bold") == "\033[1mword\033[0m"


def test_width_is_between_what_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for given_columns, width in (("200", 80), ("38", 38), ("3", 20)):
        monkeypatch.setenv("COLUMNS", given_columns)
        assert Terminal.of(io.StringIO()).width == width

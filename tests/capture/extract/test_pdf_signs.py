"""Bullets are left out of a PDF's text, and signs that change what is said are not."""

from __future__ import annotations

import pytest

from factdesk.capture.extract.pdf_signs import shown, without_bullet


@pytest.mark.parametrize("line", ["• 5 men", "▪5 men", "\uf0b7 5 men", "\uf0955 men", "\uf0d8 5 men", "\x80 5 men"])
def test_bullets(line: str) -> None:
    assert without_bullet(line) == "5 men"


@pytest.mark.parametrize(
    "line", ["\uf02d5 degrees", "\uf02d 5 degrees", "\uf0b15 degrees", "\uf0a3 5 men", "– 5 men", "-5", "5"]
)
def test_signs_before_a_number(line: str) -> None:
    assert without_bullet(line) is None


def test_a_dash_of_a_font_of_symbols_before_words() -> None:
    assert without_bullet("\uf02d five men") == "five men"


@pytest.mark.parametrize("font", ["Symbol", "SymbolMT"])
def test_signs_of_a_font_of_symbols(font: str) -> None:
    assert shown("\uf02d5 \uf0b1 3", lambda _: font, tex=False) == "-5 ± 3"
    assert shown("\uf02d5", lambda _: "Webdings", tex=False) == "\uf02d5"

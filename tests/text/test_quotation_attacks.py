"""Texts and quotations made to take for ever. Each is answered; the suite's time limit is the judge of how soon."""

from __future__ import annotations

import pytest

from factdesk.text.quotations import Found, Missing, QuotedText

MANY = 100_000
A = "a" * MANY

FOUND = {
    "one letter": (A, "a" * 10_000),
    "line-break hyphens all along": ("a-\n" * (MANY // 3), "a" * 10_000),
    "nothing but what is invisible": ("\u200b" * MANY + "the end of it all", "the end of it all"),
    "soft hyphens at lines' ends": ("\u00ad\n" * MANY + "the end of it all", "the end of it all"),
    "a letter with marks without end": ("a" + "\u0301\u0323" * MANY, "a" + "\u0301\u0323" * 5000),
    "marks out of order": ("a\u0301\u0323\u031b" * MANY + " the end of it", "the end of it"),
    "quotation marks": ("'" * MANY + " the end of it", "the end of it"),
    "hyphens": ("-" * MANY + " the end of it", "the end of it"),
    "ellipses": ("…" * MANY + " the end of it", "... the end of it"),
    "numbers that hide what is between their digits": (("5" + "\u200b\u00ad" * 2500 + "0 ") * 500, "0 5" + "0 5" * 2),
    "half surrogates": ("\ud800\udfff" * MANY + "the end of it", "\udfffthe end of it"),
    "gap marks": ("[…]" * MANY + " the end of it", "[…]" * 20 + " the end of it"),
    "open brackets": ("[" * MANY + " the end of it", "[[[ the end of it"),
    "a quotation as long as its text": (A + "b", A + "b"),
}
MISSING = {
    "one letter and another": (A, "a" * 10_000 + "b"),
    "one space too many": (A, "a" * 9_999 + " a"),
    "spaces elsewhere": ("a " * (MANY // 2), "a " * 5_000 + "aa"),
    "hyphens elsewhere": ("a-" * (MANY // 2), "a-" * 5_000 + "a a"),
    "spaces never where wanted": (("a" * 100 + " ") * (MANY // 100), "a" * 10_000),
    "gaps that lead nowhere": ("abc " * (MANY // 4), "abc […] abc […] xyz"),
    "gaps that lead too far": ("abc " * (MANY // 4) + "xyz", "abc […] abc […] xyz"),
    "gaps without end": (A, "a […] " * 10_000 + "a"),
    "another word at the end": ("lorem ipsum dolor " * 20_000, "lorem ipsum dolor " * 15_000 + "sit"),
    "half surrogates, nearest": ("\ud800\udfff" * 100 + " the end", "\ud800 the end of it and more"),
    "a null": ("the end\0of it", "the end of\0it"),
}  # fmt: skip


@pytest.mark.attack
@pytest.mark.parametrize("case", FOUND)
def test_answered_with_its_place(case: str) -> None:
    text, quotation = FOUND[case]
    found = QuotedText(text).find(quotation, nth=1)
    assert isinstance(found, Found)
    assert all(text[piece.start : piece.end] == piece.exact for piece in found.pieces)


@pytest.mark.attack
@pytest.mark.parametrize("case", MISSING)
def test_answered_as_missing(case: str) -> None:
    text, quotation = MISSING[case]
    missing = QuotedText(text).find(quotation, nth=1)
    assert isinstance(missing, Missing)
    assert str(missing.reason)

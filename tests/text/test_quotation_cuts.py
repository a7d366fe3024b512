"""A quotation that ends inside a word or a number says so."""

from __future__ import annotations

import pytest

from factdesk.text.quotation_cuts import Cut, cut_reason
from factdesk.text.quotations import Found, QuotedText


def cut(text: str, quotation: str) -> tuple[Cut, ...]:
    found = QuotedText(text).find(quotation)
    assert isinstance(found, Found), found
    return found.cut


NUMBERS = [
    ("it was not 50", "was not 5", "end", "50"),
    ("fell to 5.3% in May", "fell to 5", "end", "5.3%"),
    ("fell to 5% in May", "fell to 5", "end", "5%"),
    ("giảm còn 5 % trong năm", "giảm còn 5", "end", "5 %"),
    ("giảm còn 47,2% trong năm", "2% trong năm", "start", "47,2%"),
    ("some 1,234,567 people", "567 people", "start", "1,234,567"),
    ("some 1\u00a0234 people", "234 people", "start", "1\u00a0234"),
    ("it fell by -5 degrees", "5 degrees", "start", "-5"),
    ("it fell by −5 degrees", "5 degrees", "start", "−5"),
    ("an area of 10² metres", "an area of 10", "end", "10²"),
    ("some 5½ hours", "some 5", "end", "5½"),
    ("between 10-15 percent", "15 percent", "start", "10-15"),
    ("at 5:30 in the night", "30 in the night", "start", "5:30"),
    ("on 12/5/2024 it rained", "5/2024 it rained", "start", "12/5/2024"),
    ("a loss of $5 million", "5 million", "start", "$5"),
    ("a loss of -$5 million", "5 million", "start", "-$5"),
    ("it fell by −\u20605 degrees", "5 degrees", "start", "−5"),
    ("it fell by －5 degrees", "5 degrees", "start", "－5"),
    ("it fell by ﹣5 degrees", "5 degrees", "start", "﹣5"),
    ("it was 5\u200b0 degrees", "it was 5", "end", "50"),
    ("it was 5\u00ad0 degrees", "it was 5", "end", "50"),
    ("it was 1,\u2060500 degrees", "it was 1", "end", "1,500"),
    ("it was \ufffd5 degrees", "5 degrees", "start", "\ufffd5"),
    ("it was 5" + "\u200b" * 5000 + "0 degrees", "it was 5", "end", "50"),
    ("some 1 234 people", "234 people", "start", "1 234"),
    ("some 1 234 567,5 people", "some 1 234", "end", "1 234 567,5"),
    ("for <5% of them", "5% of them", "start", "<5%"),
    ("for ≤5% of them", "5% of them", "start", "≤5%"),
    ("for ~5% of them", "5% of them", "start", "~5%"),
    ("some .5 degrees", "5 degrees", "start", ".5"),
    ("some −.5 degrees", "5 degrees", "start", "−.5"),
    ("some 10~15% of them", "15% of them", "start", "10~15%"),
    ("some 10-\n15 people", "15 people", "start", "10-\n15"),
    ("some 3.2×10⁵ people", "some 3.2", "end", "3.2×10⁵"),
    ("some 3.2 × 10⁵ people", "some 3.2", "end", "3.2 × 10⁵"),
    ("some 10⁻⁵ of it", "some 10", "end", "10⁻⁵"),
    ("some ٥٫٣ of it", "some ٥", "end", "٥٫٣"),
]


@pytest.mark.parametrize(("text", "quotation", "side", "whole"), NUMBERS)
def test_inside_a_number(text: str, quotation: str, side: str, whole: str) -> None:
    [found] = cut(text, quotation)
    assert (found.side, found.inside, found.whole) == (side, "number", whole)


WORDS = [
    ("an unhappy ending", "happy ending", "start", "unhappy"),
    ("a non-profit firm", "profit firm", "start", "non-profit"),
    ("it isn't so today", "so it isn", "end", "isn't"),
    ("this is sugar-free tea", "this is sugar", "end", "sugar-free"),
    ("the infor-\nmation age", "mation age", "start", "infor-\nmation"),
    ("the infor\u00ad\nmation age", "mation age", "start", "infor\u00ad\nmation"),
    ("the un\u2060happy man", "happy man", "start", "unhappy"),
    ("an eﬃcient way", "fficient way", "start", "eﬃcient"),
    ("about COVID-19 cases", "about COVID", "end", "COVID-19"),
]


@pytest.mark.parametrize(("text", "quotation", "side", "whole"), WORDS)
def test_inside_a_word(text: str, quotation: str, side: str, whole: str) -> None:
    if side == "end" and quotation not in text:
        quotation = quotation.removeprefix("so ")
    [found] = cut(text, quotation)
    assert (found.side, found.inside, found.whole) == (side, "word", whole)


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("It fell to 5. Then it rose.", "It fell to 5"),
        ("It fell (to 5) then.", "to 5"),
        ("“yes,” he said", "yes"),
        ("in May – 5 of them", "5 of them"),
        ("see Figure 3: 5 people", "5 people"),
        ("価格は上昇した。", "は上昇"),
        ("ราคาเพิ่มขึ้นทุกปี", "เพิ่มขึ้น"),
        ("the end", "the end"),
        ("in 2019 234 people died", "234 people died"),
        ("on page A1 234 people", "234 people"),
        ("and so...5 people", "5 people"),
        ("in May –\n5 of them", "5 of them"),
        ("fell to 5 × 4 metres", "fell to 5"),
        ("on 5, 6 and 7 May", "on 5"),
    ],
)
def test_nothing_is_cut(text: str, quotation: str) -> None:
    assert cut(text, quotation) == ()


def test_between_a_letter_and_its_accent() -> None:
    text = "he drank a cafe\u0301 in town"
    [found] = cut(text, "he drank a cafe")
    assert (found.side, found.inside) == ("end", "letter")


def test_both_ends_and_every_piece_are_looked_at() -> None:
    found = cut("the unhappy man said nothing of the endings", "happy man […] of the end")
    assert [(each.piece, each.side) for each in found] == [(0, "start"), (1, "end")]


def test_a_cut_in_words() -> None:
    assert str(cut_reason(Cut(0, "end", "number", "50%"))) == "the quotation ends inside the number “50%”"
    assert str(cut_reason(Cut(0, "start", "word", "non-profit"))) == "the quotation begins inside the word “non-profit”"

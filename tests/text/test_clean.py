from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.matches import Span
from factdesk.text.clean import clean

CASES = {
    "tail": (
        "Illinois GOP bill https://t.co/wDGczl94dF — Morgan F. (@morgfair) February 25, 2016",
        "Illinois GOP bill",
    ),
    "hashtag": ("#DefundTheCBC now! #COVID19 #CBCNews", "Defund The CBC now! COVID19 CBC News"),
    "arabic hashtag": ("#صفقة_القرن الآن", "صفقة القرن الآن"),
    "handle as a word": ("so @realDonaldTrump said it", "so real Donald Trump said it"),
    "reply": ("@one @two hello there", "one two hello there"),
    "retweet": ("RT @abc: hello there", "hello there"),
    "picture": ("look at this pic.twitter.com/Ab12", "look at this"),
    "link only": ("https://example.org/a", ""),
    "entities": ("Tom &amp; Jerry &lt;3 &#39;x&#39; &bogus;", "Tom & Jerry <3 'x' &bogus;"),
    "hidden": ("a\u200bb\u202ec\u00add", "abcd"),
    "persian joiner stays": ("می\u200cخواهم", "می\u200cخواهم"),
    "emoji": ("wow 😀🎉 great ❤️!", "wow great!"),
    "none": ("The claim is this None", "The claim is this"),
    "none as a word": ("None of this is true", "None of this is true"),
    "lines stay": ("one\r\n\r\n two   three", "one\ntwo three"),
    "mail address": ("write to a@b.org", "write to a@b.org"),
    "repeated": (
        "Finland has a six hour day now. Finland has a six hour day now. Finland has a six hour day now. None",
        "Finland has a six hour day now.",
    ),
    "repeated, last cut short": (
        "Finland has a six hour day now, they say. Finland has a six hour day now, th",
        "Finland has a six hour day now, they say.",
    ),
    "repeated, then more": (
        "Finland has a six hour day now. Finland has a six hour day now. The picture says more.",
        "Finland has a six hour day now. The picture says more.",
    ),
    "short repeats are style": ("ha ha ha ha", "ha ha ha ha"),
}


@pytest.mark.parametrize("name", CASES)
def test_clean(name: str) -> None:
    text, expected = CASES[name]
    assert clean(text).text == expected


TEXTS = st.text() | st.text(st.sampled_from("aB #@_😀\u200b&amp;\n—()None.t.co/x"), max_size=80)


@given(TEXTS)
def test_offsets_lead_back(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.offsets) == len(cleaned.text)
    assert list(cleaned.offsets) == sorted(cleaned.offsets)
    assert all(0 <= offset < len(text) for offset in cleaned.offsets)


@given(st.text(st.sampled_from("abcXY #@_😀\u200b\n"), max_size=80))
def test_letters_come_from_where_they_stand(text: str) -> None:
    cleaned = clean(text)
    for letter, offset in zip(cleaned.text, cleaned.offsets, strict=True):
        assert letter.isspace() or text[offset] == letter


@given(TEXTS)
def test_cleaning_adds_nothing(text: str) -> None:
    if "&" not in text:
        assert len(clean(text).text) <= len(text) + text.count("#") + sum(map(str.isupper, text))


def test_original_span() -> None:
    text = "RT @abc: see #DefundTheCBC &amp; more"
    cleaned = clean(text)
    start = cleaned.text.index("Defund")
    span = cleaned.original(Span(start, start + len("Defund The CBC")))
    assert text[span.start : span.end] == "DefundTheCBC"


def test_an_empty_span_stays_empty() -> None:
    assert clean("abc").original(Span(1, 1)) == Span(1, 1)
    assert clean("").original(Span(0, 0)) == Span(0, 0)


def test_nothing_but_repeats_is_cut_in_reasonable_time() -> None:
    assert clean("a" * 100_000).text
    assert clean("ab " * 40_000).text
    assert clean("RT @a: " * 40_000).text.startswith("RT a:")
    assert clean("&" * 100_000).text
    assert clean("— " * 50_000).text

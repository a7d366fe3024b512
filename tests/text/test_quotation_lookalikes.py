"""Quotations that look like what stands in a source and say something else, and that look unlike it and do not."""

from __future__ import annotations

import pytest

from factdesk.text.quotations import Found, Missing, QuotedText

OTHER = {
    "decimal comma for a point": ("it rose by 5,3 percent", "it rose by 5.3 percent"),
    "decimal comma lost": ("it rose by 5,3 percent", "it rose by 53 percent"),
    "decimal comma at a line's end lost": ("it rose by 5,\n3 percent", "it rose by 5,3 percent"),
    "thousands joined over a line": ("it cost 1,\n000 dollars", "it cost 1,000 dollars"),
    "thousands parted by a line": ("it cost 1,000 dollars", "it cost 1,\n000 dollars"),
    "digits joined over a line": ("it cost 1\n000 dollars", "it cost 1000 dollars"),
    "digits joined over a page": ("it cost 1.\f5 dollars", "it cost 1.5 dollars"),
    "digits joined over a hyphen": ("it cost 10-\n15 dollars", "it cost 1015 dollars"),
    "digits joined over a soft hyphen": ("it cost 10\u00ad\n15 dollars", "it cost 1015 dollars"),
    "thin space in a number lost": ("it cost 1\u2009000 dollars", "it cost 1000 dollars"),
    "middle dot for a point": ("it was 5·3 degrees", "it was 5.3 degrees"),
    "arabic decimal lost": ("it was ٥٫٣ degrees", "it was ٥٣ degrees"),
    "other digits": ("it was ٥٣ degrees", "it was 53 degrees"),
    "full-width minus lost": ("it was －5 degrees", "it was 5 degrees"),
    "small minus lost": ("it was ﹣5 degrees", "it was 5 degrees"),
    "heavy minus lost": ("it was ➖5 degrees", "it was 5 degrees"),
    "raised minus lost": ("about 10⁻⁵ of it", "about 10⁵ of it"),
    "minus at a line's beginning lost": ("it was\n-5 degrees", "it was 5 degrees"),
    "minus before a joiner lost": ("it was −\u20605 degrees", "it was 5 degrees"),
    "sign lost": ("it was ±5 degrees", "it was 5 degrees"),
    "bound lost": ("for <5 percent", "for 5 percent"),
    "per mille": ("it was 5‰ of them", "it was 5% of them"),
    "index": ("an area of 5 m² here", "an area of 5 m2 here"),
    "raised digit joined": ("about x⁵ is so large", "about x5 is so large"),
    "not": ("they did not agree to it", "they did agree to it"),
    "not, in a line of its own": ("they did\nnot\nagree to it", "they did agree to it"),
    "n't": ("they didn't agree to it", "they did agree to it"),
    "not, struck out": ("they did n\u0336o\u0336t\u0336 agree to it", "they did not agree to it"),
    "struck-out relation": ("a =\u0338 b in this case", "a = b in this case"),
    "không": ("họ không đồng ý với điều đó", "họ đồng ý với điều đó"),
    "syllables joined": ("không gian sống của ta", "khônggian sống của ta"),
    "syllables parted": ("khônggian sống của ta", "không gian sống của ta"),
    "syllables parted at a hyphen": ("không-\ngian sống của ta", "không gian sống của ta"),
    "hyphen of a prefix lost": ("they re-sign from it", "they resign from it"),
    "hyphen of a prefix gained": ("they resign from it", "they re-sign from it"),
    "dash at a line's end read as a hyphen": ("it is—\nthey say it", "it isthey say it"),
    "number joined over a hyphen": ("about COVID-\n19 in May", "about COVID19 in May"),
    "apostrophe lost": ("we're here in the town", "were here in the town"),
    "soft hyphen read as a space": ("to\u00adgether in the town", "to gether in the town"),
    "soft hyphen before a space": ("infor\u00ad mation of it", "information of it"),
    "zero-width space read as a space": ("no\u200bwhere in the town", "no where in the town"),
    "ae": ("the encyclopædia of it", "the encyclopaedia of it"),
    "ij": ("the ĳ of them all", "the ij of them all"),
    "ß": ("the Straße is long", "the Strasse is long"),
    "cyrillic": ("the c\u0430t of them all", "the cat of them all"),
    "dotless": ("the sıze of them all", "the size of them all"),
    "mathematical": ("the 𝐍𝐎𝐓 of them all", "the NOT of them all"),
    "roman": ("chapter Ⅳ of the law", "chapter IV of the law"),
    "raised letter": ("ʰello to all of them", "hello to all of them"),
}


@pytest.mark.attack
@pytest.mark.parametrize("case", OTHER)
def test_says_something_else(case: str) -> None:
    text, quotation = OTHER[case]
    assert isinstance(QuotedText(text).find(quotation), Missing)


SAME = {
    "kelvin": ("at 5 \u212a it froze", "at 5 K it froze"),
    "ohm": ("some 5 \u2126 of it", "some 5 Ω of it"),
    "relation in two parts": ("a =\u0338 b in this case", "a ≠ b in this case"),
    "full-width percent": ("it was 5％ of them", "it was 5% of them"),
    "direction marks": ("the value \u200f5-3\u200e is so", "the value 5-3 is so"),
    "byte order mark within a word": ("they can\ufeffnot agree", "they cannot agree"),
    "soft hyphen within a word": ("the infor\u00admation of it", "the information of it"),
    "joiner after a minus": ("it was −\u20605 degrees", "it was -5 degrees"),
    "range at a line's end": ("some 10-\n15 dollars", "some 10-15 dollars"),
}


@pytest.mark.parametrize("case", SAME)
def test_says_the_same(case: str) -> None:
    text, quotation = SAME[case]
    assert isinstance(QuotedText(text).find(quotation), Found)

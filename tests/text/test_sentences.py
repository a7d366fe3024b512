from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.text.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


CASES = {
    "titles": ("Mr. Smith left. Dr. Who came.", ["Mr. Smith left.", "Dr. Who came."]),
    "vietnamese titles": (
        "TP. Hồ Chí Minh có 9 triệu dân. PGS.TS. Nguyễn Văn A nói vậy.",
        ["TP. Hồ Chí Minh có 9 triệu dân.", "PGS.TS. Nguyễn Văn A nói vậy."],
    ),
    "and so on": (
        "Ăn chanh, tỏi, v.v. giúp khỏe. Đúng không?",
        ["Ăn chanh, tỏi, v.v. giúp khỏe.", "Đúng không?"],
    ),
    "decimals": ("It rose 3.5 percent. Then it fell.", ["It rose 3.5 percent.", "Then it fell."]),
    "addresses": ("See https://a.b/c.d?e=f. This is wrong.", ["See https://a.b/c.d?e=f.", "This is wrong."]),
    "quotations": (
        'He said "Stop." Then he left. "Go!" she cried.',
        ['He said "Stop."', "Then he left.", '"Go!" she cried.'],
    ),
    "ellipsis": ("Wait... what? No… really", ["Wait... what?", "No… really"]),
    "chinese": (
        "今日は晴れです。明日は雨でしょう！本当？",
        ["今日は晴れです。", "明日は雨でしょう！", "本当？"],
    ),
    "hindi": ("यह सच है। वह झूठ है।", ["यह सच है।", "वह झूठ है।"]),
    "arabic": ("هل هذا صحيح؟ نعم. لا", ["هل هذا صحيح؟", "نعم.", "لا"]),
    "urdu": ("یہ سچ ہے۔ وہ نہیں۔", ["یہ سچ ہے۔", "وہ نہیں۔"]),
    "emoji": ("Great news 😀 The vaccine is out 🎉🎉 wow", ["Great news 😀", "The vaccine is out 🎉🎉 wow"]),
    "bullets": ("- first point\n- second point", ["- first point", "- second point"]),
    "numbered": ("1. One thing.\n2. Two things.", ["1. One thing.", "2. Two things."]),
    "initials": (
        "J. K. Rowling wrote it. In the U.S. Senate they vote.",
        ["J. K. Rowling wrote it.", "In the U.S. Senate they vote."],
    ),
    "country at the end": (
        "She lives in the U.S. The law is old.",
        ["She lives in the U.S.", "The law is old."],
    ),
    "no capitals": ("toi khong biet. hom qua troi mua", ["toi khong biet.", "hom qua troi mua"]),
    "no space": ("Họ tiêm xong.Sau đó họ về.", ["Họ tiêm xong.", "Sau đó họ về."]),
    "wrapped": (
        "This is a paragraph of an email that was wrapped\nby the program. Then it ends.",
        ["This is a paragraph of an email that was wrapped\nby the program.", "Then it ends."],
    ),
    "german day": ("Am 3. Oktober ist frei. Das gilt.", ["Am 3. Oktober ist frei.", "Das gilt."]),
    "year at the end": ("It began in 2019. The rest is known.", ["It began in 2019.", "The rest is known."]),
    "emoji only": ("😀😀", ["😀😀"]),
    "brackets": ("(He did it.) And then.", ["(He did it.)", "And then."]),
}


@pytest.mark.parametrize("name", CASES)
def test_sentences(name: str) -> None:
    text, expected = CASES[name]
    assert cut(text) == expected


@pytest.mark.parametrize("text", ["", "   ", "\n\t "])
def test_blank_has_none(text: str) -> None:
    assert sentences(text) == ()


TEXTS = st.text(st.sampled_from("aB. \n!?…\"”)1。।؟😀é-\u200b'z")) | st.text()


@given(TEXTS)
def test_spans_are_ordered_and_cover_everything_but_space(text: str) -> None:
    spans = sentences(text)
    position = 0
    for span in spans:
        assert span.start < span.end <= len(text)
        assert not text[position : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        position = span.end
    assert not text[position:].strip()


def test_a_very_long_message_is_cut_in_linear_time() -> None:
    assert len(sentences("Một câu ngắn. " * 20_000)) == 20_000
    assert len(sentences("." * 100_000)) == 1
    assert len(sentences("a" * 100_000)) == 1

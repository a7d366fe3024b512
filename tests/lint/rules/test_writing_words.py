"""FD305 to FD307 and FD309: words of the lists, in the writer's own words alone."""

from __future__ import annotations

import pytest
from tests.lint.drafts import on, words_found

from factdesk.lint.base import Appearance, CitationFact, ClaimFact, Facts
from factdesk.lint.read import read_draft

CLAIM = "Only idiots and fascists drink the disgusting water prior to noon"
FACTS = Facts(
    claims={"c1": ClaimFact("c1", CLAIM, appearances=(Appearance("https://p.example", True, f"{CLAIM}."),))},
    citations={"a1": CitationFact("a1", "refutes", ("only an idiot",))},
)

FOUND = [
    ("FD305", "en", "The page shamelessly shared it.", ["shamelessly"]),
    ("FD305", "en", "A Mind-Blowing, absurd figure.", ["Mind-Blowing", "absurd"]),
    ("FD305", "en", "It is utter\nnonsense.", ["utter\nnonsense"]),
    ("FD305", "vi", "Trang này trắng trợn đăng lại một bài lố bịch.", ["trắng trợn", "lố bịch"]),
    ("FD305", "vi", "Đó là lời **xuyên tạc** thô bỉ.", ["xuyên tạc", "thô bỉ"]),
    ("FD306", "en", "Only an idiot, or a liar, says so.", ["idiot", "liar"]),
    ("FD306", "en", "These fools believed it.", ["fools"]),
    ("FD306", "vi", "Chỉ kẻ ngu dốt và lũ lừa bịp bợm mới nói vậy.", ["kẻ ngu dốt", "lũ lừa bịp bợm"]),
    ("FD306", "vi", "Đồ óc chó!", ["Đồ óc chó"]),
    ("FD306", "vi", "Bọn vô hoc thì khác, bọn vô học.", ["bọn vô học"]),
    ("FD307", "en", "The left-wing loons and the right-wing loons agree.", ["left-wing loons", "right-wing loons"]),
    ("FD307", "en", "The snowflake paper and the gammon press agree.", ["snowflake", "gammon"]),
    ("FD307", "en", "Run by fascists, or by commies.", ["fascists", "commies"]),
    ("FD307", "vi", "Bọn phản động và lũ bò đỏ cãi nhau.", ["Bọn phản động", "lũ bò đỏ"]),
    ("FD307", "vi", "Toàn là dư luận viên.", ["dư luận viên"]),
    ("FD309", "en", "Prior to: myocardial infarction; prior to that, none.", ["Prior to", "myocardial infarction"]),
    ("FD309", "vi", "Ông mất vì tai biến mạch máu não.", ["tai biến mạch máu não"]),
]  # fmt: skip

LEFT = [
    ("FD305", "en", "Rabid dogs and delusional disorder? A rabid dog bites. The shame was great."),
    ("FD305", "en", "Nothing is utter. Nonsense it is not."),
    ("FD305", "vi", "Bệnh hoang tưởng là một chứng bệnh. Con chó sủa."),
    ("FD306", "en", "The trick can fool anyone. Fool's gold is pyrite. On April Fools people joke. Idiotypes exist."),
    ("FD306", "en", "The liar paradox is old. A lunatic asylum stood there."),
    ("FD306", "vi", "Hạt óc chó chứa chất béo. Nước Đại Ngu có từ năm 1400. Cặn bã lắng xuống đáy."),
    ("FD306", "vi", "Tội phản quốc được nêu trong luật."),
    ("FD307", "en", "No two snowflakes are alike. Gammon is ham. The fascist regime fell. Fascist Italy joined."),
    ("FD307", "en", "The left wing of the building burned. A liberal party and a conservative party voted."),
    ("FD307", "vi", "Phản động lực cân bằng với lực. Con bò đỏ gặm cỏ. Phe bảo thủ và phe cấp tiến bỏ phiếu."),
    ("FD309", "en", "A prior. To be sure, he has leverage."),
    ("FD309", "vi", "Ông bị đột quỵ."),
]

ALL = ("FD305", "FD306", "FD307", "FD309")


@pytest.mark.parametrize(("code", "language", "body", "words"), FOUND)
def test_a_word_of_the_list_is_found(code: str, language: str, body: str, words: list[str]) -> None:
    assert words_found(code, body, language) == words


@pytest.mark.parametrize(("code", "language", "body"), LEFT)
def test_another_sense_is_left_alone(code: str, language: str, body: str) -> None:
    assert words_found(code, body, language) == []


@pytest.mark.parametrize("code", ALL)
def test_the_words_of_others_are_left_alone(code: str) -> None:
    assert words_found(code, f"The page wrote: “{CLAIM}!”", facts=FACTS) == []
    assert words_found(code, f"He said: “{CLAIM}, and more”[^cite:a1].", facts=FACTS) == []
    assert words_found(code, f"> {CLAIM}[^cite:a1]", facts=FACTS) == []


@pytest.mark.parametrize("code", ALL)
def test_a_quotation_that_nobody_vouches_for_is_the_writers(code: str) -> None:
    assert words_found(code, "They are “idiots, fascists, disgusting prior to noon”.", facts=FACTS)
    assert words_found(code, f"{CLAIM}.", facts=FACTS)


@pytest.mark.parametrize("both", ["hòa", "hoà"])
def test_the_tone_may_stand_on_either_vowel(both: str) -> None:
    assert words_found("FD305", f"Lời {both} nhã. Đồ vô nhân tính, xảo trá.", "vi") == ["vô nhân tính", "xảo trá"]
    word = {"hòa": "dọa", "hoà": "doạ"}[both]
    assert words_found("FD306", f"Đồ khốn kiếp {word} người.", "vi") == ["Đồ khốn kiếp"]


def test_title_and_summary_are_read_and_what_they_quote_is_not() -> None:
    head = "---\ntitle: {}\nlanguage: en\nsummary: {}\n---\nText.\n"
    assert on("FD306", read_draft(head.format("Idiots believe it", "So do “morons”"))) == ["Idiots"]
    assert on("FD306", read_draft(head.format('"Idiots: all of them"', "“Idiots” he said, idiots"))) == [
        "Idiots",
        "idiots",
    ]


def test_separated_marks_hide_nothing() -> None:
    assert words_found("FD306", "Chỉ kẻ ngu dô\u0301t mới tin.", "vi") == ["kẻ ngu dô\u0301t"]

"""FD311 and FD312: letters that only look right, and where tone marks stand."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lint.drafts import on, words_found

from factdesk.lint.base import CitationFact, Facts
from factdesk.lint.read import read_draft
from factdesk.lint.rules import rule_named
from factdesk.lint.run import mended

FRONT = "---\nlanguage: {}\n---\n"
CITED = Facts(citations={"a1": CitationFact("a1", "refutes", ("hoà",), text="Bệnh viện Hoà An", title="Hoà An")})


def mend(code: str, body: str, language: str = "vi", facts: Facts | None = None) -> str:
    """A body after a rule's fixes."""
    rule = rule_named(code)
    assert rule is not None
    front = FRONT.format(language)
    return mended(front + body, "draft.md", facts or Facts(), [rule])[0].removeprefix(front)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("language", "bad", "good"),
    [
        ("en", f"The {nfd('café')} is open.", "The café is open."),
        ("vi", nfd("Một cốc nước không làm máu loãng đi."), "Một cốc nước không làm máu loãng đi."),
        ("en", "A p\u0430lm and a \u0421at.", "A palm and a Cat."),
        ("en", "The \u039fmega.", "The Omega."),
        ("vi", "Ngọn \u00f0èn và \u00d0ồi thông, \u0189èo cao.", "Ngọn đèn và Đồi thông, Đèo cao."),
        ("en", "zero\u200bwidth and soft\u00adhyphen, joi\u200dner", "zerowidth and softhyphen, joiner"),
    ],
)
def test_what_only_looks_right_is_mended(language: str, bad: str, good: str) -> None:
    assert on("FD311", read_draft(FRONT.format(language) + bad))
    assert mend("FD311", bad, language) == good
    assert on("FD311", read_draft(FRONT.format(language) + good)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Москва is Moscow, Αθήνα is Athens, 5 µm and 3 μm, naïve Łódź."),
        ("en", "Sigurður met Guðrún."),
        ("vi", "Ông Sigurður gặp bà Guðrún ở Đà Nẵng."),
        ("en", "A family \U0001f468\u200d\U0001f469\u200d\U0001f467 and می\u200cخواهم."),
        ("en", "`p\u0430lm` and https://x.example/p\u0430lm"),
        ("en", "Plain."),
    ],
)
def test_other_alphabets_are_left_alone(language: str, text: str) -> None:
    assert on("FD311", read_draft(FRONT.format(language) + text)) == []


@pytest.mark.attack
@pytest.mark.parametrize("turn", ["\u202e", "\u2066", "\u202d"], ids=["override", "isolate", "left to right override"])
def test_turned_text_is_shown_and_not_hidden_by_a_fix(turn: str) -> None:
    body = f"The sum is {turn}0001 dong."
    assert on("FD311", read_draft(FRONT.format("en") + body)) == [turn]
    assert mend("FD311", body, "en") == body


def test_the_title_is_read_as_well() -> None:
    assert on("FD311", read_draft(f"---\ntitle: {nfd('Cà phê')}\nlanguage: vi\n---\nNước.")) == [nfd("Cà phê")]


@given(st.text(alphabet="aăâeêoôơuưy ìíỉĩịnghtcđð\u0300\u0301\u0323\u200b\u0430", max_size=40))
def test_after_mending_nothing_is_left(body: str) -> None:
    once = mend("FD311", f"x {body} x")
    assert on("FD311", read_draft(FRONT.format("vi") + once)) == []


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ("Ánh sáng cuả đèn và tòan bộ ngừơi xem.", "Ánh sáng của đèn và toàn bộ người xem."),
        ("Món quà qúy, cái gíá.", "Món quà quý, cái giá."),
        ("Anh ấy khỏe, nhà hòa thuận, thuỷ thủ.", "Anh ấy khỏe, nhà hòa thuận, thủy thủ."),
        ("Anh ấy khoẻ, nhà hoà thuận, thủy thủ.", "Anh ấy khoẻ, nhà hoà thuận, thuỷ thủ."),
        ("CUẢ và Cuả.", "CỦA và Của."),
        ("Nhà hòa thuận, anh khoẻ.", "Nhà hòa thuận, anh khỏe."),
    ],
)
def test_a_tone_is_put_where_it_belongs(bad: str, good: str) -> None:
    assert mend("FD312", bad) == good
    assert words_found("FD312", good, "vi") == []


@pytest.mark.parametrize(
    "text",
    [
        "Nhà hòa thuận, anh khỏe, thúy, ủy ban, quý giá, quả, quốc gia, gìn giữ, giếng, khuỷu tay, huýt sáo.",
        "Nhà hoà thuận, anh khoẻ, thuý, uỷ ban, quý giá, ngoằn ngoèo, xoáy, loại, hoàn toàn, xoong, thuở, nghĩa.",
        "Ông José ở María, déjà vu, café, Łódź.",
        "Chị Nguyễn Thị Thuý sống hòa thuận, anh khỏe.",
    ],
)
def test_each_way_by_itself_is_right(text: str) -> None:
    assert words_found("FD312", text, "vi") == []


def test_two_tones_that_nobody_can_choose_between_stay() -> None:
    assert words_found("FD312", "Nhà hóàn hảo.", "vi") == ["hóàn"]
    assert mend("FD312", "Nhà hóàn hảo.") == "Nhà hóàn hảo."


def test_quotations_and_names_keep_their_way_and_decide_a_draw() -> None:
    assert words_found("FD312", "Nhà hòa thuận. Trang viết: “nhà hoà thuận”[^cite:a1].", "vi", CITED) == []
    assert words_found("FD312", "Nhà hòa thuận. Đến Hoà An hỏi.[^cite:a1]", "vi", CITED) == []
    body = "Nhà hòa thuận, anh khoẻ. Trang viết: “nhà hoà thuận”[^cite:a1]."
    assert words_found("FD312", body, "vi", CITED) == ["hòa"]


def test_another_language_has_no_tones() -> None:
    assert words_found("FD312", "The word cuả, and hòa or hoà.", "en") == []

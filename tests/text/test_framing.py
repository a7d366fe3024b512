"""Words that deny, doubt or report a statement come out with the statement's place; all else stays as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.text.framing import framed
from factdesk.text.framing_words import patterns

GARLIC, TOI = "garlic cures cancer", "tỏi chữa được ung thư"


def borne(text: str) -> list[tuple[str, str]]:
    found = framed(text)
    return [(one.kind, found.text[one.start : one.end].strip(" .“”").lower()) for one in found.frames]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"There is no evidence that {GARLIC}.", "doubts"),
        (f"There isn’t any evidence that {GARLIC}.", "doubts"),
        (f"Scientists have not shown that {GARLIC}.", "doubts"),
        (f"No evidence has been found that {GARLIC}.", "doubts"),
        (f"There is little evidence to support the claim that {GARLIC}.", "doubts"),
        (f"The evidence that {GARLIC} is lacking.", "doubts"),
        (f"It is not true that {GARLIC}.", "denies"),
        (f"It’s a myth that {GARLIC}.", "denies"),
        (f"The claim that {GARLIC} is false.", "denies"),
        (f"The claim “{GARLIC}” has been debunked by doctors.", "denies"),
        (f"Doctors denied that {GARLIC}.", "denies"),
        (f"A false claim that {GARLIC}.", "denies"),
        (f"Myth: {GARLIC}.", "denies"),
        (f"Rumours spread that {GARLIC}.", "reports"),
        (f"The ministry did not deny that {GARLIC}.", "reports"),
        (f"Không có bằng chứng cho thấy {TOI}.", "doubts"),
        (f"Chưa có bằng chứng khoa học nào cho thấy {TOI}.", "doubts"),
        (f"Không có cơ sở để nói {TOI}.", "doubts"),
        (f"Thông tin {TOI} là không có cơ sở.", "doubts"),
        (f"{TOI} chưa được chứng minh.", "doubts"),
        (f"Không đúng khi nói rằng {TOI}.", "denies"),
        (f"Bộ Y tế bác bỏ thông tin {TOI}.", "denies"),
        (f"Bác sĩ phủ nhận việc {TOI}.", "denies"),
        (f"Tin đồn rằng {TOI} là sai sự thật.", "denies"),
        (f"{TOI}: tin giả", "denies"),
        (f"Có tin đồn rằng {TOI}.", "reports"),
        (f"{TOI} chỉ là đồn đoán.", "reports"),
    ],
)
def test_what_is_said_of_a_statement(text: str, kind: str) -> None:
    assert borne(text) == [(kind, TOI if TOI in text else GARLIC)]


def test_what_stands_within_a_statement_is_taken_out_of_it() -> None:
    assert borne("Garlic has not been shown to cure cancer.") == [("doubts", "garlic cure cancer")]
    assert borne("Tỏi chưa được chứng minh là chữa được ung thư.") == [("doubts", TOI)]


@pytest.mark.parametrize(
    "text",
    [
        f"It is not a myth that {GARLIC}.",
        f"No one can deny that {GARLIC}.",
        f"It is not true that it is a myth that {GARLIC}.",
        f"Không thể phủ nhận rằng {TOI}.",
    ],
)
def test_two_denials_leave_the_statement(text: str) -> None:
    found = framed(text)
    assert found.frames == ()
    assert found.text.strip(" .") == (TOI if TOI in text else GARLIC)


@pytest.mark.parametrize(
    "text",
    [
        "Garlic does not cure cancer.",
        "The court rejected the appeal.",
        "Tòa án bác đơn của ông.",
        "The evidence was shown to the jury.",
        "Thông tin được đăng trên cổng của bộ.",
        "Lời than phiền không nhắc đến tên diễn giả.",
        "The author claims that the map is old.",
        "It is not true that",
        "",
        " … ",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert (framed(text).text, framed(text).frames) == (text, ())


def test_a_denial_ends_where_the_sentence_turns() -> None:
    assert borne("It is not true that garlic cures cancer, but it tastes good.") == [("denies", GARLIC)]


def test_only_what_stands_behind_is_denied_and_the_rest_is_kept() -> None:
    text = "The ministry, founded in 1945, denied reports that fuel is short. Prices rose."
    assert borne(text) == [("denies", "fuel is short")]
    assert framed(text).text == "The ministry, founded in 1945, fuel is short. Prices rose."


def test_a_sentence_of_its_own_points_back() -> None:
    assert borne("Some say garlic cures cancer. This is false.") == [("denies", "some say garlic cures cancer")]
    assert borne("Tỏi chữa được ung thư. Thông tin này chưa được kiểm chứng.") == [("doubts", TOI)]


def test_whether_the_whole_text_is_about_that() -> None:
    assert framed(f"It is false that {GARLIC}.").frames[0].plainly
    assert not framed(f"The doctors denied that {GARLIC}.").frames[0].plainly


WORDS = [
    "no evidence that",
    "is false",
    "the claim that",
    "phủ nhận việc",
    "là tin đồn",
    "This is false.",
    "but",
    "x.",
    "…",
]


@given(st.lists(st.sampled_from([*WORDS, "tỏi", "garlic", "\n", "; "]), max_size=12).map(" ".join))
def test_places_lie_in_the_text_that_is_left(text: str) -> None:
    found = framed(text)
    assert all(0 <= one.start <= one.end <= len(found.text) for one in found.frames)
    assert len(found.text) <= len(text)


def test_every_pattern_is_read() -> None:
    assert {where for _, where, _ in patterns()} == {"before", "within", "opens", "closes", "ends", "points"}

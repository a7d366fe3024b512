from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.encode.base import Vectors
from factdesk.queries import inbox_groups
from factdesk.queries.inbox_groups import MEASURED, Bars, Message, differ, grouped
from factdesk.queries.inbox_words import joined

BARS = Bars(0.8, 0.5)


def turned(*degrees: float) -> Vectors:
    """Unit vectors in a plane, at these angles."""
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def said(count: int, language: str = "en") -> list[Message]:
    """Messages whose words contradict nothing."""
    return [Message("snails sleep", language) for _ in range(count)]


def test_a_message_joins_the_first_one_that_is_near_and_not_its_neighbour() -> None:
    # 30° apart are near (0.87), 60° are not: the third is near the second alone.
    assert grouped(said(3), turned(0, 30, 60), BARS) == [0, 0, 2]


def test_of_several_it_joins_the_nearest() -> None:
    assert grouped(said(3), turned(0, 50, 30), BARS) == [0, 1, 1]


def test_of_two_equally_near_it_joins_the_older() -> None:
    assert grouped(said(3), turned(0, 60, 30), Bars(0.86, 0.5)) == [0, 1, 0]


def test_two_languages_need_less_and_an_unknown_one_does_not() -> None:
    vectors = turned(0, 50)
    for other, found in (("vi", [0, 0]), ("en", [0, 1]), ("", [0, 1])):
        assert grouped([Message("snails", "en"), Message("ốc sên", other)], vectors, BARS) == found


def test_a_contradiction_keeps_them_apart_however_near() -> None:
    messages = [Message(text, "en") for text in ("5 died in the flood", "50 died in the flood", "5 died in the flood")]
    assert grouped(messages, turned(0, 1, 2), BARS) == [0, 1, 0]


def test_what_has_no_vector_is_near_nothing() -> None:
    assert grouped(said(3), np.zeros((3, 2), np.float32), BARS) == [0, 1, 2]


def test_no_messages_are_no_groups() -> None:
    assert grouped([], np.zeros((0, 2), np.float32)) == []


@given(st.lists(st.tuples(st.floats(0, 360), st.sampled_from(["en", "vi", ""])), max_size=30), st.integers(1, 7))
def test_every_message_is_held_to_the_first_of_its_group(drawn: list[tuple[float, str]], block: int) -> None:
    vectors = turned(*(angle for angle, _ in drawn)) if drawn else np.zeros((0, 2), np.float32)
    messages = [Message("snails sleep", language) for _, language in drawn]
    whole = grouped(messages, vectors, BARS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inbox_groups, "BLOCK", block)
        assert grouped(messages, vectors, BARS) == whole
    for place, owner in enumerate(whole):
        assert owner <= place
        assert whole[owner] == owner
        cosine = float(vectors[place] @ vectors[owner])
        assert owner == place or cosine >= BARS.between(messages[owner], messages[place]) - 1e-6
    # A new message moves no old one.
    for kept in range(len(drawn)):
        assert grouped(messages[:kept], vectors[:kept], BARS) == whole[:kept]


@pytest.mark.parametrize(
    ("one", "other", "language", "apart"),
    [
        ("The fine is 500 dollars", "The fine is 5,000 dollars", "en", True),
        ("Mức phạt là 2 triệu đồng", "Mức phạt là 20 triệu đồng", "vi", True),
        ("Vaccines cause fever", "Vaccines do not cause fever", "en", True),
        ("Ăn tỏi chữa được cúm", "Ăn tỏi không chữa được cúm", "vi", True),
        ("All banks close on Friday", "Some banks close on Friday", "en", True),
        ("The fine is 500 dollars", "A fine of $500", "en", False),
        ("The fine is 500 dollars", "They will fine you", "en", False),
    ],
)
def test_short_messages_that_contradict_each_other(one: str, other: str, language: str, apart: bool) -> None:
    assert differ(Message(one, language), Message(other, language)) is apart
    assert differ(Message(other, language), Message(one, language)) is apart


def test_one_number_of_a_long_message_makes_no_other_message() -> None:
    long = "The fine for parking here is 500 dollars, and this is what people say about it. " * 4
    assert not differ(Message(long, "en"), Message(long.replace("500", "600"), "en"))


NOTHING = np.zeros((1, 2), np.float32)


def unread(*texts: str) -> list[int]:
    """The groups of a message that the encoder reads, the first, and of others that it does not."""
    messages = [Message(text, "vi") for text in texts]
    vectors = np.concatenate([turned(0), *[NOTHING for _ in texts[1:]]])
    return joined(messages, vectors, grouped(messages, vectors, MEASURED))


def test_vietnamese_without_marks_joins_what_is_nearly_the_same_words() -> None:
    first = "Sét không bao giờ đánh hai lần cùng một chỗ"
    assert unread(first, "set khong bao gio danh 2 lan cung mot cho!!", "Set khong danh trung xe hoi bao gio") == [
        0,
        0,
        2,
    ]


def test_and_each_other() -> None:
    assert unread("Ốc sên ngủ ba năm", "cau se dong tu thu hai", "tin noi cau se dong tu thu hai") == [0, 1, 1]


def test_but_not_where_a_number_differs() -> None:
    assert unread("Phạt 500 nghìn nếu không đội mũ", "phat 900 nghin neu khong doi mu") == [0, 1]


def test_messages_without_words_stay_alone() -> None:
    assert unread("Ốc sên ngủ ba năm", "", "") == [0, 1, 2]

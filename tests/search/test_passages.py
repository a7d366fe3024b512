"""What the index of evidence holds of a capture, and that nothing need be encoded twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.captures import Capture
from factdesk.domain.documents import About, Extractor
from factdesk.encode.base import Vectors
from factdesk.search.passages import (
    BETWEEN,
    LONGEST_TITLE,
    PLACES,
    above,
    capture_of,
    encode_passages,
    language_of,
    passage_key,
    passage_text,
    passage_texts,
    rows_apart,
    title_text,
)
from factdesk.store.captures import Slice
from factdesk.store.vectors import unpacked


@given(st.integers(1, 2**40), st.integers(0, PLACES - 1))
def test_a_key_tells_capture_and_place(capture: int, place: int) -> None:
    assert capture_of(passage_key(capture, place)) == (capture, place)


def test_title_and_heading_stand_over_a_passage_unless_it_begins_with_them() -> None:
    assert above("A title", "Part one", "Text.") == "A title – Part one"
    assert above("A title", "Part one", "Part one\nText.") == "A title"
    assert above("Trà xanh", "TRA XANH", "Text.") == "Trà xanh"
    assert above("", "", "Text.") == ""


def test_what_stands_over_a_passage_is_one_short_line() -> None:
    assert above("two\nlines", "", "Text.") == "two lines"
    assert len(above("x" * 900, "", "Text.")) == LONGEST_TITLE


def test_the_texts_of_a_capture_are_its_passages_and_its_title() -> None:
    text = "One is here.\nTwo is there."
    slices = [Slice(0, 12), Slice(13, 26, heading="Three")]
    assert passage_texts("Title", text, slices) == [
        f"Title{BETWEEN}One is here.",
        passage_text("Title", text, slices[1]),
        "Title",
    ]
    assert passage_text("Title", text, slices[1]) == f"Title – Three{BETWEEN}Two is there."
    assert passage_texts("", text, slices[:1]) == ["One is here."]
    assert passage_texts("Title", "", []) == []


class Lengths:
    """An encoder whose vector of a text holds its length."""

    name, dimension = "lengths", 4

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.array([[len(text), 0, 0, 0] for text in texts], np.float32).reshape(-1, 4)


def test_rows_are_kept_packed_and_come_apart_again() -> None:
    both, alone = encode_passages(Lengths(), [f"Over{BETWEEN}First{BETWEEN}And more", "Title"])
    rows = unpacked(both, 4)
    found = rows_apart(rows, over=True, pieces=2)
    assert found.whole[:, 0].tolist() == [len("Over First And more")]
    assert found.inner[:, 0].tolist() == [4, 5, 8]
    assert found.pieces[:, 0].tolist() == [5, 8]
    assert unpacked(alone, 4)[:, 0].tolist() == [5]


def test_a_passage_of_one_piece_has_one_row_for_both() -> None:
    rows = np.ones((1, 4), np.float32)
    assert rows_apart(rows, over=False, pieces=1).pieces.shape == (1, 4)
    assert rows_apart(rows[:0], over=True, pieces=3).whole.shape == (0, 4)


def test_a_text_cannot_forge_pieces() -> None:
    text = f"One{BETWEEN}is here."
    assert BETWEEN not in passage_text("", text, Slice(0, len(text)))
    assert BETWEEN not in title_text(f"A{BETWEEN}title")


def capture(language: str) -> Capture:
    time = datetime(2026, 1, 2, tzinfo=UTC)
    about = About(language=language)
    return Capture("text", "", 0, "text/plain", "", Extractor("plain", "1"), time, about=about)


def test_a_language_is_what_the_source_says_else_what_it_looks_like() -> None:
    vietnamese = "Trà xanh chứa ít caffein hơn cà phê, nhiều người uống vào buổi sáng."
    assert language_of(capture("vi-VN"), "English text") == "vi"
    assert language_of(capture("EN_us"), vietnamese) == "en"
    assert language_of(capture(""), vietnamese) == "vi"

"""What the index of evidence holds of a capture, and that nothing need be encoded twice."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.captures import Capture
from factdesk.domain.documents import About, Extractor
from factdesk.search.passages import (
    LONGEST_TITLE,
    PLACES,
    above,
    capture_of,
    language_of,
    passage_key,
    passage_text,
    passage_texts,
)
from factdesk.store.captures import Slice


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
    slices = [Slice(0, 12), Slice(13, 26, heading="Two")]
    assert passage_texts("Title", text, slices) == [
        "Title\nOne is here.",
        passage_text("Title", "Two", "Two is there."),
        "Title",
    ]
    assert passage_texts("", text, slices[:1]) == ["One is here."]
    assert passage_texts("Title", "", []) == []


def capture(language: str) -> Capture:
    time = datetime(2026, 1, 2, tzinfo=UTC)
    about = About(language=language)
    return Capture("text", "", 0, "text/plain", "", Extractor("plain", "1"), time, about=about)


def test_a_language_is_what_the_source_says_else_what_it_looks_like() -> None:
    vietnamese = "Trà xanh chứa ít caffein hơn cà phê, nhiều người uống vào buổi sáng."
    assert language_of(capture("vi-VN"), "English text") == "vi"
    assert language_of(capture("EN_us"), vietnamese) == "en"
    assert language_of(capture(""), vietnamese) == "vi"

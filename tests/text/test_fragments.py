"""Links to a sentence of a page."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from factdesk.domain.citations import Piece
from factdesk.text.fragments import fragment_link

PAGE = "https://news.example/a?b=1"


def piece(exact: str, prefix: str = "", suffix: str = "") -> Piece:
    return Piece(exact, prefix, suffix, len(prefix), len(prefix) + len(exact))


def test_a_short_quotation_stands_whole() -> None:
    assert fragment_link(PAGE, [piece("prices fell")]) == PAGE + "#:~:text=prices%20fell"


def test_signs_that_mean_something_between_terms_are_encoded() -> None:
    link = fragment_link(PAGE, [piece("well-known, R&D #1 50%")])
    assert link == PAGE + "#:~:text=well%2Dknown%2C%20R%26D%20%231%2050%25"


def test_vietnamese_is_encoded_as_utf_8() -> None:
    link = fragment_link(PAGE, [piece("tỷ lệ thất nghiệp")])
    assert link.isascii()
    assert unquote(link).endswith("#:~:text=tỷ lệ thất nghiệp")


def test_a_long_quotation_is_named_by_whole_words_of_its_ends() -> None:
    text = " ".join(f"word{number}" for number in range(60))
    link = fragment_link(PAGE, [piece(text)])
    assert (
        unquote(link).split("text=")[1]
        == "word0 word1 word2 word3 word4 word5,word54 word55 word56 word57 word58 word59"
    )


def test_a_quotation_over_two_blocks_is_named_by_what_is_within_one() -> None:
    link = fragment_link(PAGE, [piece("A heading\nand its first sentence goes on")])
    assert unquote(link).split("text=")[1] == "A heading,first sentence goes on"


def test_surroundings_are_named_only_when_they_are_needed() -> None:
    twice = piece("prices fell", prefix="ut short of it: in spring last year ", suffix=" again, and by much more tha")
    assert fragment_link(PAGE, [twice]).endswith("text=prices%20fell")
    told = fragment_link(PAGE, [twice], unique=False)
    assert told.endswith("text=in%20spring%20last%20year-,prices%20fell,-again%2C%20and%20by%20much")


def test_surroundings_end_where_their_line_ends() -> None:
    told = fragment_link(PAGE, [piece("prices fell", "Heading\n", "\nNext")], unique=False)
    assert told.endswith("text=prices%20fell")


def test_words_cut_off_by_the_length_of_the_surroundings_are_left_out() -> None:
    told = fragment_link(PAGE, [piece("prices", "xyz in ", " rose mor")], unique=False)
    assert told.endswith("text=in-,prices,-rose")


def test_each_piece_has_a_directive() -> None:
    link = fragment_link(PAGE, [piece("one thing"), piece("another")])
    assert link == PAGE + "#:~:text=one%20thing&text=another"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (PAGE + "#part", PAGE + "#part:~:text=x"),
        (PAGE + "#:~:text=old", PAGE + "#:~:text=x"),
        (PAGE + "#part:~:text=old&text=older", PAGE + "#part:~:text=x"),
        ("HTTP://news.example/", "HTTP://news.example/#:~:text=x"),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("report.pdf", ""),
        ("", ""),
    ],
)
def test_the_address(url: str, link: str) -> None:
    assert fragment_link(url, [piece("x")]) == link


@pytest.mark.parametrize("exact", ["\u00ad\u200b", "\ud800", " \n "])
def test_nothing_to_show_is_no_link(exact: str) -> None:
    assert fragment_link(PAGE, [piece(exact)]) == ""


def test_what_is_invisible_is_left_out() -> None:
    assert fragment_link(PAGE, [piece("in\u00adfla\u200btion\ud800")]) == PAGE + "#:~:text=inflation"

"""Plain text stays as it is."""

from __future__ import annotations

import pytest
from tests.text.legacy_samples import VIETNAMESE, tcvn3

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.plain import extract
from factdesk.errors import ExtractError, LimitError

NONE = Hint()


def test_blank_lines_part_blocks_and_stay() -> None:
    found = extract("Một\nhai\n\n\n ba \n".encode(), NONE, Limits()).document
    assert found.text == "Một\nhai\n\n\n ba \n"
    assert [found.text[block.start : block.end] for block in found.blocks] == ["Một\nhai", " ba "]


def test_form_feeds_are_pages() -> None:
    found = extract(b"one\n\ntwo\f\fthree", NONE, Limits()).document
    assert [(found.text[block.start : block.end], block.page) for block in found.blocks] == [
        ("one", 1),
        ("two", 1),
        ("three", 3),
    ]
    assert "\f" not in found.text


def test_line_ends_are_made_lf_and_it_is_said() -> None:
    found = extract(b"a\r\nb\r\rc", NONE, Limits())
    assert found.document.text == "a\nb\n\nc"
    assert [remark.feature for remark in found.remarks] == ["line-ends"]


def test_source_form_of_letters_is_kept() -> None:
    apart = "Vie\u0323\u0302t"
    assert extract(apart.encode(), NONE, Limits()).document.text == apart


def test_old_encodings_are_converted_and_said() -> None:
    found = extract(tcvn3(VIETNAMESE), NONE, Limits())
    assert (found.document.text, found.charset) == (VIETNAMESE, "tcvn3")
    assert "tcvn3" in str(found.remarks[0])
    again = extract(tcvn3(VIETNAMESE), Hint(charset="tcvn3"), Limits())
    assert again.document == found.document
    assert not again.remarks


def test_a_recorded_charset_is_obeyed() -> None:
    assert extract("é".encode(), Hint(charset="windows-1252"), Limits()).document.text == "Ã©"
    with pytest.raises(ExtractError, match="rot13"):
        extract(b"x", Hint(charset="rot13"), Limits())


@pytest.mark.attack
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"a\0b\x1b[2J\x7f", id="control-characters"),
        pytest.param(b"\xef\xbb\xbf" * 3 + b"a", id="many-marks"),
        pytest.param(b" " * 2_000_000 + b"a", id="blank-line-without-end"),
        pytest.param(b"\f" * 300_000 + b"a", id="many-pages"),
        pytest.param(b"\r" * 300_000 + b"a", id="many-line-ends"),
    ],
)
def test_odd_bytes_are_text_that_can_be_shown(data: bytes) -> None:
    text = extract(data, NONE, Limits()).document.text
    assert "a" in text
    assert not set(text) & {"\0", "\x1b", "\x7f", "\r", "\f"}


@pytest.mark.attack
@pytest.mark.parametrize("limits", [Limits(characters=99), Limits(blocks=49)], ids=["many-characters", "many-blocks"])
def test_too_much_text(limits: Limits) -> None:
    with pytest.raises(LimitError, match=r"^x: "):
        extract(b"a\n\n" * 50, Hint(name="x"), limits)

"""DOCX and ODT as LibreOffice writes them."""

from __future__ import annotations

import pytest
from tests.capture.extract import made

from factdesk.capture.extract import docx, odt
from factdesk.capture.extract.base import Hint, Limits
from factdesk.domain.documents import Extracted
from factdesk.errors import LimitError

KINDS = ("docx", "odt")
READERS = {"docx": docx.extract, "odt": odt.extract}


def read(kind: str, **limits: int) -> Extracted:
    return READERS[kind](made.office(kind), Hint(name=f"a.{kind}"), Limits(**limits))


def blocks(found: Extracted, kind: str) -> list[str]:
    text = found.document.text
    return [text[block.start : block.end] for block in found.document.blocks if block.kind == kind]


@pytest.mark.parametrize("kind", KINDS)
def test_paragraphs_are_as_they_were_written(kind: str) -> None:
    assert blocks(read(kind), "paragraph")[: len(made.BODY)] == list(made.BODY)


@pytest.mark.parametrize("kind", KINDS)
def test_parts_are_known_for_what_they_are(kind: str) -> None:
    found = read(kind)
    assert blocks(found, "heading") == list(made.HEADINGS)
    assert blocks(found, "item") == list(made.ITEMS)
    assert blocks(found, "cell") == [cell for row in made.CELLS for cell in row]
    assert [text.strip() for text in blocks(found, "note")] == [made.NOTE]
    assert blocks(found, "furniture")[0] == made.HEADER
    kinds = [block.kind for block in found.document.blocks]
    assert kinds == sorted(kinds, key=lambda each: {"note": 1, "furniture": 2}.get(each, 0))
    assert {block.level for block in found.document.blocks if block.kind == "heading"} == {1}
    assert {block.page for block in found.document.blocks} == {0}


@pytest.mark.parametrize("kind", KINDS)
def test_tabs_spaces_and_line_breaks(kind: str) -> None:
    assert "Before\ta tab,   three spaces\nand a line." in read(kind).document.text


@pytest.mark.parametrize("kind", KINDS)
def test_deleted_and_hidden_text_is_left_out_with_a_remark(kind: str) -> None:
    found = read(kind)
    assert "bị xóa đi" not in found.document.text
    assert "chữ ẩn đi" not in found.document.text
    assert [remark.feature for remark in found.remarks] == ["changes", "hidden"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_it_says_of_itself(kind: str) -> None:
    about = read(kind).about
    assert (about.title, about.author, about.published, about.language) == (
        "Báo cáo tháng 6",
        "Nguyễn Thị Thống Kê",
        # When its file was made is not when it was published.
        "",
        "vi",
    )
    bare = READERS[kind](made.office(kind), Hint(about=False), Limits())
    assert bare.about.title == ""
    assert bare.document == read(kind).document


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("limits", [{"characters": 500}, {"blocks": 3}, {"unpacked_bytes": 2000}, {"seconds": 0}])
def test_limits_are_held(kind: str, limits: dict[str, int]) -> None:
    with pytest.raises(LimitError):
        read(kind, **limits)

"""PDFs as LibreOffice, Chromium and pdfTeX write them: every word, in reading order, and nothing in between."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from tests.capture.extract import made

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.pdf import extract, ranges
from factdesk.domain.documents import Extracted
from factdesk.errors import LimitError

MAKERS: dict[str, Callable[[], bytes]] = {
    "libreoffice": partial(made.office, "pdf"),
    "chromium": made.chromium_pdf,
    "pdftex, one column": partial(made.tex_pdf, 1),
    "pdftex, two columns": partial(made.tex_pdf, 2),
}


def read(data: bytes, **limits: int) -> Extracted:
    return extract(data, Hint(name="a.pdf"), Limits(**limits))


def said(found: Extracted, *kinds: str) -> list[str]:
    """The blocks of some kinds, as their words."""
    text = found.document.text
    return [made.words(text[block.start : block.end]) for block in found.document.blocks if block.kind in kinds]


@pytest.mark.parametrize("maker", MAKERS)
def test_every_paragraph_is_there_word_for_word(maker: str) -> None:
    text = made.words(read(MAKERS[maker]()).document.text)
    text = text.replace("floods1; the", "floods; the").replace("CPI1 tăng", "CPI tăng")
    missing = [paragraph for paragraph in made.BODY if made.words(paragraph) not in text]
    assert missing == []
    places = [text.index(made.words(paragraph)) for paragraph in made.BODY]
    assert places == sorted(places)


@pytest.mark.parametrize("maker", MAKERS)
def test_blocks_are_in_order_and_say_where(maker: str) -> None:
    found = read(MAKERS[maker]()).document
    assert all(block.page >= 1 and block.box is not None and not block.ocr for block in found.blocks)
    assert all(
        a.end + 1 == b.start and found.text[a.end] == "\n" for a, b in zip(found.blocks, found.blocks[1:], strict=False)
    )
    assert found.blocks[0].start == 0
    assert found.blocks[-1].end == len(found.text)
    body = [block.page for block in found.blocks if block.kind not in ("note", "furniture")]
    assert body == sorted(body)
    assert body[-1] >= 2


@pytest.mark.parametrize("maker", MAKERS)
def test_boxes_go_down_the_page(maker: str) -> None:
    found = read(MAKERS[maker]()).document
    first = [block.box for block in found.blocks if block.page == 1 and block.kind == "paragraph"][:3]
    tops = [box[1] for box in first if box]
    assert tops == sorted(tops)
    assert all(0 <= side <= 1 for box in first if box for side in box)


@pytest.mark.parametrize("maker", MAKERS)
def test_the_first_heading_is_one(maker: str) -> None:
    first = read(MAKERS[maker]()).document.blocks[0]
    assert (first.kind, first.level) == ("heading", 1)


def test_paragraphs_are_blocks() -> None:
    paragraphs = said(read(made.chromium_pdf()), "paragraph")
    assert made.words(made.VIETNAMESE[1]) in paragraphs
    assert made.words(made.ENGLISH[1]) in paragraphs


@pytest.mark.parametrize("maker", ["chromium", "libreoffice"])
def test_items_and_rows_are_blocks(maker: str) -> None:
    blocks = [text.lstrip("•").strip() for text in said(read(MAKERS[maker]()), "paragraph", "item")]
    assert set(made.ITEMS) <= set(blocks)
    assert "2022 3,15%" in blocks


def test_running_heads_and_page_numbers_go_to_the_end() -> None:
    found = read(made.office("pdf"))
    furniture = said(found, "furniture")
    assert furniture.count(made.HEADER) == max(block.page for block in found.document.blocks)
    assert "Trang 2" in furniture
    body = said(found, "heading", "paragraph", "item")
    assert not any(made.HEADER in text or "Trang" in text for text in body)


@pytest.mark.parametrize("columns", [1, 2])
def test_footnotes_come_after_the_body(columns: int) -> None:
    found = read(made.tex_pdf(columns))
    assert said(found, "note") == [f"1{made.NOTE}"]
    kinds = [block.kind for block in found.document.blocks]
    assert kinds[-3:] == ["note", "furniture", "furniture"] or kinds.index("note") > kinds.index("paragraph")
    assert kinds == sorted(kinds, key=lambda kind: {"note": 1, "furniture": 2}.get(kind, 0))


def test_lines_are_kept_and_hyphens_stand_at_their_ends() -> None:
    text = read(made.tex_pdf(2)).document.text
    assert "enumer-\nation" in text
    assert not any(mark in text for mark in "\ufffe\x02\r\0")


def test_letters_beyond_the_basic_plane_are_whole() -> None:
    text = read(made.chromium_pdf()).document.text
    assert "Một mặt cười 😀 và chữ 𝐀 ở cuối." in text


def test_what_it_says_of_itself() -> None:
    found = read(made.office("pdf"))
    assert (found.about.title, found.about.author) == ("Báo cáo tháng 6", "Nguyễn Thị Thống Kê")
    assert found.about.language.startswith("vi")
    # When its file was made is not when it was published.
    assert read(made.tex_pdf(1)).about.published == ""
    bare = extract(made.office("pdf"), Hint(about=False), Limits())
    assert bare.about.title == ""
    assert bare.document == found.document


def test_the_same_bytes_give_the_same() -> None:
    data = made.chromium_pdf()
    assert read(data) == read(data)
    assert read(data).extractor.name == "pdf"
    assert "pdfium-" in read(data).extractor.version


@pytest.mark.parametrize("limits", [{"pages": 1}, {"characters": 1000}, {"blocks": 3}, {"seconds": 0}])
def test_limits_are_held(limits: dict[str, int]) -> None:
    with pytest.raises(LimitError):
        read(made.chromium_pdf(), **limits)


def test_pages_are_named_as_people_do() -> None:
    assert ranges([1, 3, 4, 5, 7]) == "1, 3-5, 7"
    assert ranges([]) == ""

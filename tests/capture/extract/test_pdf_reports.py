"""Reports as LibreOffice and pdfTeX print them: sentences go on over pages and columns, signs are what is seen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.capture.extract import made, made_reports

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.pdf import extract
from factdesk.domain.documents import Document


def read(data: bytes) -> Document:
    return extract(data, Hint(name="a.pdf"), Limits()).document


def said(found: Document, *kinds: str) -> list[str]:
    return [made.words(found.text[block.start : block.end]) for block in found.blocks if block.kind in kinds]


@pytest.mark.parametrize("columns", [1, 2])
def test_a_head_over_two_lines_and_a_foot_stand_in_no_sentence(columns: int) -> None:
    found = read(made_reports.office(columns))
    text = made.words(found.text)
    body = [*made_reports.PARAGRAPHS, *made_reports.ITEMS]
    assert [one for one, next_ in pairwise(body) if f"{one} {next_}" not in text] == []
    pages = max(block.page for block in found.blocks)
    assert pages >= 3
    assert said(found, "heading") == [made_reports.TITLE]
    furniture = " ".join(said(found, "furniture"))
    assert furniture.count(made_reports.TITLE) == pages
    assert [number for number in range(1, pages + 1) if f"Page {number}" not in furniture] == []
    assert text.count("Page ") == pages


def test_signs_of_another_font_stand_where_they_are_seen() -> None:
    assert made_reports.SIGNS in made.words(read(made_reports.office(1)).text)


def test_bullets_are_no_part_of_items() -> None:
    for found in (read(made_reports.office(1)), read(made_reports.tex("dots, European"))):
        assert said(found, "item") == list(made_reports.ITEMS)


@pytest.mark.parametrize("beginning", made_reports.TEX)
def test_letters_of_tex_are_what_is_seen(beginning: str) -> None:
    text = made.words(read(made_reports.tex(beginning)).text)
    assert text.startswith(made_reports.TEX_TEXT)

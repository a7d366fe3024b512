"""The frozen text of a source, what is quoted of it marked, and no more of it than is needed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.hostile_site import SOURCE, site_of

from factdesk.domain.documents import Block
from factdesk.publish.source_page import Paragraph, paragraphs, parts_of
from factdesk.queries.site_evidence import SourceText, anchor
from factdesk.queries.site_model import SiteMark, SiteSource


def source(*marks: SiteMark) -> SiteSource:
    from dataclasses import replace

    return replace(site_of("x").sources[SOURCE], marks=marks)


def mark(start: int, end: int, citation: str = "a") -> SiteMark:
    return SiteMark(start, end, citation)


def shown(found: Sequence[Paragraph]) -> list[str]:
    """Each paragraph, what is quoted in brackets with its places before it."""
    return [
        "".join(f"{''.join(part.ids)}[{part.text}]" if part.quoted else part.text for part in each.parts)
        for each in found
    ]


def test_a_quotation_is_marked_where_it_stands() -> None:
    text = SourceText("One two three.\nFour five.", (Block(0, 14), Block(15, 25)))
    found, after = paragraphs(source(mark(4, 7)), text)
    assert shown(found) == [f"One {anchor('a')}[two] three.", "Four five."]
    assert after == 0


def test_over_two_paragraphs_its_place_is_the_first() -> None:
    text = SourceText("One two.\nThree four.", (Block(0, 8), Block(9, 20)))
    found, _ = paragraphs(source(mark(4, 14)), text)
    assert shown(found) == [f"One {anchor('a')}[two.]", "[Three] four."]


def test_quotations_that_overlap_each_have_their_place() -> None:
    text = SourceText("abcdefgh", (Block(0, 8),))
    found, _ = paragraphs(source(mark(0, 4), mark(2, 6, "b")), text)
    assert shown(found) == [f"{anchor('a')}[ab]{anchor('b')}[cd][ef]gh"]


def test_furniture_is_shown_only_where_it_is_quoted() -> None:
    blocks = (Block(0, 4), Block(5, 9, "furniture", main=False), Block(10, 14, "furniture", main=False))
    found, after = paragraphs(source(mark(5, 9)), SourceText("text menu foot", blocks))
    assert [each.left_out for each in found] == [0, 0]
    assert (len(found), after) == (2, 1)


def test_of_a_long_text_what_stands_around_is_shown() -> None:
    texts = [f"paragraph {number} ".ljust(500, "x") for number in range(60)]
    blocks = tuple(Block(number * 501, number * 501 + 500) for number in range(60))
    found, after = paragraphs(source(mark(30 * 501, 30 * 501 + 9)), SourceText("\n".join(texts), blocks))
    assert [shown([each])[0][:12].split()[1] for each in found if "[" not in shown([each])[0]] == [
        *("0", "1", "28", "29", "31", "32")
    ]
    assert [each.left_out for each in found] == [0, 0, 26, 0, 0, 0, 0]
    assert after == 27


def test_a_paragraph_without_end_is_cut_but_not_its_quotation() -> None:
    text = "y" * 50_000 + "QUOTED" + "z" * 50_000
    found, _ = paragraphs(source(mark(50_000, 50_006)), SourceText(text, (Block(0, len(text)),)))
    (line,) = shown(found)
    assert len(line) < 6_000
    assert f"y{anchor('a')}[QUOTED]z" in line


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_nothing_is_lost_and_every_quotation_has_one_place(spans: list[tuple[int, int]]) -> None:
    text = "".join(chr(97 + number % 26) for number in range(40))
    marks = [mark(min(pair), max(pair), str(number)) for number, pair in enumerate(spans) if pair[0] != pair[1]]
    seen: set[str] = set()
    parts = [part for block in (Block(0, 17), Block(17, 40)) for part in parts_of(text, block, marks, seen)]
    assert "".join(part.text for part in parts) == text
    assert sorted(own for part in parts for own in part.ids) == sorted(anchor(each.citation) for each in marks)
    for each in marks:
        quoted = set(range(each.start, each.end))
        places, start = set[int](), 0
        for part in parts:
            if part.quoted:
                places |= set(range(start, start + len(part.text)))
            start += len(part.text)
        assert quoted <= places


@pytest.mark.parametrize("kind", ["heading", "item", "quote"])
def test_a_heading_is_one(kind: str) -> None:
    found, _ = paragraphs(source(), SourceText("Title", (Block(0, 5, kind),)))  # type: ignore[arg-type]
    assert found[0].kind == kind

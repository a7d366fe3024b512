from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.domain.documents import Block, BlockKind, Document
from factdesk.domain.matches import Span
from factdesk.text.passages import (
    LEAST_PIECE,
    LONGEST_HEADING,
    MOST,
    MOST_PIECES,
    Passage,
    passages,
    piece_spans,
    sentence_spans,
)

KINDS: list[BlockKind] = ["heading", "paragraph", "item", "cell", "furniture"]


def made(*parts: tuple[BlockKind, str], page: int = 0) -> Document:
    blocks, text = [], ""
    for kind, part in parts:
        text += "\n" if text else ""
        blocks.append(Block(len(text), len(text) + len(part), kind=kind, page=page, main=kind != "furniture"))
        text += part
    return Document(text, tuple(blocks))


def cut(document: Document, most: int = MOST) -> list[str]:
    return [document.text[found.start : found.end] for found in passages(document, most)]


def test_a_short_text_is_one_passage() -> None:
    text = "  The sea is salt. Rivers are not.\n"
    assert passages(Document(text)) == (Passage(2, len(text) - 1),)


def test_a_blank_text_has_none() -> None:
    assert passages(Document(" \n ")) == ()
    assert passages(Document("")) == ()


def test_a_heading_begins_a_passage_and_names_it() -> None:
    document = made(
        ("paragraph", "Before."), ("heading", "On  tea"), ("heading", "Green"), ("paragraph", "It is good."), page=3
    )
    assert cut(document) == ["Before.", "On  tea\nGreen\nIt is good."]
    assert [(found.heading, found.page) for found in passages(document)] == [("", 3), ("Green", 3)]


def test_a_heading_stands_over_what_follows_furniture() -> None:
    document = made(("heading", "Tea"), ("paragraph", "One."), ("furniture", "Menu"), ("paragraph", "Two."))
    assert [(found.heading) for found in passages(document)] == ["Tea", "Tea"]


def test_a_long_heading_is_kept_short() -> None:
    document = made(("heading", "word " * 100), ("paragraph", "One."))
    assert len(passages(document)[0].heading) <= LONGEST_HEADING


def test_furniture_is_in_no_passage() -> None:
    document = made(("paragraph", "One."), ("furniture", "Share this"), ("paragraph", "Two."))
    assert cut(document) == ["One.", "Two."]


def test_a_document_of_furniture_alone_is_still_found() -> None:
    assert cut(made(("furniture", "Share this"))) == ["Share this"]


def test_a_long_section_is_cut_evenly_between_sentences() -> None:
    sentence = "This is a sentence of about fifty characters, no less."
    text = " ".join([sentence] * 60)
    found = cut(Document(text), 1_500)
    assert len(found) == 3
    assert all(piece.startswith("This") and piece.endswith("less.") for piece in found)
    assert max(map(len, found)) - min(map(len, found)) <= 2 * len(sentence)


def test_a_table_without_sentences_is_bounded() -> None:
    document = made(*[("cell", f"value {number}") for number in range(2_000)])
    found = cut(document)
    assert max(map(len, found)) <= MOST
    assert min(map(len, found)) > 1_000


def test_a_monster_is_cut_at_white_space_and_within_words_where_there_is_none() -> None:
    assert all(piece.endswith("word") for piece in cut(Document("word " * 2_000)))
    assert list(map(len, cut(Document("x" * 3_200), 1_500))) == [1_500, 1_500, 200]


def test_sentences_of_a_passage_are_places_in_the_whole_text() -> None:
    text = "Skip. One is here. Two is there."
    assert [text[span.start : span.end] for span in sentence_spans(text, 6, len(text))] == [
        "One is here.",
        "Two is there.",
    ]


PARTS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.text(st.sampled_from("aB1 .!?\n ế字。"), max_size=80)), max_size=12
)


@given(PARTS, st.integers(10, 60))
@settings(max_examples=300)
def test_every_letter_of_the_main_content_is_in_one_passage(parts: list[tuple[BlockKind, str]], most: int) -> None:
    document = made(*parts)
    found = passages(document, most)
    assert found == passages(document, most)
    held: list[int] = []
    for passage in found:
        assert 0 <= passage.start < passage.end <= len(document.text)
        assert passage.end - passage.start <= most
        assert document.text[passage.start : passage.end].strip() == document.text[passage.start : passage.end]
        held.extend(range(passage.start, passage.end))
    assert held == sorted(set(held))
    main = [block for block in document.blocks if block.main] or document.blocks
    letters = [at for block in main for at in range(block.start, block.end) if not document.text[at].isspace()]
    assert set(letters) <= set(held)


@given(PARTS, st.integers(10, 60))
def test_furniture_stays_out(parts: list[tuple[BlockKind, str]], most: int) -> None:
    document = made(*parts)
    furniture = {at for block in document.blocks if not block.main for at in range(block.start, block.end)}
    if any(block.main for block in document.blocks):
        assert not any(furniture & set(range(found.start, found.end)) for found in passages(document, most))


@given(st.lists(st.integers(1, 200), max_size=60))
def test_pieces_hold_all_sentences_are_few_and_not_short(lengths: list[int]) -> None:
    ends = [sum(lengths[: at + 1]) + at for at in range(len(lengths))]
    spans = [Span(end - length, end) for end, length in zip(ends, lengths, strict=True)]
    pieces = piece_spans(spans)
    assert len(pieces) <= MOST_PIECES
    assert [piece.start for piece in pieces[:1]] == [span.start for span in spans[:1]]
    assert [piece.end for piece in pieces[-1:]] == [span.end for span in spans[-1:]]
    assert all(before.end < after.start for before, after in pairwise(pieces))
    assert len(pieces) < 2 or all(piece.end - piece.start >= LEAST_PIECE for piece in pieces)
    assert all(any(p.start <= s.start and s.end <= p.end for p in pieces) for s in spans)


def test_long_sentences_are_pieces_of_their_own() -> None:
    spans = [Span(0, 80), Span(81, 100), Span(101, 180)]
    assert piece_spans(spans) == (Span(0, 80), Span(81, 180))
    assert piece_spans([]) == ()

"""Captures, citations, attachments, looks and layouts as canonical JSON and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.captures import Attachment, Capture, attachment_from, capture_from, seal_of
from factdesk.domain.citations import Citation, Piece, citation_from, selectors
from factdesk.domain.documents import About, Block, Document, Extractor, blocks_from, layout_of
from factdesk.domain.looks import Look, look_from

words = st.text(max_size=20)
times = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))
shares = st.floats(0, 1, allow_nan=False)
pieces = st.builds(Piece, words, words, words, st.integers(0, 10**7), st.integers(0, 10**7))
captures = st.builds(
    Capture,
    origin=st.sampled_from(["web", "file", "text"]),
    digest=words,
    size=st.integers(0, 10**9),
    media_type=words,
    text_digest=words,
    extractor=st.builds(Extractor, words, words),
    time=times,
    about=st.builds(About, words, words, words, words, words),
    **dict.fromkeys(("url", "final_url", "name", "own_id", "supplied_by", "charset", "exchange", "note"), words),
    **{name: st.booleans() for name in ("private", "ocr", "primary")},
)
citations = st.builds(
    Citation,
    words,
    words,
    words,
    st.lists(pieces, min_size=1, max_size=3).map(tuple),
    st.sampled_from(["supports", "refutes", "context"]),
    times,
    words,
    words,
)
attachments = st.builds(Attachment, words, st.sampled_from(["screenshot-desk", "timestamp"]), words, times, words)
looks = st.builds(
    Look,
    words,
    times,
    st.sampled_from(["same", "changed", "gone", "unreachable"]),
    words,
    st.dictionaries(words, st.sampled_from(["stands", "gone"])),
    words,
)
FACTS: list[tuple[st.SearchStrategy[Any], Callable[[Any], Any]]] = [
    (captures, capture_from),
    (citations, citation_from),
    (attachments, attachment_from),
    (looks, look_from),
]


@given(st.data())
@pytest.mark.parametrize(("facts", "read"), FACTS, ids=["capture", "citation", "attachment", "look"])
def test_what_was_sealed_is_read_back(
    facts: st.SearchStrategy[Any], read: Callable[[Any], Any], data: st.DataObject
) -> None:
    fact = data.draw(facts)
    content = fact.content()
    again = read(json.loads(content))
    assert again == fact
    assert again.content() == content
    assert json.dumps(json.loads(content), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == content


@pytest.mark.parametrize("read", [capture_from, citation_from, attachment_from, look_from])
@pytest.mark.parametrize(
    "data", [{}, {"time": 3}, {"time": "never"}, {"extractor": {"x": 1}, "pieces": [{}], "time": ""}]
)
def test_anything_else_is_refused(read: Callable[[Any], Any], data: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        read(data)


def test_the_seal_covers_everything() -> None:
    base = Capture(
        "web", "d", 1, "text/html", "t", Extractor("html", "1"), datetime(2026, 1, 2, tzinfo=UTC), "https://a/"
    )
    other = Capture(
        "web", "d", 1, "text/html", "t", Extractor("html", "2"), datetime(2026, 1, 2, tzinfo=UTC), "https://a/"
    )
    assert seal_of(base.content()) != seal_of(other.content())
    assert seal_of(base.content()) == seal_of(capture_from(json.loads(base.content())).content())


@pytest.mark.parametrize(
    ("capture", "source", "supplied"),
    [
        ({"origin": "web", "url": "https://a/", "final_url": "https://b/"}, "https://b/", False),
        ({"origin": "text", "url": "https://a/", "name": "l.jsonl", "own_id": "7"}, "https://a/", True),
        ({"origin": "file", "name": "a.pdf"}, "a.pdf", True),
        ({"origin": "text", "own_id": "7"}, "7", True),
    ],
)
def test_where_it_is_from(capture: dict[str, Any], source: str, supplied: bool) -> None:
    kept = Capture(
        digest="d",
        size=1,
        media_type="",
        text_digest="",
        extractor=Extractor("", ""),
        time=datetime(2026, 1, 2, tzinfo=timezone.utc),  # noqa: UP017 - the same zone under its other name
        **capture,
    )
    assert (kept.source, kept.supplied) == (source, supplied)


blocks = st.builds(
    Block,
    st.integers(0, 10**7),
    st.integers(0, 10**7),
    st.sampled_from(["heading", "paragraph", "cell", "furniture"]),
    st.integers(0, 99),
    st.integers(0, 6),
    st.booleans(),
    st.booleans(),
    shares,
    st.none() | st.tuples(shares, shares, shares, shares),
)


@given(st.lists(blocks, max_size=8))
def test_a_layout_is_read_back(given_blocks: list[Block]) -> None:
    document = Document("", tuple(given_blocks))
    assert blocks_from(layout_of(document)) == document.blocks


@pytest.mark.parametrize("layout", ["", "{", "3", "[3]", "[[1]]", '[["a", 2]]', "[[1, 2, 3]]", '[[1, 2, {"x": 3}]]'])
def test_a_layout_that_is_none(layout: str) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        blocks_from(layout)


def test_selectors_are_those_of_the_w3c() -> None:
    assert selectors(Piece("exact", "before ", " after", 7, 12)) == [
        {"type": "TextQuoteSelector", "exact": "exact", "prefix": "before ", "suffix": " after"},
        {"type": "TextPositionSelector", "start": 7, "end": 12},
    ]

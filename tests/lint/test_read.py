"""A draft taken apart: every place is where it says, whatever the draft holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.domain.matches import Span
from factdesk.errors import InputError
from factdesk.lint.base import Draft
from factdesk.lint.read import read_draft, read_quotations

PIECES = st.sampled_from(
    [
        *("a", "Ă", "🦇", " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\0", "\ue000", "e\u0301", ". ", "! ", "9"),
        *("*", "**", "_", "`", "```\n", "~~~\n", "# ", "> ", "- ", "1. ", "|", "|--|--|\n", "---\n", "\\", "\\["),
        *("[^cite:a1]", "[^cite:", "[x](https://a.example)", "![x](y)", "https://a.example/b", "<b>", "<!-- ", "-->"),
        *("<!-- lint: FD305 because it is so -->", "“", "”", '"', "«", "»", "“x”[^cite:a1]", "title: x\n", "[a]: b\n"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)

SAMPLE = """---
title: Cá vàng nhớ được bao lâu
claims:
  - c1
  - {text: Cá vàng quên sau ba giây, claimant: Trang Ao Nhà, kind: checkable}
language: vi
authors: [ngoc, "An Bình"]
---
# Cá vàng **nhớ** lâu

Trường viết: “cá vàng *ấn cần*”[^cite:a1][^cite:b2]. Xem [bài này](https://a.example/x_(y)) nhé.

> Một khối trích.[^cite:c3]

<!-- lint: FD305 từ này nằm trong bản án -->
- Mục một
- Mục hai `mã "không" phải lời`

| a | b |
| --- | --- |
| ô một | ô hai |

```
“không phải lời”[^cite:zz]
```

![Một con cá](ca.png)
"""


def check_places(read: Draft) -> None:
    """What holds of every draft."""
    source = read.source
    assert read_quotations(source) == read.quotations
    assert len(read.prose) == len(source)
    assert read.prose.count("\n") == source.count("\n")
    for at, letter in enumerate(read.prose):
        # Prose is the file's own letter, or a space where markup stood.
        assert letter in (source[at], " ", "\ufffd")
    for mark in read.marks:
        assert source[mark.span.start : mark.span.end].startswith("[^cite:")
        assert mark.id in source[mark.span.start : mark.span.end]
    for link in read.links:
        assert link.url in source[link.span.start : link.span.end]
    spans = [part.span for part in read.parts]
    assert spans == sorted(spans, key=lambda span: (span.start, span.end))
    for sentence in read.sentences:
        part = read.parts[sentence.part].span
        assert part.start <= sentence.span.start < sentence.span.end <= part.end
    every = [
        *spans,
        *(s.span for s in read.sentences),
        *(q.span for q in read.quotations),
        *(w.scope for w in read.waivers),
    ]
    assert all(0 <= span.start <= span.end <= len(source) for span in every)
    for field in read.front.values():
        for value, span in zip(field.values, field.spans, strict=True):
            assert 0 <= span.start < span.end <= read.body.start
            if value.isalnum():
                assert value in source[span.start : span.end]


@settings(deadline=None)
@given(TEXTS)
def test_every_place_is_where_it_says(text: str) -> None:
    try:
        read = read_draft(text)
    except InputError:
        return
    check_places(read)


@settings(deadline=None)
@given(TEXTS)
def test_reading_front_matter_moves_nothing(body: str) -> None:
    read = read_draft(f"---\ntitle: x\nlanguage: en\n---\n{body}")
    assert read.source[read.body.start :] == body
    assert [f"{mark.id}" for mark in read.marks] == [mark.id for mark in read_draft("\n" + body).marks]
    check_places(read)


def sliced(read: Draft, span: Span) -> str:
    return read.source[span.start : span.end]


def test_a_draft_as_people_write_it() -> None:
    read = read_draft(SAMPLE)
    check_places(read)
    assert read.language == "vi"
    assert read.field("title").value == "Cá vàng nhớ được bao lâu"
    assert read.field("authors").values == ("ngoc", "An Bình")
    assert [sliced(read, span) for span in read.field("authors").spans] == ["ngoc", '"An Bình"']
    assert [part.kind for part in read.parts] == [
        *("heading", "paragraph", "quote", "html", "item", "item", "cell", "cell", "code", "paragraph")
    ]
    assert read.sentences[0].text == "Cá vàng nhớ lâu"
    first, block = read.quotations
    assert (first.text, first.cites, sliced(read, first.span)) == ("cá vàng ấn cần", ("a1", "b2"), "“cá vàng *ấn cần*”")
    assert (block.text, block.cites, block.is_block) == ("Một khối trích.", ("c3",), True)
    assert [(link.url, link.text, link.is_image) for link in read.links] == [
        ("https://a.example/x_(y)", "bài này", False),
        ("ca.png", "Một con cá", True),
    ]
    assert "https" not in read.prose
    assert "bài này" in read.prose
    assert "mã" not in read.prose


def test_a_claim_may_be_written_out_where_it_is_named() -> None:
    field = read_draft(SAMPLE).field("claims")
    assert field.values == ("c1", "Cá vàng quên sau ba giây")
    assert field.records == ({"text": "Cá vàng quên sau ba giây", "claimant": "Trang Ao Nhà", "kind": "checkable"},)


def test_a_waiver_reaches_to_the_end_of_its_block() -> None:
    (waiver,) = read_draft(SAMPLE).waivers
    assert (waiver.code, waiver.reason) == ("FD305", "từ này nằm trong bản án")
    assert (
        SAMPLE[waiver.scope.start : waiver.scope.end].endswith("- Mục một")
        or "Mục một" in SAMPLE[waiver.scope.start : waiver.scope.end]
    )
    assert "Mục hai" not in SAMPLE[waiver.scope.start : waiver.scope.end]


def test_a_waiver_before_the_first_block_is_for_the_whole_file() -> None:
    read = read_draft("---\ntitle: x\n---\n<!-- lint: FD305, FD308: the court says so -->\n\nOne.\n\nTwo.\n")
    assert [waiver.code for waiver in read.waivers] == ["FD305", "FD308"]
    assert all(waiver.scope == Span(0, len(read.source)) for waiver in read.waivers)


def test_words_beside_a_comment_or_between_tags_are_read() -> None:
    # Markdown takes these lines for HTML, and readers see the words.
    read = read_draft("<!-- lint: FD305 the court says so -->Some words.\n\n<p>More <b>words</b>.</p>\n\nLast.\n")
    assert [sentence.text for sentence in read.sentences] == ["Some words.", "More words.", "Last."]
    (waiver,) = read.waivers
    assert read.source[waiver.scope.start : waiver.scope.end].endswith("Some words.")


def test_a_waiver_in_an_example_is_none() -> None:
    assert read_draft("Text.\n\n```\n<!-- lint: FD305 the court says so -->\n```\n").waivers == ()


@pytest.mark.parametrize(
    ("front", "line", "why"),
    [
        ("title: a: b", 2, "mapping values"),
        ("title: x\nclaims: [a", 3, "expected"),
        ("a: &x 1\nb: *x", 3, "alias"),
        ("- a\n- b", 2, "not a list of fields"),
        ("a: " + "[" * 30 + "]" * 30, 2, "nested too deeply"),
        ("\t: x", 2, "cannot"),
    ],
)
def test_front_matter_that_cannot_be_read_says_where(front: str, line: int, why: str) -> None:
    with pytest.raises(InputError) as raised:
        read_draft(f"---\n{front}\n---\n", "d.md")
    assert raised.value.place.startswith("d.md:")
    assert why in str(raised.value)
    assert int(raised.value.place.split(":")[1]) in (line, line + 1)


HOSTILE = {
    "nested quotes": ">" * 100_000 + " a",
    "open brackets": "[" * 1_000_000,
    "escaped brackets": "\\[" * 300_000,
    "one line": "a b. " * 100_000,
    "spaces": "a" + " " * 1_000_000 + "b",
    "open comments": "<!--" * 200_000,
    "waivers": "a <!-- lint: FD305 x -->" * 10_000,
    "backticks": "".join("`" * (length % 300 + 1) + "a" for length in range(3_000)),
    "dashes": "-" * 500_000 + "x",
    "table rules": "--|" * 200_000 + "x",
    "asterisks": "*" * 500_000,
    "open links": '[x](a "b ' * 40_000,
    "links in links": "[x](a" * 100_000,
    "quotation marks": '"' * 500_000,
    "open quotations": "“a" * 200_000,
    "marks": "“a”[^cite:a]" * 20_000,
    "NULs": "\0" * 500_000,
    "lists": "- " * 50_000,
    "carriage returns": "a\r" * 50_000,
    "empty lines": "\n" * 500_000,
    "references": "[a]: b\n" * 20_000,
    "tags": "<a" * 200_000,
}


@pytest.mark.attack
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_drafts_are_read_in_a_time_that_grows_with_their_length(name: str) -> None:
    # A reader that is slower than linear does not come back from these within the life of the test run.
    read = read_draft(HOSTILE[name])
    assert len(read.prose) == len(HOSTILE[name])


@pytest.mark.attack
@pytest.mark.parametrize(
    "front",
    [
        pytest.param("a: " + "[" * 15_000, id="open lists"),
        pytest.param("- " * 7_000 + "a", id="lists in lists"),
        pytest.param("? " * 7_000 + "a", id="keys in keys"),
        pytest.param("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", id="a bomb of aliases"),
        pytest.param("a: b\n" * 100_000, id="too long"),
        pytest.param('!!python/object/apply:os.system ["true"]', id="a call"),
    ],
)
def test_hostile_front_matter_is_refused(front: str) -> None:
    with pytest.raises(InputError):
        read_draft(f"---\n{front}\n---\n")


def test_a_draft_beyond_all_measure_is_refused() -> None:
    with pytest.raises(InputError, match="longer than"):
        read_draft("a" * 2_000_001)

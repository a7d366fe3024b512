"""A check's text as its page has it: numbers for citations, quotations that open their source, nothing else of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from factdesk.publish.markdown import Note, body_html, plain_html

NOTES = {"a": Note(1, "../s/#q-1", "Evidence 1: A page"), "b": Note(2, "../t/#q-2", "Evidence 2: B")}


def html(body: str) -> str:
    return body_html(f"---\ntitle: x\nlanguage: en\n---\n{body}\n", NOTES)


def texts(body: str) -> str:
    return LexborHTMLParser(html(body)).body.text()  # type: ignore[union-attr]


def test_a_cited_quotation_opens_its_source() -> None:
    assert html("The page says: “words of the source”[^cite:a].") == (
        '<p>The page says: <a class="quote" href="../s/#q-1">“words of the source”</a><sup class="cite">'
        '<a id="c1" href="../s/#q-1" aria-label="Evidence 1: A page">1</a></sup>.</p>\n'
    )


def test_only_the_first_number_of_a_source_is_led_back_to() -> None:
    made = html("One[^cite:a], two[^cite:b], one[^cite:a].")
    assert made.count('id="c1"') == 1
    assert made.count('id="c2"') == 1
    assert made.count(">1</a>") == 2


@pytest.mark.parametrize(
    "body",
    [
        "A *very “emphatic* quotation of words”[^cite:a].",
        "“a [link](https://x.example) in a quotation of words”[^cite:a].",
        "[“a quotation of words within a link”](https://x.example)[^cite:a].",
    ],
    ids=["cut by emphasis", "holds a link", "within a link"],
)
def test_a_quotation_that_cannot_be_a_link_stays_words(body: str) -> None:
    made = html(body)
    assert "quote" not in made.replace("quotation", "")
    assert '<a id="c1"' in made
    assert "quotation of words" in made


def test_within_emphasis_and_tables_and_lists() -> None:
    for body in (
        "**“a quotation of words”[^cite:a]**",
        "- “a quotation of words”[^cite:a]",
        "| a |\n|---|\n| “a quotation of words”[^cite:a] |",
    ):
        assert '<a class="quote" href="../s/#q-1">“a quotation of words”</a>' in html(body), body


def test_a_mark_that_nobody_knows_is_left_out() -> None:
    assert html("Words[^cite:zzz].") == "<p>Words.</p>\n"


def test_marks_in_code_stay_as_they_are() -> None:
    assert "<code>[^cite:a]</code>" in html("Write `[^cite:a]` behind it.")


def test_what_lint_takes_for_a_comment_is_not_shown() -> None:
    made = html("Before <!-- lint: FD201 — a reason --> after.\n\n<!--\n\nlong\n\n-->\n\nEnd.")
    assert made == "<p>Before  after.</p>\n<p>End.</p>\n"


def test_markup_is_shown_as_it_was_typed() -> None:
    assert html('<b onclick="x">bold</b>') == '<p>&lt;b onclick="x"&gt;bold&lt;/b&gt;</p>\n'


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("[x](https://a.example/b)", '<a href="https://a.example/b" rel="noopener">x</a>'),
        ("[x](mailto:a@b.example)", '<a href="mailto:a@b.example" rel="noopener">x</a>'),
        ("![A pond](https://a.example/b.png)", '<a href="https://a.example/b.png" rel="noopener">A pond</a>'),
        (
            "![](https://a.example/b.png)",
            '<a href="https://a.example/b.png" rel="noopener">https://a.example/b.png</a>',
        ),
        (
            "[![A pond](https://a.example/b.png)](https://c.example)",
            '<a href="https://c.example" rel="noopener">A pond</a>',
        ),
        ("[](https://a.example/b)", '<a href="https://a.example/b" rel="noopener">https://a.example/b</a>'),
        ("[**x**](https://a.example/b)", '<a href="https://a.example/b" rel="noopener"><strong>x</strong></a>'),
        ("[x](https://a.example:port/b)", "[x](https://a.example:port/b)"),
        ("[x](/other/page)", "[x](/other/page)"),
        ("[x](#e1)", "[x](#e1)"),
    ],
)
def test_links(body: str, made: str) -> None:
    assert html(body) == f"<p>{made}</p>\n"


@pytest.mark.parametrize(
    ("body", "levels"),
    [("# A\n\n## B\n\n# C", "232"), ("### A\n\n#### B", "23"), ("## A\n\n##### B\n\n## C", "232"), ("A\n===", "2")],
)
def test_headings_stand_below_the_title_of_the_page(body: str, levels: str) -> None:
    tree = LexborHTMLParser(html(body))
    assert "".join((node.tag or "")[1:] for node in tree.css("h1, h2, h3, h4, h5, h6")) == levels


def test_private_letters_of_the_text_are_no_ends_of_quotations() -> None:
    assert texts("\ue001\U000f0000x\ue002 “some quotation of words”[^cite:a]").strip().startswith("��x� “some")


def test_a_page_of_the_desk() -> None:
    assert plain_html("# Who\n\nWe[^cite:a] are.\n") == "<h2>Who</h2>\n<p>We are.</p>\n"


@given(st.text(alphabet="ab “”\"'*_[]()<>!`#>-\n^cite:&;\\|é", max_size=80))
def test_any_text_gives_whole_html(body: str) -> None:
    """What comes out is what a parser of HTML reads: read and written again, it is the same."""
    made = html(f"{body}[^cite:a]")
    import nh3

    from factdesk.publish import markdown

    assert (
        nh3.clean(made, tags=set(markdown._TAGS.split()), attributes=dict(markdown._ATTRIBUTES), link_rel=None) == made
    )
    assert "\ue001" not in made

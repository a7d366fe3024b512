"""Markup in what should be plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.text.entities import one_line, paragraphs, plain


@pytest.mark.parametrize(
    ("text", "made", "codes"),
    [
        ("nothing to do, 5 > 3", "nothing to do, 5 > 3", set()),
        ("1 < 2 and AT&T", "1 < 2 and AT&T", set()),
        ("I <3 you, <unknown> stays", "I <3 you, <unknown> stays", set()),
        ("A &amp; B", "A & B", {"html-entities"}),
        ("A &amp;amp;amp; B", "A & B", {"html-entities"}),
        ("&lt;b&gt;bold&lt;/b&gt;", "bold", {"html-entities", "html-in-text"}),
        ("<p>one</p><p>two</p>", " one  two ", {"html-in-text"}),
        ("a<script>alert(1)</script>b", "a b", {"script-dropped"}),
        ("a<SCRIPT src=x>alert(1)</ScRiPt >b", "a b", {"script-dropped"}),
        ("a<script>never closed", "a ", {"script-dropped"}),
        ("a<scr<b>ipt>alert(1)</script>b", "a ", {"html-in-text", "script-dropped"}),
        ("a<style>x{}</style>b<!-- c -->d", "a bd", {"html-in-text", "script-dropped"}),
        ('<img src=x onerror="alert(1)">x', " x", {"html-in-text"}),
        ("a\x00b\x1b[31mc\u202e", "a b [31mc ", {"control-characters"}),
        ("\ud800x", " x", {"control-characters"}),
        ("lost \ufffd letter", "lost \ufffd letter", {"characters-lost"}),
    ],
)
def test_cases(text: str, made: str, codes: set[str]) -> None:
    assert plain(text) == (made, frozenset(codes))


PIECES = ["<", ">", "&", "amp;", "lt;", "#38;", "#x3c;", "script", "/", "b", " ", "<!--", "-->", "\x00", "\ufffd", "x"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text())
def test_clean_is_clean(text: str) -> None:
    once = plain(text)[0]
    assert plain(once)[0] == once
    assert "<script>" not in once.lower()
    assert one_line(one_line(once)) == one_line(once)
    assert paragraphs(paragraphs(once)) == paragraphs(once)
    assert plain(one_line(once))[0] == one_line(once)


@pytest.mark.parametrize("piece", ["<script>", "<", "<b", "&amp;", "<!--", "&lt;", "<scr<b>ipt>", "&#38;", "<b>"])
def test_long_attacks_end(piece: str) -> None:
    assert len(plain(piece * 50_000)[0]) <= len(piece) * 50_000


def test_lines() -> None:
    assert one_line("  a\n\t b\u2028c ") == "a b c"
    assert paragraphs("a  b\r\n\r\n\r\n\r\nc \n") == "a b\n\nc"

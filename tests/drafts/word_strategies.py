"""Checks made at random, of everything that Markdown and front matter have, in both languages and in none."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = st.sampled_from(
    ["cá vàng", "nhớ", "Điều", "một", "hai", "months", "a goldfish", "The", "2023", "3,15%", "5 * 3", "a_b_c", "[sic]"]
)
ODD = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=6)
SIGNS = st.sampled_from(
    (*"*_`[]()<>!\\&#|-+.:~=\"“”'^$@{}", "&amp;", "<!--", "-->", "  ", "\t", "\u00a0", "e\u0323\u0302")
)
ADDRESSES = st.sampled_from(
    [
        "https://e.example/a_b",
        "https://e.example/a(b)",
        "https://e.example/%C3%A1?x=1&y=*2*#z",
        "../a.md",
        "mailto:a@b.example",
    ]
)
IDS = st.sampled_from(["ab12", "0197a3c2-1111-7000-8000-000000000001"])


def _around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map(lambda text: f"*{text}*"),
        inner.map(lambda text: f"**{text}**"),
        inner.map(lambda text: f"~~{text}~~"),
        inner.map(lambda text: f"“{text}”"),
        st.tuples(inner, ADDRESSES).map(lambda pair: f"[{pair[0]}]({pair[1]})"),
        st.tuples(inner, ADDRESSES).map(lambda pair: f'![{pair[0]}]({pair[1]} "title")'),
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.tuples(inner, inner).map("\\\n".join),
        st.tuples(inner, inner).map("\n".join),
    )


MARKS = st.one_of(
    IDS.map(lambda key: f"[^cite:{key}]"),
    WORDS.map(lambda text: f"`{text}`"),
    ADDRESSES.map(lambda address: f"<{address}>"),
    st.sampled_from(["<!-- lint: FD305 a reason -->", "<b>", "</b>", "<br>", "<!-- a note -->"]),
)
INLINE = st.recursive(st.one_of(WORDS, MARKS, SIGNS, ODD), _around, max_leaves=8)
LINE = INLINE.map(lambda text: " ".join(text.split("\n")))


def _prefixed(first: str, rest: str) -> st.SearchStrategy[str]:
    return BLOCKS.map(lambda text: first + text.replace("\n", f"\n{rest}"))


BLOCKS: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        INLINE,
        st.tuples(st.integers(1, 6), LINE).map(lambda pair: f"{'#' * pair[0]} {pair[1]}"),
        _prefixed("> ", "> "),
        _prefixed("- ", "  "),
        _prefixed("* ", "  "),
        _prefixed("3. ", "   "),
        st.lists(_prefixed("1. ", "   "), min_size=2, max_size=3).map("\n".join),
        st.lists(_prefixed("- ", "  "), min_size=2, max_size=3).map("\n".join),
        st.lists(LINE, min_size=2, max_size=2).map(
            lambda cells: f"| {cells[0]} | b |\n| :-- | --- |\n| {cells[1]} | |"
        ),
        st.tuples(st.sampled_from(["", "python"]), INLINE).map(lambda pair: f"```{pair[0]}\n{pair[1]}\n```"),
        st.sampled_from(
            ["---", "<!-- lint: FD305 why -->", "<div>\nx\n</div>", "    indented", "[r]: https://e.example"]
        ),
        st.lists(BLOCKS, min_size=2, max_size=3).map("\n\n".join),
    )
)

VALUES = st.recursive(
    st.one_of(
        WORDS, st.sampled_from(["false", "yes", "12", "2024-01-01", "a: b", "# c", "“x”", "line\nline", ""]), ODD
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["text", "claimant", "kind", "x y", "1"]), inner, max_size=3),
    ),
    max_leaves=4,
)
FIELDS = st.dictionaries(
    st.sampled_from(["id", "title", "claims", "rating", "summary", "language", "authors", "topics", "note", "Ghi chú"]),
    VALUES,
    max_size=5,
)

"""The body of a check as blocks and as prose: markup replaced by spaces, so that every place stays where it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from factdesk.domain.matches import Span
from factdesk.lint.base import BlockName, Link, Mark, Part

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FILL = "\ue000"
"""Stands where markup stood: a private letter, which no text has a use for."""

MARK = re.compile(r"\[\^cite:\s*([^\]\s]{1,80})\s*\]")
_TICKS = re.compile(r"`+")
_LINK = re.compile(
    r"(!?)\[([^\[\]\\]{0,2000}+(?:\\.[^\[\]\\]{0,500}+){0,8}+)\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s{1,9}[\"'(][^\n]{0,500}?[\"')])?\s{0,9}\)"
)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>|(?<![\w(\"'])(https?://[^\s<>\[\]]+[^\s<>\[\].,;:!?)\"'”])")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
# Emphasis, and what begins a line: headings, quotes, items, tables.
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|~~)|(?<![\w\\])_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)")
_LEAD = re.compile(r"^[ \t]*(?:>[ \t]*)*(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+)?", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$|^[ \t]*+\|?(?:[ \t]*+:?-{2,}+:?[ \t]*+\|?)++[ \t]*$", re.MULTILINE)
_PIPE = re.compile(r"\|")
_ESCAPE = re.compile(r"\\(?=[^\w\s])")

_MARKUP: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (MARK, ("[^cite:",)),
    (_RULE, ()),
    (_AUTOLINK, ("://",)),
    (_TAG, ("<",)),
    (_ESCAPE, ("\\",)),
    (_LEAD, ()),
    (_EMPHASIS, ("*", "_", "~~")),
)
"""What is no prose, each with the signs of which one stands in all of it."""

_KINDS: dict[str, BlockName] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "th_open": "cell",
    "td_open": "cell",
}


def parts(source: str, body: Span) -> tuple[Part, ...]:
    """The blocks of the body, in order. A paragraph in a block quote is a quote, one in a list an item."""
    text = source[body.start : body.end]
    tokens = _reader().parse(text)
    starts = _line_starts(text)
    return tuple(_parts(tokens, starts, text, body.start))


@cache
def _reader() -> MarkdownIt:
    """What takes Markdown apart. Blocks alone are asked for: what is within them is read here, where every letter
    keeps its place."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 30}).enable("table").disable("inline")


def _parts(tokens: list[Token], starts: list[int], text: str, offset: int) -> Iterator[Part]:
    quotes = items = 0
    rows: set[tuple[int, int]] = set()
    for token in tokens:
        quotes += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        items += (token.type == "list_item_open") - (token.type == "list_item_close")
        kind = _KINDS.get(token.type)
        if token.type == "tr_open" and token.map:
            kind = "cell"
        if kind is None or token.map is None or (kind == "cell" and token.type != "tr_open"):
            continue
        first, last = token.map
        if (first, last) in rows:
            continue
        rows.add((first, last))
        if kind == "paragraph":
            kind = "quote" if quotes else "item" if items else "paragraph"
        end = starts[last] if last < len(starts) else len(text)
        span = _stripped(text, starts[first], end)
        level = int(token.tag[1]) if kind == "heading" else 0
        yield Part(kind, Span(offset + span.start, offset + span.end), level)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    starts.extend(found.end() for found in re.finditer(r"\r\n?|\n", text))
    return starts


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def masked(source: str, body: Span, blocks: tuple[Part, ...]) -> str:
    """The file with `FILL` for everything that is not prose; line ends stay. Words between HTML tags are prose."""
    letters = list(source)
    _blank(letters, 0, body.start)
    for part in blocks:
        if part.kind == "code":
            _blank(letters, part.span.start, part.span.end)
        if part.kind == "cell":
            _blank_all(letters, source, _PIPE, part.span)
    for span in silent(source, body, blocks):
        _blank(letters, span.start, span.end)
    for pattern, signs in _MARKUP:
        # Most texts have none of the signs, and to look for those is quick.
        if not signs or any(source.find(sign, body.start, body.end) >= 0 for sign in signs):
            _blank_all(letters, source, pattern, body)
    for found in _LINK.finditer(source, body.start, body.end):
        # Of a link its words stay; of a picture nothing does.
        _blank(letters, found.start(), found.end() if found[1] else found.start(2))
        _blank(letters, found.end(2), found.end())
    return "".join(letters)


def silent(source: str, body: Span, blocks: tuple[Part, ...]) -> tuple[Span, ...]:
    """Code and comments, in order: what stands in them is neither said nor cited."""
    code = [part.span for part in blocks if part.kind == "code"]
    inside = [span for part in blocks if part.kind not in ("code", "html") for span in _code(source, part.span)]
    return tuple(sorted((*code, *inside, *comments(source, body)), key=lambda span: (span.start, span.end)))


def spoken(spans: Sequence[Span], quiet: Sequence[Span]) -> list[bool]:
    """For each of some places, in order, whether it begins in none of the `quiet` ones, which are in order too."""
    starts, furthest, ends = [span.start for span in quiet], 0, []
    for span in quiet:
        furthest = max(furthest, span.end)
        ends.append(furthest)
    places = (bisect_right(starts, span.start) - 1 for span in spans)
    return [at < 0 or ends[at] <= span.start for at, span in zip(places, spans, strict=True)]


def comments(source: str, body: Span) -> Iterator[Span]:
    """The comments of the body, without those that are never closed."""
    at = source.find("<!--", body.start, body.end)
    while at >= 0:
        end = source.find("-->", at + 4, body.end)
        if end < 0:
            return
        yield Span(at, end + 3)
        at = source.find("<!--", end + 3, body.end)


def _code(source: str, span: Span) -> Iterator[Span]:
    """Code within a block: from so many backticks to the next that are as many."""
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(source, span.start, span.end)]
    later: dict[int, list[int]] = {}
    for number in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[number][1] - runs[number][0], []).append(number)
    number = 0
    while number < len(runs):
        start, end = runs[number]
        same = later[end - start]
        while same and same[-1] <= number:
            same.pop()
        if same:
            yield Span(start, runs[same[-1]][1])
            number = same[-1]
        number += 1


def words_of(masked_text: str) -> str:
    """A part of a masked file as it is read: no markup, one space between words."""
    return " ".join(masked_text.replace(FILL, "").split())


def marks_of(source: str, body: Span) -> tuple[Mark, ...]:
    """The marks of citations in the body, in order."""
    found = MARK.finditer(source, body.start, body.end)
    return tuple(Mark(each[1], Span(each.start(), each.end())) for each in found)


def links_of(source: str, body: Span) -> tuple[Link, ...]:
    """The links and pictures in the body, in order."""
    found = [
        Link(each[2], each[3], Span(each.start(), each.end()), bool(each[1]))
        for each in _LINK.finditer(source, body.start, body.end)
    ]
    starts = [link.span.start for link in found]
    addresses = _AUTOLINK.finditer(source, body.start, body.end) if "://" in source else ()
    for each in addresses:
        before = bisect_right(starts, each.start()) - 1
        if before < 0 or found[before].span.end <= each.start():
            url = each[1] or each[2]
            found.append(Link(url, url, Span(each.start(), each.end())))
    return tuple(sorted(found, key=lambda link: link.span.start))


def _blank(letters: list[str], start: int, end: int) -> None:
    for at, letter in enumerate(letters[start:end], start):
        if letter not in "\r\n":
            letters[at] = FILL


def _blank_all(letters: list[str], source: str, pattern: re.Pattern[str], span: Span) -> None:
    for found in pattern.finditer(source, span.start, span.end):
        _blank(letters, found.start(), found.end())

"""Words in quotation marks, in every pair of marks that a reader takes for one: nothing is quoted unseen.

“ ” „ “ « » ‹ › 「 」 ‘ ’ and straight ones, each also as an HTML entity, over line ends, one within another, and where
the closing mark is missing or of another pair. Apostrophes and signs for inches open nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

_TOKEN = re.compile("[“”„‟«»‹›「」『』〝〞＂″\"‘’‚']|&(?:[A-Za-z]{2,8}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")

_PAIRS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "〝": "〞",
}
"""What always opens, with what closes it."""
_EITHER = {'"': '"', "＂": "＂", "″": "″", "”": "”", "»": "«", "›": "‹"}
"""What opens only before a word, and where no number goes before."""
_SINGLE = {"‘": "’", "'": "'", "‚": "‘’"}
_INSTEAD = '”"＂″“'
"""What closes a double mark whose own is missing."""
_DOUBLE = frozenset('“„‟"＂″”')


class Marked(NamedTuple):
    """Quoted words: from `start` to `end` with their marks, from `inner` to `outer` without."""

    start: int
    inner: int
    outer: int
    end: int


_TAG = re.compile(r"<(/?)(q|blockquote)(?=[\s/>])[^<>]{0,500}>", re.IGNORECASE)


class _Mark(NamedTuple):
    sign: str
    start: int
    end: int
    opens: bool
    closes: bool
    after_digit: bool


def quoted(text: str, start: int, end: int) -> Iterator[Marked]:
    """The quoted words between two places of a text, in order; of some within others the outermost."""
    marks = [mark for found in _TOKEN.finditer(text, start, end) if (mark := _mark(text, found, start, end))]
    closing = {
        sign: [number for number, mark in enumerate(marks) if mark.closes and mark.sign in sign]
        for sign in _SINGLE.values()
    }
    unpaired: set[str] = set()
    at = 0
    while at < len(marks):
        first = marks[at]
        last = _closer(marks, at, closing, unpaired)
        if last is None:
            at += 1
        elif last < len(marks):
            yield Marked(first.start, first.end, marks[last].start, marks[last].end)
            at = last + 1
        else:
            yield Marked(first.start, first.end, end, end)
            return


def tagged(source: str, start: int, end: int) -> Iterator[Marked]:
    """What stands between the tags of HTML that make a quotation; without its end, all that follows."""
    opened: list[re.Match[str]] = []
    for tag in _TAG.finditer(source, start, end):
        if not tag[1]:
            opened.append(tag)
        elif opened:
            first, *_ = opened
            opened.pop()
            if not opened:
                yield Marked(first.start(), first.end(), tag.start(), tag.end())
    if opened:
        yield Marked(opened[0].start(), opened[0].end(), end, end)


def _mark(text: str, found: re.Match[str], start: int, end: int) -> _Mark | None:
    sign = unescape(found[0]) if found[0][0] == "&" else found[0]
    if len(sign) != 1 or _TOKEN.fullmatch(sign) is None:
        return None
    before = text[found.start() - 1] if found.start() > start else " "
    after = text[found.end()] if found.end() < end else " "
    return (
        _Mark(
            sign,
            found.start(),
            found.end(),
            opens=not after.isspace(),
            closes=not before.isspace() and not after.isalnum(),
            after_digit=before.isdigit(),
        )
        if sign not in _SINGLE
        else _Mark(
            sign,
            found.start(),
            found.end(),
            # ’90s and rock ’n’ roll are no quotations.
            opens=after.isalpha() and not before.isalnum(),
            closes=not before.isspace() and not after.isalnum(),
            after_digit=False,
        )
    )


def _closer(marks: Sequence[_Mark], at: int, closing: dict[str, list[int]], unpaired: set[str]) -> int | None:
    """The mark that closes what one opens; their number where it is never closed; None where it opens nothing."""
    first = marks[at]
    if first.sign in _SINGLE:
        later = closing[_SINGLE[first.sign]]
        number = bisect_right(later, at)
        return later[number] if first.opens and number < len(later) else None
    pair = _PAIRS.get(first.sign) or (_EITHER.get(first.sign) if first.opens and not first.after_digit else None)
    if pair is None:
        return None
    own = _paired(marks, at, pair) if pair not in unpaired else None
    if own is not None:
        return own
    unpaired.add(pair)
    if first.sign in "»›":
        return None
    if first.sign not in _DOUBLE:
        return len(marks)
    return next((number for number in range(at + 1, len(marks)) if marks[number].sign in _INSTEAD), len(marks))


def _paired(marks: Sequence[_Mark], at: int, pair: str) -> int | None:
    """The mark of a pair's other side, those between that open and close again passed over."""
    sign, depth = marks[at].sign, 0
    for number in range(at + 1, len(marks)):
        if marks[number].sign in pair:
            if not depth:
                return number
            depth -= 1
        elif marks[number].sign == sign:
            depth += 1
    return None

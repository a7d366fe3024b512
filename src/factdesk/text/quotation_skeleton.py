"""A text as its skeleton: the characters that must agree, and between them gaps, which may agree in several ways.

`skeleton` takes a text to a string without white space, single hyphens and dashes, in which a quotation is found by
one plain search; `gaps` says for each place in it what stood there, and `AGREE` which of that is alike:

- any run of white space is one space, a page or line break included; what shows nothing is dropped
- a hyphen at a line's end between letters is read as nothing (exam-⏎ple) or as a hyphen (well-⏎known)
- dashes of every length are alike; white space around them may differ, but not that of a hyphen within a word
- two single quotation marks next to each other are a double one
- the space inside « » belongs to the mark, and those between the three dots of an ellipsis to it

A dash is never nothing: no minus sign before a number can get lost. It is all array arithmetic, so that a text of
10 MB takes a second, and costs the same whatever it holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factdesk.text.quotation_forms import (
    BREAK,
    CLOSING,
    COMBINING,
    DASH,
    DIGIT,
    DROPPED,
    EXPANDS,
    HYPHEN,
    LETTER,
    MARK,
    OPENING,
    SINGLE,
    SOFT,
    SPACE,
    Codes,
    Kinds,
    codes_of,
    join,
    tables,
    text_of,
)
from factdesk.text.quotation_parts import TYPED_DOUBLE

Places = NDArray[np.int32]
Gaps = NDArray[np.uint8]

NONE, BLANK, BROKEN, WITHIN, TIGHT, AFTER, AROUND, INSIDE = range(8)
"""What stands between two characters of a skeleton: nothing; white space; a hyphen at a line's end between letters; a
hyphen within a word; another dash without white space, with white space after it only, and before it or around it;
white space inside « » or an ellipsis."""

_PAIRS = (
    (NONE, BROKEN), (NONE, INSIDE), (BLANK, INSIDE), (BROKEN, WITHIN), (BROKEN, TIGHT), (BROKEN, AFTER),
    (WITHIN, TIGHT), (TIGHT, AFTER), (TIGHT, AROUND), (AFTER, AROUND),
)  # fmt: skip


def _agreeing() -> NDArray[np.bool_]:
    agree = np.eye(8, dtype=np.bool_)
    for one, other in _PAIRS:
        agree[one, other] = agree[other, one] = True
    return agree


AGREE = _agreeing()
DASHED = frozenset({BROKEN, WITHIN, TIGHT, AFTER, AROUND})
"""The gaps that hold a hyphen or dash."""


def _of(*kinds: int) -> NDArray[np.bool_]:
    chosen = np.zeros(16, np.bool_)
    chosen[list(kinds)] = True
    return chosen


_IS_SPACE, _IS_DASH = _of(SPACE, BREAK), _of(HYPHEN, DASH, MARK)
_IS_GAP, _IS_LETTER = _of(SPACE, BREAK, SOFT, HYPHEN, DASH, MARK), _of(LETTER, COMBINING)
_JOINS_MARK = _of(LETTER, COMBINING, DIGIT)
_IS_CLUSTER = _of(COMBINING, EXPANDS)

# Typed for a dash; before a digit it may be a minus sign, and stays two hyphens.
_TYPED_DASH = re.compile(r"(?<!-)--{1,2}(?![-\d])")
_TYPED_QUOTE = re.compile(TYPED_DOUBLE)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A text's skeleton. `starts[i]` and `ends[i]` are the place in the text of what `chars[i]` was made of.

    `gaps[i]` stands before `chars[i]`, `gaps[len(chars)]` after the last. `dashes` are the indexes of the gaps that
    hold a dash, ascending; `dash_starts` and `dash_ends` are where it stands in the text. `kinds` are those of `chars`.
    """

    chars: str
    kinds: Kinds
    starts: Places
    ends: Places
    gaps: Gaps
    dashes: Places
    dash_starts: Places
    dash_ends: Places

    def dash(self, gap: int) -> tuple[int, int]:
        """Where the dash in a gap stands in the text."""
        at = int(np.searchsorted(self.dashes, np.int32(gap)))
        return int(self.dash_starts[at]), int(self.dash_ends[at])


@dataclass(slots=True)
class _Stream:
    """Characters of a text in canonical form, each with its kind and its place."""

    codes: Codes
    kinds: Kinds
    starts: Places
    ends: Places

    def kept(self, keep: NDArray[np.bool_]) -> _Stream:
        return _Stream(self.codes[keep], self.kinds[keep], self.starts[keep], self.ends[keep])


def skeleton(text: str) -> Skeleton:
    """The skeleton of a text, in linear time."""
    return _skeleton(_joined(_shown(_stream(text))))


def _stream(text: str) -> _Stream:
    codes = codes_of(text)
    kinds = tables().kinds_of(codes)
    starts = np.arange(len(codes), dtype=np.int32)
    stream = _Stream(tables().forms[codes], kinds, starts, starts + np.int32(1))
    if "--" in text:
        _contract(stream, text, _TYPED_DASH, "-", DASH)
    single = kinds == SINGLE
    if (single[1:] & single[:-1]).any():
        _contract(stream, text, _TYPED_QUOTE, '"', SINGLE)
    return stream


def _contract(stream: _Stream, text: str, pattern: re.Pattern[str], char: str, kind: int) -> None:
    """Make one character of several that are typed for it."""
    for found in pattern.finditer(text):
        start, end = found.span()
        stream.codes[start], stream.kinds[start], stream.ends[start] = ord(char), kind, end
        stream.kinds[start + 1 : end] = DROPPED


def _shown(stream: _Stream) -> _Stream:
    """Without what shows nothing. A soft hyphen shows at a line's end, pdfium's mark where a word goes before it."""
    kinds = stream.kinds
    if not (kinds == DROPPED).any() and not (kinds == SOFT).any() and not (kinds == MARK).any():
        return stream
    stream = stream.kept(kinds != DROPPED)
    kinds = stream.kinds
    before = np.concatenate((_JOINS_MARK[kinds[:-1]], [False])) if len(kinds) else np.zeros(0, np.bool_)
    before = np.roll(before, 1)
    after = np.concatenate((_IS_SPACE[kinds[1:]], [False]))[: len(kinds)]
    return stream.kept(~(((kinds == SOFT) & ~after) | ((kinds == MARK) & ~before)))


def _joined(stream: _Stream) -> _Stream:
    """With letters and their marks composed, in canonical order, and ligatures taken apart."""
    special = _IS_CLUSTER[stream.kinds]
    if not special.any():
        return stream
    joins = stream.kinds == COMBINING
    last = np.append(~joins[1:], True)
    heads = np.flatnonzero((~joins & ~last) | (stream.kinds == EXPANDS) | (joins & (np.arange(len(joins)) == 0)))
    ends_at = np.flatnonzero(last)
    tails = ends_at[np.searchsorted(ends_at, heads)] + 1
    chars, memo = text_of(stream.codes), _Joins()
    formed = [memo[chars[head:tail]] for head, tail in zip(heads.tolist(), tails.tolist(), strict=True)]
    return _replaced(stream, heads, tails, formed)


class _Joins(defaultdict[str, str]):
    """Clusters and what they are joined to; a text repeats few of them many times."""

    def __missing__(self, cluster: str) -> str:
        self[cluster] = formed = join(cluster)
        return formed


def _replaced(stream: _Stream, heads: NDArray[np.intp], tails: NDArray[np.intp], formed: list[str]) -> _Stream:
    """The stream with each of the slices `heads[i]:tails[i]` replaced by `formed[i]`."""
    sizes = np.fromiter(map(len, formed), np.int64, len(formed))
    counts = np.ones(len(stream.codes), np.int64)
    inside = np.zeros(len(stream.codes) + 1, np.int64)
    inside[heads] += 1
    inside[tails] -= 1
    counts[np.cumsum(inside[:-1]) > 0] = 0
    counts[heads] = sizes
    ends = stream.ends.copy()
    ends[heads] = stream.ends[tails - 1]
    codes = np.repeat(stream.codes, counts)
    first = np.cumsum(counts)[heads] - sizes
    within = np.repeat(first, sizes) + np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    codes[within] = codes_of("".join(formed))
    # What was not replaced keeps its kind: it may have been given one by what stands around it.
    kinds = np.repeat(stream.kinds, counts)
    kinds[within] = tables().kinds_of(codes[within])
    return _Stream(codes, kinds, np.repeat(stream.starts, counts), np.repeat(ends, counts))


def _skeleton(stream: _Stream) -> Skeleton:
    solid = ~_IS_GAP[stream.kinds]
    places = np.flatnonzero(solid)
    dashes = np.flatnonzero(_IS_DASH[stream.kinds])
    sites = np.searchsorted(places, dashes)
    several = np.bincount(sites, minlength=len(places) + 1)[sites] > 1 if len(sites) else np.zeros(0, np.bool_)
    if several.any():
        # More than one dash between two words is no dash but something drawn or counted: each must be there.
        solid[dashes[several]] = True
        places, dashes = np.flatnonzero(solid), dashes[~several]
        sites = np.searchsorted(places, dashes)
    gaps = _gaps(stream, places, dashes, sites)
    found = stream.kept(solid)
    where = (stream.starts[dashes], stream.ends[dashes])
    return Skeleton(text_of(found.codes), found.kinds, found.starts, found.ends, gaps, sites.astype(np.int32), *where)


def _gaps(stream: _Stream, places: NDArray[np.intp], dashes: NDArray[np.intp], sites: NDArray[np.intp]) -> Gaps:
    """What stands before each of `places`, and after the last."""
    kinds = stream.kinds
    bounds = np.concatenate(([-1], places, [len(kinds)]))
    gaps = np.where(np.diff(bounds) > 1, BLANK, NONE).astype(np.uint8)
    padded = np.concatenate(([SINGLE], kinds, [SINGLE])).astype(np.uint8)
    left, right = padded[bounds[:-1] + 1], padded[bounds[1:] + 1]
    gaps[(gaps == BLANK) & ((left == OPENING) | (right == CLOSING))] = INSIDE
    _spaced_ellipses(gaps, stream.codes[places] == ord("."), _JOINS_MARK[right])
    if len(dashes) or (kinds == SOFT).any():
        letters = _IS_LETTER[left] & _IS_LETTER[right]
        breaks = np.concatenate(([0], np.cumsum(kinds == BREAK)))
        soft = np.flatnonzero(kinds == SOFT)
        at = np.searchsorted(places, soft)
        broken = letters[at] & (breaks[bounds[at + 1]] > breaks[soft]) & ~_IS_SPACE[padded[soft]]
        gaps[at[broken]] = BROKEN
        gaps[sites] = _dashes(padded, dashes, letters[sites], breaks[bounds[sites + 1]] > breaks[dashes])
    return gaps


def _spaced_ellipses(gaps: Gaps, dots: NDArray[np.bool_], words: NDArray[np.bool_]) -> None:
    """Mark the white space within three dots or more: TeX sets an ellipsis so, and some houses do.

    That after the last dot belongs to it too, where no word follows. `words`: before which gaps one stands.
    """
    near = np.concatenate(([False, False], dots, [False, False]))
    # Before a gap stand `near[i]` and `near[i + 1]`, after it `near[i + 2]` and `near[i + 3]`.
    blank, within = gaps == BLANK, near[1:-2] & near[2:-1]
    gaps[blank & within & (near[:-3] | near[3:])] = INSIDE
    spaced = np.concatenate(([False], gaps[:-1] == INSIDE)) & near[:-3] & near[1:-2]
    gaps[blank & spaced & ~words] = INSIDE


def _dashes(padded: Kinds, dashes: NDArray[np.intp], letters: NDArray[np.bool_], broken: NDArray[np.bool_]) -> Gaps:
    """How each dash stands. `letters`: between two; `broken`: a line ends after it."""
    before, itself, after = _IS_SPACE[padded[dashes]], padded[dashes + 1], _IS_SPACE[padded[dashes + 2]]
    plain = letters & ~before
    gaps = np.where(before, AROUND, np.where(after, AFTER, TIGHT)).astype(np.uint8)
    gaps[plain & ~after & (itself == HYPHEN)] = WITHIN
    # Whether white space follows, the end of a line does not tell.
    gaps[plain & broken & (itself == DASH)] = TIGHT
    gaps[plain & (((itself == HYPHEN) & broken) | (itself == MARK))] = BROKEN
    return gaps

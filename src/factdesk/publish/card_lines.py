"""Lines of a card: a text as large as it fits a place.

Words are measured once for a size, and stand in one long line; where it is to be broken for a width is looked up in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from factdesk.publish.card_type import Weight, space, widths, word_width

CUT = "…"
LEADING = 1.24
"""A line's height, in sizes: letters with two marks above do not meet the line before."""
LONGEST = 1_200
"""Letters that are looked at: no card has room for more."""
_BREAKS = "/-_.?&="
"""Behind these an address is broken, if it must be."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines set to a width. `cut` says whether something did not fit."""

    lines: tuple[str, ...]
    size: int
    weight: Weight
    cut: bool = False

    @property
    def step(self) -> int:
        """From one line to the next, in pixels."""
        return round(self.size * LEADING)

    @property
    def height(self) -> int:
        """Pixels that the lines take."""
        return self.step * len(self.lines)

    @property
    def width(self) -> float:
        """Pixels of the widest line."""
        return max((width_of(line, self.size, self.weight) for line in self.lines), default=0.0)


@dataclass(frozen=True, slots=True)
class Row:
    """Words in one line: where each begins and ends, in pixels from the left, and how wide the widest is."""

    words: Sequence[str]
    starts: Sequence[float]
    ends: Sequence[float]
    widest: float

    def breaks(self, width: float) -> Iterator[int]:
        """Behind how many words each line ends, of lines of at most that width; no word may be wider."""
        done = 0
        while done < len(self.words):
            done = bisect_right(self.ends, self.starts[done] + width, done + 1)
            yield done

    def lines(self, width: float) -> tuple[str, ...]:
        """The words in lines of at most that width."""
        ends = list(self.breaks(width))
        return tuple(" ".join(self.words[start:end]) for start, end in zip([0, *ends], ends, strict=False))


@lru_cache(1024)
def row_of(text: str, size: int, weight: Weight) -> Row:
    """A text in one line."""
    return _row(text.split(" "), size, weight)


def width_of(text: str, size: int, weight: Weight) -> float:
    """Pixels that a line takes."""
    return row_of(text, size, weight).ends[-1]


@lru_cache(512)
def fitted(text: str, room: tuple[int, int], sizes: tuple[int, int], weight: Weight) -> Block:
    """A text as large as it fits into a width and a height, between two sizes (largest, smallest). What does not fit
    at the smallest is cut behind a word, and the block says so."""
    width, height = room
    largest, smallest = sizes
    short = text[:LONGEST]
    if short == text:
        tried = range(largest, smallest - 1, -2)
        at = bisect_left(tried, 1, key=lambda size: _fits(row_of(text, size, weight), room, size))
        if at < len(tried):
            return Block(_balanced(row_of(text, tried[at], weight), width), tried[at], weight)
    lines = wrapped(short, width, smallest, weight)
    most = max(1, height // round(smallest * LEADING))
    if len(lines) <= most and short == text:
        return Block(lines, smallest, weight)
    last = min(most, len(lines)) - 1
    return Block((*lines[:last], _cut(lines[last], width, smallest, weight)), smallest, weight, cut=True)


def wrapped(text: str, width: float, size: int, weight: Weight) -> tuple[str, ...]:
    """A text in lines of at most that width. A word that is wider than a line is broken anywhere."""
    row = row_of(text, size, weight)
    if row.widest > width:
        row = _row([piece for word in row.words for piece in _pieces(word, width, size, weight)], size, weight)
    return row.lines(width) if text else ()


def _row(words: Sequence[str], size: int, weight: Weight) -> Row:
    wide = [word_width(word, size, weight) for word in words]
    gap = space(size)
    ends = [end - gap for end in accumulate(each + gap for each in wide)]
    return Row(words, [end - each for end, each in zip(ends, wide, strict=True)], ends, max(wide, default=0))


def _fits(row: Row, room: tuple[int, int], size: int) -> bool:
    """Whether a text fits with its words whole."""
    return row.widest <= room[0] and sum(1 for _ in row.breaks(room[0])) * round(size * LEADING) <= room[1]


def _balanced(row: Row, width: int) -> tuple[str, ...]:
    """The lines at the least width that gives as many: none of them is left with a word alone."""
    count = sum(1 for _ in row.breaks(width))
    low, high = width // 2, width
    while high - low > 4:
        middle = (low + high) // 2
        if row.widest <= middle and sum(1 for _ in row.breaks(middle)) <= count:
            high = middle
        else:
            low = middle
    return row.lines(high)


def _pieces(word: str, width: float, size: int, weight: Weight) -> Iterator[str]:
    """A word in pieces no wider than a line."""
    wide = widths(size, weight)
    piece, taken = "", 0
    for letter in word:
        if piece and taken + wide[letter] > width:
            end = max(piece.rfind(mark) for mark in _BREAKS) + 1
            end = end if end > len(piece) // 2 else len(piece)
            yield piece[:end]
            piece = piece[end:]
            taken = sum(wide[each] for each in piece)
        piece += letter
        taken += wide[letter]
    yield piece


def _cut(line: str, width: float, size: int, weight: Weight) -> str:
    """A line that ends in “…” behind a word, or within it where there is but one."""
    words = line.split(" ")
    while len(words) > 1 and width_of(" ".join(words) + CUT, size, weight) > width:
        words.pop()
    kept = " ".join(words).rstrip(",.;:–—-“‘([…")
    while len(kept) > 1 and width_of(kept + CUT, size, weight) > width:
        kept = kept[:-1]
    return kept + CUT

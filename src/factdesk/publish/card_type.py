"""Type for cards: which letters can be drawn, how wide words are, and lines that fit a place.

The letters are those of our own typeface in three files (Latin, more Latin, Vietnamese), taken letter by letter as a
browser takes them. They are set by Pillow's basic layout, which is the same on every machine; the Latin script needs
no other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from factdesk.publish.woff import letters_of

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

Weight = Literal[400, 700]
Ink = tuple[int, int, int]

PARTS = ("latin", "latin-ext", "vietnamese")
LEFT_OUT = "[…]"
"""What stands for letters that the typeface does not have."""
CUT = "…"
LEADING = 1.24
"""A line's height, in sizes: letters with two marks above do not meet the line before."""
LONGEST = 1_200
"""Letters that are looked at: no card has room for more."""
_SPACE = 0.25
_BREAKS = "/-_.?&="
"""Behind these an address is broken, if it must be."""
_INSTEAD = {
    "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "→": "->", "←": "<-", "‐": "-", "‑": "-", "‒": "–", "―": "—", "₋": "−",
    "ʻ": "‘", "ˮ": "”", "«": "«", "」": "”", "「": "“",
}  # fmt: skip


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


def drawable(text: str) -> str:
    """A text with nothing in it that the typeface does not have: what has a plain form gets it, a mark that no letter
    of the typeface carries is left off, and each run of anything else is `LEFT_OUT`."""
    words = (_drawable(word) for word in unicodedata.normalize("NFC", text).split(" "))
    return " ".join(word for word, _ in groupby(filter(None, words)))


def legible(text: str) -> bool:
    """Whether the typeface has most of a text's letters, so that it says what it says without the others."""
    letters = [letter for letter in unicodedata.normalize("NFC", text) if letter.isalpha()]
    return 2 * sum(_plain(letter) is not None for letter in letters) > len(letters)


def width_of(text: str, size: int, weight: Weight) -> float:
    """Pixels that a line takes."""
    words = text.split(" ")
    return sum(_word_width(word, size, weight) for word in words) + _space(size) * (len(words) - 1)


def draw_line(draw: ImageDraw, place: tuple[float, float], text: str, size: int, weight: Weight, ink: Ink) -> None:
    """Draw a line; `place` is its left end on the baseline."""
    left, base = place
    for word in text.split(" "):
        for part, run in _runs(word):
            font = _font(part, size, weight)
            draw.text((left, base), run, font=font, fill=ink, anchor="ls")
            left += font.getlength(run)
        left += _space(size)


def fitted(text: str, room: tuple[int, int], sizes: tuple[int, int], weight: Weight) -> Block:
    """A text as large as it fits into a width and a height, between two sizes (largest, smallest). What does not fit
    at the smallest is cut behind a word, and the block says so."""
    width, height = room
    largest, smallest = sizes
    short = text[:LONGEST]
    for size in range(largest, smallest - 1, -2) if short == text else ():
        if _breaks_a_word(text, width, size, weight):
            continue
        lines = wrapped(text, width, size, weight)
        if len(lines) * round(size * LEADING) <= height:
            return Block(_balanced(text, width, size, weight, len(lines)), size, weight)
    lines = wrapped(short, width, smallest, weight)
    most = max(1, height // round(smallest * LEADING))
    if len(lines) <= most and short == text:
        return Block(lines, smallest, weight)
    last = min(most, len(lines)) - 1
    return Block((*lines[:last], _cut(lines[last], width, smallest, weight)), smallest, weight, cut=True)


def wrapped(text: str, width: float, size: int, weight: Weight) -> tuple[str, ...]:
    """A text in lines of at most that width. A word that is wider than a line is broken anywhere."""
    lines: list[str] = []
    line, taken = "", 0.0
    for word in _pieces(text, width, size, weight):
        wide = _word_width(word, size, weight)
        if line and taken + _space(size) + wide > width:
            lines.append(line)
            line, taken = word, wide
        else:
            taken += wide + (_space(size) if line else 0.0)
            line = f"{line} {word}" if line else word
    return (*lines, line) if line else tuple(lines)


def _balanced(text: str, width: int, size: int, weight: Weight, count: int) -> tuple[str, ...]:
    """The lines at the least width that gives as many: none of them is left with a word alone."""
    low, high = width // 2, width
    while high - low > 4:
        middle = (low + high) // 2
        if len(wrapped(text, middle, size, weight)) <= count and not _breaks_a_word(text, middle, size, weight):
            high = middle
        else:
            low = middle
    return wrapped(text, high, size, weight)


def _breaks_a_word(text: str, width: float, size: int, weight: Weight) -> bool:
    return any(_word_width(word, size, weight) > width for word in text.split(" "))


def _pieces(text: str, width: float, size: int, weight: Weight) -> Iterator[str]:
    for word in text.split(" "):
        piece = ""
        for letter in word if _word_width(word, size, weight) > width else ():
            if piece and _word_width(piece + letter, size, weight) > width:
                end = max(piece.rfind(mark) for mark in _BREAKS) + 1
                end = end if end > len(piece) // 2 else len(piece)
                yield piece[:end]
                piece = piece[end:]
            piece += letter
        yield piece or word


def _cut(line: str, width: float, size: int, weight: Weight) -> str:
    """A line that ends in “…” behind a word, or within it where there is but one."""
    words = line.split(" ")
    while len(words) > 1 and width_of(" ".join(words) + CUT, size, weight) > width:
        words.pop()
    kept = " ".join(words).rstrip(",.;:–—-“‘([…")
    while len(kept) > 1 and width_of(kept + CUT, size, weight) > width:
        kept = kept[:-1]
    return kept + CUT


def _drawable(word: str) -> str:
    made = ""
    for letter in word:
        plain = _plain(letter)
        if plain is None:
            made += "" if made.endswith(LEFT_OUT) else LEFT_OUT
        else:
            made += plain
    return made


@lru_cache(4096)
def _plain(letter: str) -> str | None:
    """A letter as the typeface has it, empty for one that is not seen, None for one that it does not have."""
    if _part(letter) is not None:
        return letter
    if unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc"):
        return ""
    plain = _INSTEAD.get(letter) or unicodedata.normalize("NFKC", letter)
    return plain if plain and all(_part(each) is not None for each in plain) else None


def _runs(word: str) -> Iterator[tuple[str, str]]:
    """A word in runs, each with the part of the typeface that has its letters."""
    for part, run in groupby(word, key=lambda letter: _part(letter) or PARTS[0]):
        yield part, "".join(run)


@lru_cache(8192)
def _word_width(word: str, size: int, weight: Weight) -> float:
    return sum(_font(part, size, weight).getlength(run) for part, run in _runs(word))


def _space(size: int) -> float:
    return size * _SPACE


@cache
def _part(letter: str) -> str | None:
    return next((part for part in PARTS if ord(letter) in _letters(part)), None)


@cache
def _letters(part: str) -> frozenset[int]:
    # What hyphenates, or takes no place, is no letter.
    return letters_of(_data(part, 400)) - {0xAD, 0x200B, 0xFEFF}


@cache
def _data(part: str, weight: Weight) -> bytes:
    return files("factdesk.publish").joinpath("typeface", f"faustina-{part}-{weight}.woff").read_bytes()


@lru_cache(256)
def _font(part: str, size: int, weight: Weight) -> FreeTypeFont:
    from io import BytesIO

    from PIL import ImageFont

    return ImageFont.truetype(BytesIO(_data(part, weight)), size, layout_engine=ImageFont.Layout.BASIC)

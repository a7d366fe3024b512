"""Type for cards: which letters can be drawn, and how wide words are.

The letters are those of our own typeface in three files (Latin, more Latin, Vietnamese), taken letter by letter as a
browser takes them. They are set by Pillow's basic layout, which is the same on every machine; the Latin script needs
no other. In it a letter is a whole number of pixels wide, whatever stands beside it.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from factdesk.publish.woff import letters_of

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Weight = Literal[400, 700]

PARTS = ("latin", "latin-ext", "vietnamese")
LEFT_OUT = "[…]"
"""What stands for letters that the typeface does not have."""
_SPACE = 0.25
_INSTEAD = {
    "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "→": "->", "←": "<-", "‐": "-", "‑": "-", "‒": "–", "―": "—", "₋": "−",
    "ʻ": "‘", "ˮ": "”", "«": "«", "」": "”", "「": "“",
}  # fmt: skip


@lru_cache(256)
def drawable(text: str) -> str:
    """A text with nothing in it that the typeface does not have: what has a plain form gets it, a mark that no letter
    of the typeface carries is left off, and each run of anything else is `LEFT_OUT`."""
    words = filter(None, (_drawable(word) for word in unicodedata.normalize("NFC", text).split(" ")))
    return " ".join(word for run, same in groupby(words) for word in ((run,) if run == LEFT_OUT else same))


def legible(text: str) -> bool:
    """Whether the typeface has most of a text's letters, so that it says what it says without the others."""
    letters = [letter for letter in unicodedata.normalize("NFC", text) if letter.isalpha()]
    return 2 * sum(_plain(letter) is not None for letter in letters) > len(letters)


def space(size: int) -> float:
    """Pixels between two words."""
    return size * _SPACE


@lru_cache(1 << 15)
def word_width(word: str, size: int, weight: Weight) -> int:
    """Pixels that a word takes."""
    wide = widths(size, weight)
    return sum(wide[letter] for letter in word)


class Widths(dict[str, int]):
    """How wide each letter is at a size, in pixels; measured when it is first asked for."""

    def __init__(self, size: int, weight: Weight) -> None:
        super().__init__()
        self._size, self._weight = size, weight

    def __missing__(self, letter: str) -> int:
        self[letter] = wide = round(font_of(letter, self._size, self._weight).getlength(letter))
        return wide


@cache
def widths(size: int, weight: Weight) -> Widths:
    """The widths of letters at a size."""
    return Widths(size, weight)


def font_of(letter: str, size: int, weight: Weight) -> FreeTypeFont:
    """The file of the typeface that has a letter, at a size."""
    return _font(_part(letter) or PARTS[0], size, weight)


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


@lru_cache(4096)
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

"""Where a quotation is cut out of the middle of a word or a number: “not 5” out of “not 50”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from factdesk.domain.matches import Reason

Side = Literal["start", "end"]
Inside = Literal["letter", "word", "number"]

_REACH = 64
_HIDDEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_HYPHEN = "\u2010\u2011-"
# A sign stands before a number only where no word goes before it; joints stand between two digits.
_NUMBER = re.compile(
    r"(?:(?<![\w)\]])[-\u2010-\u2015\u2212+±]|[$€£¥₫])?"
    r"\d(?:\d|[.,:/'’·\u00a0\u2009\u202f\u2010-\u2015\u2212-](?=\d))*"
    r"(?:[¼-¾⅐-⅞⁄²³¹⁰-⁹]+|[ \u00a0\u2009\u202f]?[%‰°])?"
)
# An apostrophe or a hyphen between letters does not end a word: “non-profit”, “isn't”.
_WORD = re.compile(
    rf"[^\W_]+(?:(?:[{_HIDDEN}\u0300-\u036f]|['’{_HYPHEN}](?=\w)|[{_HYPHEN}]\s{{0,4}}\n\s{{0,4}}(?=[^\W\d_]))[^\W_]*)*"
)
# Scripts that do not part their words: Thai, Lao, Myanmar, Khmer, kana, ideographs.
_UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


@dataclass(frozen=True, slots=True)
class Cut:
    """One end of one piece that lies inside a word or a number, or between a letter and its accent. `whole` is the
    word or number as it stands in the text."""

    piece: int
    side: Side
    inside: Inside
    whole: str


def cuts(text: str, piece: int, start: int, end: int) -> tuple[Cut, ...]:
    """What the slice `text[start:end]` cuts at its two ends."""
    sides: tuple[tuple[Side, int], ...] = (("start", start), ("end", end))
    found = (_cut(text, piece, side, at) for side, at in sides if 0 < at < len(text))
    return tuple(cut for cut in found if cut is not None)


def cut_reason(cut: Cut) -> Reason:
    """The cut in words."""
    return Reason("cut", _TEMPLATES[cut.side, cut.inside], {"whole": cut.whole})


_TEMPLATES = {
    ("start", "number"): "the quotation begins inside the number “{whole}”",
    ("end", "number"): "the quotation ends inside the number “{whole}”",
    ("start", "word"): "the quotation begins inside the word “{whole}”",
    ("end", "word"): "the quotation ends inside the word “{whole}”",
    ("start", "letter"): "the quotation begins between a letter and its accent: “{whole}”",
    ("end", "letter"): "the quotation ends between a letter and its accent: “{whole}”",
}


def _cut(text: str, piece: int, side: Side, at: int) -> Cut | None:
    low = max(0, at - _REACH)
    window, here = text[low : at + _REACH], at - low
    if _plainly_whole(window[here - 1], window[here]):
        return None
    number = _around(_NUMBER, window, here)
    if number:
        return Cut(piece, side, "number", number)
    if _MARKS.match(window[here]) and not window[here - 1].isspace():
        return Cut(piece, side, "letter", window[here - 1 : here + 1])
    if _UNPARTED.match(window[here]) and _UNPARTED.match(window[here - 1]):
        return None
    word = _around(_WORD, window, here)
    return Cut(piece, side, "word", word) if word else None


def _plainly_whole(before: str, after: str) -> bool:
    """Whether nothing can be cut here; nearly every quotation's ends are so."""
    return (before in " \u00a0" and after.isalpha()) or (before.isalpha() and after in ' .,;:!?"”»)')


def _around(pattern: re.Pattern[str], window: str, here: int) -> str:
    for found in pattern.finditer(window):
        if found.start() < here < found.end():
            return found.group()
        if found.start() >= here:
            break
    return ""

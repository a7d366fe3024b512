"""Where a quotation is cut out of the middle of a word or a number: “not 5” out of “not 50”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from factdesk.domain.matches import Reason

Side = Literal["start", "end"]
Inside = Literal["letter", "word", "number"]

_ENOUGH = 64
# How far is looked for so many characters: what shows nothing may stand between them in any number.
_REACHES = (_ENOUGH, 1 << 12, 1 << 16)
_UNSEEN = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+(\s?)")
_HYPHEN = "\u2010\u2011-"
_THIN = " \u00a0\u2009\u202f"
_SIGN = (
    "-\u2010-\u2015\u2212+±\u207a\u207b\u2795\u2796\ufe58\ufe62\ufe63\uff0b\uff0d\uf02b\uf02d\uf0b1\ufffd<>≤≥≲≳⩽⩾~∼≈"
)
# A sign stands before a number only where no word goes before it, and so does the dot of “.5”. What a document has no
# character for may be one.
_BEFORE = rf"(?:(?<![\w)\]])[{_SIGN}]|[$€£¥₫]|(?<![\w.…)\]])[.·]){{0,3}}"
# Joints stand between two digits. A line may end within a range.
_JOINT = r"[.,:/'’·×~\u066b\u066c\uff5e\u301c\u00a0\u2009\u202f\u2010-\u2015\u2212-]"
_RANGE, _POWER = r"[-\u2010\u2013] ?\n ?(?=\d)", rf"[{_THIN}]?[×⋅][{_THIN}]?(?=10[¹²³\u2070-\u207b])"
# Thousands parted by plain spaces: “12 345”.
_GROUPS = rf"(?<![\w.,:/])\d{{1,3}}(?:[{_THIN}]\d{{3}})+(?!\d)"
_NUMBER = re.compile(
    rf"{_BEFORE}(?:{_GROUPS}|\d)(?:\d|{_JOINT}(?=\d)|{_RANGE}|{_POWER})*"
    rf"(?:[¼-¾⅐-⅞⁄²³¹\u2070-\u207b]+|[{_THIN}]?[%‰°])?"
)
# An apostrophe or a hyphen between letters does not end a word: “non-profit”, “isn't”.
_WORD = re.compile(
    rf"[^\W_]+(?:(?:[\u0300-\u036f]|['’{_HYPHEN}](?=\w)|[\u00ad{_HYPHEN}]\s{{0,4}}\n\s{{0,4}}(?=[^\W\d_]))[^\W_]*)*"
)
# Scripts that do not part their words: Thai, Lao, Myanmar, Khmer, kana, ideographs.
_UNPARTED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


@dataclass(frozen=True, slots=True)
class Cut:
    """One end of one piece that lies inside a word or a number, or between a letter and its accent. `whole` is the
    word or number as it is seen."""

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
    before, after = _seen(text, at, -1), _seen(text, at, 1)
    if not before or not after or _plainly_whole(before[-1], after[0]):
        return None
    window, here = before + after, len(before)
    number = _around(_NUMBER, window, here)
    if number:
        return Cut(piece, side, "number", number)
    if _MARKS.match(window[here]) and not window[here - 1].isspace():
        return Cut(piece, side, "letter", window[here - 1 : here + 1])
    if _UNPARTED.match(window[here]) and _UNPARTED.match(window[here - 1]):
        return None
    word = _around(_WORD, window, here)
    return Cut(piece, side, "word", word) if word else None


def _seen(text: str, at: int, side: Literal[-1, 1]) -> str:
    """What is seen right before a place, or after it."""
    for reach in _REACHES:
        near = text[max(0, at - reach) : at] if side < 0 else text[at : at + reach]
        seen = _UNSEEN.sub(_shown, near)
        if 2 * len(seen) >= _ENOUGH or len(near) < reach:
            break
    return seen[-_ENOUGH:] if side < 0 else seen[:_ENOUGH]


def _shown(unseen: re.Match[str]) -> str:
    """What is seen of characters that show nothing: a soft hyphen at a line's end."""
    return ("\u00ad" if unseen[1] and "\u00ad" in unseen[0] else "") + unseen[1]


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

"""What counts as the same character in a quotation and in its source, and what kind of character each is.

Alike are: canonically equivalent letters (é and e + ́), Latin ligatures and their letters, full-width and half-width
forms, the positional forms of Arabic letters, the long s and s; quotation marks of one family (double: " “ ” „ « »
″ …; single: ' ‘ ’ ‚ ‹ › ′ ` …); dashes and hyphens of every length; an ellipsis and three dots. Case, accents, the
place of a tone mark, superscripts, fractions and circled digits are not touched: 10² is not 102, and ½ not 1/2.

The tables cover all of Unicode, are filled as characters are met, and are shared by every text.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from unicodedata import category, decomposition, normalize

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Kinds = NDArray[np.uint8]

# Kinds of characters, as small numbers so that a text's kinds are one array.
UNKNOWN, OTHER, LETTER, DIGIT, SPACE, BREAK, DROPPED, SOFT, MARK, HYPHEN, DASH, SINGLE, OPENING, CLOSING = range(14)
COMBINING, EXPANDS = 14, 15
"""`MARK`: what stands for a hyphen at a line's end in texts that pdfium made. `OPENING`, `CLOSING`: « and », which
have a space inside in French. `COMBINING`: joins the character before it. `EXPANDS`: stands for several."""

_SINGLE = "'‘’‚‛′`´ʼ\u2039\u203a＇"
_DOUBLE = '"“”„‟″«»＂〝〞〟'
_HYPHENS = "-\u2010\u2011\uff0d"
_DASHES = "\u2012\u2013\u2014\u2015\u2212"
_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_SOFT = "\u00ad"
_MARKS = "\x02\ufffe"
# Joiners and variation selectors choose a shape; the last are byte order and direction marks, which show nothing.
_DROPPED = (
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10),
    *range(0xFFF9, 0xFFFC), *range(0xE0100, 0xE01F0), 0x034F, 0x061C, 0x180E, 0xFEFF,
)  # fmt: skip
_CONTROLS = (*range(0x00, 0x02), *range(0x03, 0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0))
_FORMS = frozenset({"<wide>", "<narrow>", "<initial>", "<medial>", "<final>", "<isolated>"})
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ſ": "s", "…": "..."}


def _special() -> dict[str, tuple[int, str]]:
    """Characters whose kind and form are laid down here rather than by Unicode."""
    table = {chr(code): (DROPPED, chr(code)) for code in (*_DROPPED, *_CONTROLS)}
    table |= dict.fromkeys(_BREAKS, (BREAK, " "))
    table |= dict.fromkeys(_SINGLE, (SINGLE, "'")) | dict.fromkeys(_DOUBLE, (OTHER, '"'))
    table |= dict.fromkeys(_HYPHENS, (HYPHEN, "-")) | dict.fromkeys(_DASHES, (DASH, "-"))
    table |= dict.fromkeys(_MARKS, (MARK, "-")) | {_SOFT: (SOFT, _SOFT)}
    return table | {"«": (OPENING, '"'), "»": (CLOSING, '"'), "‹": (OPENING, "'"), "›": (CLOSING, "'")}


_SPECIAL = _special()


def form(char: str) -> str:
    """What a character is compared as: itself, its equivalent, or the characters it stands for."""
    if char in _SPECIAL:
        return _SPECIAL[char][1]
    if char in _LIGATURES:
        return _LIGATURES[char]
    tag, *codes = decomposition(char).split() or [""]
    if tag in _FORMS and "0020" not in codes:
        return "".join(form(chr(int(code, 16))) for code in codes)
    same = normalize("NFC", char)
    return same if same == char else "".join(form(each) for each in same)


def kind(char: str) -> int:
    """The kind of a character, by what it is compared as."""
    if char in _SPECIAL:
        return _SPECIAL[char][0]
    alike = form(char)
    if len(alike) != 1:
        return EXPANDS
    if alike != char:
        return kind(alike)
    if char.isspace():
        return SPACE
    if char.isalpha():
        # Vowels and finals of Korean syllables join what stands before them.
        return COMBINING if "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7fb" else LETTER
    return COMBINING if category(char).startswith("M") else DIGIT if char.isdigit() else OTHER


class Tables:
    """Kind and form of every code point met so far. `forms` holds 1:1 forms; `EXPANDS` ones stay as they are."""

    def __init__(self) -> None:
        self.kinds: Kinds = np.zeros(0x110000, np.uint8)
        self.forms: Codes = np.arange(0x110000, dtype=np.uint32)
        self.bases: Codes = np.zeros(0x110000, np.uint32)

    def kinds_of(self, codes: Codes) -> Kinds:
        """The kinds of code points, in the same order."""
        kinds = self.kinds[codes]
        if not kinds.all():
            self._learn(np.unique(codes[kinds == UNKNOWN]).tolist())
            kinds = self.kinds[codes]
        return kinds

    def bases_of(self, codes: Codes) -> Codes:
        """Each code point as a small letter without accents, one for one: what a hasty reader takes for the same."""
        bases = self.bases[codes]
        if not bases.all():
            for code in np.unique(codes[bases == 0]).tolist():
                self.bases[code] = ord(_base(chr(code)))
            bases = self.bases[codes]
        return bases

    def _learn(self, codes: Iterable[int]) -> None:
        for code in codes:
            char = chr(code)
            self.kinds[code] = kind(char)
            alike = form(char)
            if len(alike) == 1:
                self.forms[code] = ord(alike)


@cache
def tables() -> Tables:
    """The tables, made at first use."""
    return Tables()


def _base(char: str) -> str:
    small = char.lower()
    bare = normalize("NFD", small[0]).replace("đ", "d")[0]
    return bare if bare != "\0" else " "


def codes_of(text: str) -> Codes:
    """A text's code points; half surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32, copy=False)


def text_of(codes: Codes) -> str:
    """The text of code points."""
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def join(cluster: str) -> str:
    """A character and what joins it, in the one form that equal ones share.

    Longer runs than any script has stay as they are: putting marks in order takes quadratic time.
    """
    return normalize("NFC", "".join(map(form, cluster))) if len(cluster) <= 64 else cluster

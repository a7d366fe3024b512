"""Words as the index sees them: one tokeniser and one folding for every engine and for the query.

`fold` removes what people leave out when they type: case, the marks of Latin, Greek and Cyrillic letters (Vietnamese
đ included), Arabic vowel signs, Hebrew points, typographic variants. In scripts where a combining mark is a vowel
(Devanagari, Tamil, Thai …) it stays. No language is asked for: a message and the check that answers it must come out
the same without anyone knowing what they are written in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from factdesk.text.stem import stem

LONGEST_TERM = 64
"""Characters of a term that are kept; what is longer is not a word."""

_SPECIAL = str.maketrans({
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th",
    "ə": "a", "ʼ": "'", "ʻ": "'", "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ہ": "ه", "ۀ": "ه", "ە": "ه", "ک": "ك", "ٱ": "ا", "ـ": None,
    "ς": "σ", "٬": ",", "٫": ".",
})  # fmt: skip

# Combining marks of Latin, Greek and Cyrillic; Arabic vowel signs and hamza above or below; Hebrew points and accents.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]+"
)
# Soft hyphen, zero-width and direction marks, variation selectors: they change how a word looks, not what it is.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]+"
)
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")

# Scripts written without spaces, and Hangul, whose particles cling to words: overlapping pairs find them all.
_UNSPACED = (
    "\u0e00-\u0e3a\u0e40-\u0e4e\u0e80-\u0ece\u1780-\u17d3\u1000-\u109f"
    "\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3"
    "\U00020000-\U0003134f"
)
_GROUPED = r"(?<![\d.,])[1-9][0-9]{0,2}(?:([.,'\u2019\u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*(?![\d]|[.,]\d)"
_DECIMAL = r"(?<![\d.,])[0-9]+[.,][0-9]+(?![\d]|[.,]\d)"

_WITH_SEPARATOR = re.compile("[0-9][.,'\u2019\u00a0\u202f][0-9]")
_PLAIN_TOKEN = re.compile(rf"{_GROUPED}|{_DECIMAL}|[^\W_]+")
_PLAIN_WORD = re.compile(r"[^\W_]+")
_VIETNAMESE = re.compile("[\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_DYET = re.compile("[đĐ]")
_SOUTH_SLAVIC = re.compile("[čćšžČĆŠŽ]")


def fold(text: str) -> str:
    """The text without what people leave out when they type. Folding twice changes nothing."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return unicodedata.normalize("NFC", _folded(_folded(text)))


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKD", text).casefold()
    text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text))
    text = _MARKS.sub("", text).translate(_SPECIAL)
    return _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text)


def terms(text: str) -> list[str]:
    """The folded, lightly stemmed terms of a text, in order, repeats kept. Numbers are whole: `5,000` is `5000`."""
    return fold_terms(exact_terms(text))


def fold_terms(tokens: Iterable[str]) -> list[str]:
    """The folded, stemmed form of exact terms. One of them may give several, or none."""
    return [part for token in tokens for part in _fold_token(token)]


def marked_terms(tokens: Iterable[str]) -> list[str]:
    """Those exact terms that folding would change: the words whose marks tell them from others."""
    return [token for token in tokens if not token.isascii() and _is_marked(token)]


def exact_terms(text: str) -> list[str]:
    """The terms of a text in lower case with their marks, in order, repeats kept."""
    if text.isascii():
        return _plain_terms(text.lower())
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).lower()
    text = text.replace("٬", ",").replace("٫", ".")
    text = _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text)
    if not _unusual().search(text):
        return _plain_terms(text)
    found: list[str] = []
    for match in _tokens().finditer(text):
        token = match[0]
        if match.lastgroup == "run":
            found.extend(_pairs(token))
        else:
            found.append(_whole(token))
    return found


def _plain_terms(text: str) -> list[str]:
    """The terms of a text with spaces between its words and no combining marks: what most texts are."""
    if _WITH_SEPARATOR.search(text):
        return [_whole(match[0]) for match in _PLAIN_TOKEN.finditer(text)]
    found = _PLAIN_WORD.findall(text)
    return [token[:LONGEST_TERM] for token in found] if len(text) > LONGEST_TERM else found


def has_vietnamese_marks(text: str) -> bool:
    """Whether the text holds letters that, among languages in wide use, only Vietnamese writes.

    đ counts unless South Slavic letters stand beside it.
    """
    text = unicodedata.normalize("NFC", text)
    if _VIETNAMESE.search(text):
        return True
    return bool(_DYET.search(text)) and not _SOUTH_SLAVIC.search(text)


def _whole(token: str) -> str:
    """A word cut to length, or a number without its thousands separators and with a decimal point."""
    if not token[0].isdecimal() or token.isdecimal():
        return token[:LONGEST_TERM]
    if re.fullmatch(_GROUPED, token):
        token = re.sub(r"[^0-9]", "", token)
    return token.replace(",", ".")[:LONGEST_TERM]


def _pairs(run: str) -> list[str]:
    """Overlapping pairs of a run's characters, each with its combining marks; a lone character is itself."""
    units = _unit().findall(run)
    return [first + second for first, second in pairwise(units)] if len(units) > 1 else units


@lru_cache(maxsize=65_536)
def _is_marked(token: str) -> bool:
    return fold(token) != token


@lru_cache(maxsize=262_144)
def _fold_token(token: str) -> tuple[str, ...]:
    folded = fold(token)
    parts = [part for part in re.split(r"[\s'\"/-]+", folded) if part]
    return tuple(stem(part)[:LONGEST_TERM] for part in parts)


@lru_cache(maxsize=1)
def _tokens() -> re.Pattern[str]:
    """The tokeniser of texts that are not ASCII, built at first need: `\\w` leaves out combining marks."""
    mark = _mark_class()
    return re.compile(
        rf"(?P<run>(?:[{_UNSPACED}]{mark}*)+)|{_GROUPED.replace(chr(92) + '1', chr(92) + '2')}|{_DECIMAL}"
        rf"|(?:(?![{_UNSPACED}])[^\W_]{mark}*)+"
    )


@lru_cache(maxsize=1)
def _unusual() -> re.Pattern[str]:
    """What a text must hold to need more than `_plain_terms`."""
    return re.compile(f"[{_UNSPACED}]|{_mark_class()}")


@lru_cache(maxsize=1)
def _unit() -> re.Pattern[str]:
    """A character with the marks on it."""
    return re.compile(f"(?s:.){_mark_class()}*")


@lru_cache(maxsize=1)
def _mark_class() -> str:
    """All combining marks as a character class, so that words of every living script stay whole."""
    blocks = (range(0x300, 0x3100), range(0xA600, 0xAC00), range(0xFE20, 0xFE30), range(0x11000, 0x11800))
    marks = (code for block in blocks for code in block if unicodedata.category(chr(code))[0] == "M")
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]"

"""Where the tone of a Vietnamese syllable is written.

On the vowel that has a mark of its own (`ế`, `ườ`); else on the only one; else on the last before a consonant (`oán`);
else on the middle of three (`oái`); else on the first of two (`của`, `áo`). In `oa`, `oe` and `uy` at the end the old
way sets it on the first (`hòa`), the new one on the second (`hoà`); both are in use, and both are right.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from factdesk.text.syllables import is_syllable

Style = Literal["old", "new"]

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ONSET = re.compile("ngh|ng|nh|gh|gi(?=[aăâeêioôơuưy])|qu(?=[aăâeêioôơy])|th|tr|ch|kh|ph|[bcdđghklmnpqrstvx]")
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơư"
_EITHER = ("oa", "oe", "uy")


@dataclass(frozen=True, slots=True)
class Toned:
    """A syllable with its tone. `style` where there are two ways to set it; `right` the right ways to write it, this
    one among them where it is right itself."""

    style: Style | None
    right: tuple[str, ...]


@lru_cache(maxsize=16384)
def toned(word: str) -> Toned | None:
    """What can be said of a word with a tone; None for one that has none, or is no syllable even without it."""
    letters = list(unicodedata.normalize("NFC", word))
    tones = [(at, tone) for at, letter in enumerate(letters) for tone in _tones(letter)]
    if not tones:
        return None
    bare = [_without(letter) for letter in letters]
    low = "".join(bare).lower()
    right = tuple(
        dict.fromkeys(
            _set(bare, place, tone)
            for tone in dict.fromkeys(tone for _, tone in tones)
            for place in places(low)
            if is_syllable(_set(bare, place, tone))
        )
    )
    if not right:
        return None
    two = len(places(low)) == 2 and len(tones) == 1
    style: Style | None = ("old", "new")[places(low).index(tones[0][0])] if two and tones[0][0] in places(low) else None
    return Toned(style, right)


def places(bare: str) -> tuple[int, ...]:
    """At which letters of a syllable, in small letters without tone, the tone may stand: two where one may choose."""
    onset = _ONSET.match(bare)
    start = onset.end() if onset else 0
    end = start
    while end < len(bare) and bare[end] in _VOWELS:
        end += 1
    vowels = bare[start:end]
    if not vowels:
        # `gì`: the i of the onset is the vowel.
        return (start - 1,) if start and bare[start - 1] in _VOWELS else ()
    marked = [at for at, letter in enumerate(vowels) if letter in _MARKED]
    if marked:
        return (start + marked[-1],)
    if end < len(bare):
        return (end - 1,)
    if vowels in _EITHER:
        return (start, start + 1)
    return (start + (1 if len(vowels) == 3 else 0),)


def _tones(letter: str) -> list[str]:
    return [mark for mark in unicodedata.normalize("NFD", letter) if mark in _TONES]


def _without(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))


def _set(bare: list[str], place: int, tone: str) -> str:
    return unicodedata.normalize("NFC", "".join([*bare[: place + 1], tone, *bare[place + 1 :]]))

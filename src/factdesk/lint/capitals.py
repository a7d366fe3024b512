"""Words in capitals: whether they are abbreviations or shouted."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from factdesk.lint.phrases import read_list
from factdesk.text.syllables import is_syllable
from factdesk.text.wordlist import words

UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EF9, 2)))
"""The capitals of English and Vietnamese, for a class of letters."""

CAPITALS = re.compile(rf"(?<![\w@#&./-])[{UPPER}]{{2,30}}(?![\w@-]|[./&]\w)")
"""A word of two letters or more that are all capitals, by itself: no part of an address, a number or a name."""

ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")

_SHOUTED = words(
    """NOT NEVER NEVERS ALWAYS ALL ONLY MUST NONE NOBODY EVERY EVERYONE NOTHING FALSE TRUE FAKE WRONG STOP WARNING
    BEWARE ALERT BREAKING URGENT SHARE PLEASE READ NOW HOAX LIE LIES LIED SCAM REAL VERY FACT FACTS MYTH ANY DANGER
    DO DONT IS ARE WAS BUT AND THE THIS THAT HUGE YES REALLY WHY WHAT HOW WHO SHOCKING ATTENTION IMPORTANT"""
)
_ENDINGS = ("LY", "ING", "ED", "ION", "IONS", "BLE", "OUS", "EST", "NESS", "MENT", "ITY", "FUL", "LESS", "IVE", "HING")
"""How English words end that are no name in capitals."""
_TONED = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@cache
def known() -> frozenset[str]:
    """Abbreviations that need no explanation."""
    return frozenset(word for row in read_list("abbreviations")["known"] for word in row["words"])


def is_word(capitals: str, language: str) -> bool:
    """Whether capitals are a word written loud: one of a list, a Vietnamese syllable with its tone, or a long one that
    ends as English words do."""
    if capitals in known() or ROMAN.fullmatch(capitals):
        return False
    if capitals in _SHOUTED or (len(capitals) > 6 and capitals.endswith(_ENDINGS)):
        return True
    if language != "vi":
        return False
    return is_syllable(capitals) and bool(_TONED.search(unicodedata.normalize("NFD", capitals)))

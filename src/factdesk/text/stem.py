"""A light stemmer, the same for every language: what a message is written in is not known when it is searched for.

It takes plurals, -ing and -ed off words in Latin letters, article and commonest endings off Arabic ones, and cuts every
word to six letters. On fact-checks in eleven languages that finds more than a stemmer of any one language would
(`docs/decisions/0002-search-index.md`).
"""

from __future__ import annotations

import re

LETTERS = 6
"""What is kept of a word: endings of most languages begin about there."""

_VOWELS = frozenset("aeiouy")
_ARABIC = re.compile("[\u0620-\u064a]+")
# As in the light10 stemmer (Larkey, Ballesteros, Connell 2007), without the conjunction alone.
_ARABIC_PREFIX = re.compile("^(?:وال|بال|كال|فال|لل|ال)(?=...)")
_ARABIC_ENDING = re.compile("(?<=...)(?:ها|ان|ات|ون|ين|يه|يا|ه|ي)$")


def stem(word: str) -> str:
    """The stem of a folded word. What has a digit in it stays as it is."""
    if not word.isascii():
        if _ARABIC.fullmatch(word):
            word = _ARABIC_ENDING.sub("", _ARABIC_PREFIX.sub("", word))
        return word[:LETTERS] if word.isalpha() else word
    if len(word) < 4 or not word.isalpha():
        return word
    return _undo_e(_verb(_plural(word)))[:LETTERS]


def _plural(word: str) -> str:
    """As in the S-stemmer (Harman 1991): -ies, -es, -s."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4 and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


def _verb(word: str) -> str:
    for ending in ("ing", "ed"):
        if word.endswith(ending):
            base = word[: -len(ending)]
            if len(base) >= 3 and not _VOWELS.isdisjoint(base) and not base.endswith("e"):
                return _undouble(base)
    return word


def _undouble(base: str) -> str:
    doubled = base[-1] == base[-2] and base[-1] not in "lsz" and base[-1] not in _VOWELS
    return base[:-1] if doubled else base


def _undo_e(word: str) -> str:
    """Without a final -e, and with -i for -y, so that `vaccine`, `vaccines`, `vaccinating` come nearer one another."""
    if len(word) > 3 and word.endswith("e"):
        return word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word

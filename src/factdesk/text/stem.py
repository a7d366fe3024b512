"""A light stemmer for words in Latin letters, the same for every language.

It takes off what costs the most matches (plurals, -ing, -ed) and nothing else; a message's language is not known when
it is searched for, so a stemmer for each language would have the message and the check disagree.
"""

from __future__ import annotations

_VOWELS = frozenset("aeiouy")


def stem(word: str) -> str:
    """The stem of a folded word; words of up to three letters, with digits or in other scripts stay as they are."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    return _undo_e(_verb(_plural(word)))


def _plural(word: str) -> str:
    """As in Harman's S-stemmer (1991): -ies, -es, -s."""
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

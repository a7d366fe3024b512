"""A text as the matcher compares it: its folded terms, and which of them are numbers or names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from factdesk.text.fold import terms

REMEMBERED = 50_000
"""Texts kept taken apart: the claims that are held against message after message."""

_CAPITAL = re.compile(r"(?<![.!?:…\"“]\s)(?<!\A)(?<!\n)\b[^\W\d_a-z][\w’'-]+")
"""A word with a capital that does not begin a sentence. Scripts without capitals give letters that `_is_name` drops."""


@dataclass(frozen=True)
class Words:
    """The words of one text. `sequence` keeps order and repeats; the rest is found out when it is asked for.

    Most candidates are looked at once, and of their titles only `sequence` and `distinct`.
    """

    text: str
    sequence: tuple[str, ...]

    @cached_property
    def distinct(self) -> frozenset[str]:
        """Every term once."""
        return frozenset(self.sequence)

    @cached_property
    def digits(self) -> frozenset[str]:
        """The terms that are numbers."""
        return frozenset([term for term in self.distinct if term[0].isdigit()])

    @cached_property
    def names(self) -> frozenset[str]:
        """The terms that are written as names."""
        return frozenset([term for name in _names(self.text) for term in terms(name)])

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring terms."""
        return frozenset(pairwise(self.sequence))


@lru_cache(maxsize=REMEMBERED)
def words_of(text: str) -> Words:
    """The words of a text."""
    return Words(text, tuple(terms(text)))


def joined(first: Words, second: Words) -> Words:
    """Two texts as one, such as a claim and its title."""
    if not second.sequence:
        return first
    return Words(f"{first.text}\n{second.text}", first.sequence + second.sequence)


def _names(text: str) -> list[str]:
    found = [match[0] for match in _CAPITAL.finditer(text) if match[0][0].isupper()]
    words = len(text.split())
    # A headline writes every word with a capital, and a shout every letter: then capitals say nothing.
    return found if len(found) <= max(3, words // 2) else []

"""A text as the matcher compares it: its folded terms, and which of them are numbers or names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from factdesk.text.fold import terms

REMEMBERED = 50_000
"""Texts kept taken apart: the claims that are held against message after message."""

_CAPITAL = re.compile(r"(?<![.!?:…\"“]\s)(?<!\A)(?<!\n)\b[^\W\d_a-z][\w’'-]+")
"""A word with a capital that does not begin a sentence. Scripts without capitals give letters that `_is_name` drops."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text. `sequence` keeps order and repeats; `names` and `digits` are among `distinct`."""

    sequence: tuple[str, ...]
    distinct: frozenset[str]
    digits: frozenset[str]
    names: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@lru_cache(maxsize=REMEMBERED)
def words_of(text: str) -> Words:
    """The words of a text."""
    sequence = tuple(terms(text))
    distinct = frozenset(sequence)
    return Words(
        sequence=sequence,
        distinct=distinct,
        digits=frozenset(term for term in distinct if term[0].isdigit()),
        names=frozenset(term for name in _names(text) for term in terms(name)),
        pairs=frozenset(pairwise(sequence)),
    )


def joined(first: Words, second: Words) -> Words:
    """Two texts as one, such as a claim and its title."""
    if not second.sequence:
        return first
    return Words(
        sequence=first.sequence + second.sequence,
        distinct=first.distinct | second.distinct,
        digits=first.digits | second.digits,
        names=first.names | second.names,
        pairs=first.pairs | second.pairs,
    )


def _names(text: str) -> list[str]:
    found = [match[0] for match in _CAPITAL.finditer(text) if match[0][0].isupper()]
    words = len(text.split())
    # A headline writes every word with a capital, and a shout every letter: then capitals say nothing.
    return found if len(found) <= max(3, words // 2) else []

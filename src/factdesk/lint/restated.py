"""Whether a sentence says what a claim says, in other words than the claim's.

`falsehood.is_stated` wants the claim's own words in their order. Here another order and other words for the same will
do (`words/paraphrases.json`), but only where the sentence asks nothing and denies as much as the claim does; and where
it does not report what is said or believed, only with all of a claim's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from factdesk.lint.phrases import key, read_list
from factdesk.text.fold import exact_terms
from factdesk.text.negation import negations
from factdesk.text.stem import stem

SHORT = 3
"""Words of a claim up to which all must be there; of more, a quarter may be missing."""
_MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of a language: words that report, words that ask, words that say little, and a text as it is
    compared: with one word for each group of words for the same, and numbers in digits."""

    says: re.Pattern[str]
    asks: re.Pattern[str]
    empty: frozenset[str]
    plain: Callable[[str], str]


def restates(claim: str, text: str, language: str, empty: frozenset[str]) -> bool:
    """Whether a text says what a claim says, or reports it. `empty` are further words that say little."""
    table = _table(language)
    if table is None or text.rstrip(' "”’»').endswith("?"):
        return False
    if table.asks.search(text):
        return False
    if bool(negations(table.plain(text), language)) != bool(negations(table.plain(claim), language)):
        return False
    wanted, given = _content(claim, language, empty), frozenset(_content(text[:1000], language, empty)[:_MOST_WORDS])
    return bool(wanted) and _covers(tuple(dict.fromkeys(wanted)), given, bool(table.says.search(text)))


def _covers(wanted: Sequence[str], given: frozenset[str], reports: bool) -> bool:
    """Whether enough of a claim's words stand in a text: nearly all where it reports what others say, else all of a
    claim that is long enough."""
    if not reports:
        return len(wanted) > SHORT and given.issuperset(wanted) and len(given) <= 2 * len(wanted) + SHORT
    missing = [word for word in wanted if word not in given]
    if any(word[0].isdigit() for word in missing):
        return False
    return not missing if len(wanted) <= SHORT else 4 * len(missing) <= len(wanted)


@lru_cache(maxsize=4096)
def _content(text: str, language: str, empty: frozenset[str]) -> tuple[str, ...]:
    table = _table(language)
    if table is None:
        return ()
    plain = table.plain(text.replace("’s", "").replace("'s", ""))
    row = (word for word in exact_terms(plain) if word not in empty and word not in table.empty)
    return tuple(stem(word) if word.isascii() and language == "en" else key(word) for word in row)


@cache
def _table(language: str) -> Table | None:
    known = read_list("paraphrases").get(language)
    if known is None:
        return None
    plain = {other: first for first, *others in known["same"] for other in others} | known["numbers"]
    longest_first = sorted(plain, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    @lru_cache(maxsize=4096)
    def told(text: str) -> str:
        return pattern.sub(lambda found: plain[found[0]], text.lower())

    return Table(
        re.compile(rf"\b(?:{known['says']})\b", re.IGNORECASE),
        re.compile(known["asks"], re.IGNORECASE),
        frozenset(known["empty"]),
        told,
    )

"""The words that a check is found by on the site: folded, each with the weight of where it stands.

`static/search.js` makes the same of what a reader types; the two are held to each other by a test. English words are
stemmed as the desk's own search stems them. Vietnamese syllables are not: they have no endings, and a stem would throw
more of them together than folding does already (`khỏe` with `khó`). What Vietnamese writes with i or y alike (`bác sĩ`,
`bác sỹ`) is written with i.

A pair of neighbours is a term too, `vac xin`, in what a check is told by: its title, claims, claimants and topics. So
checks that have both words side by side there come before those that have them anywhere. Pairs of the body would
triple the index, and say little: whoever writes about vắc-xin writes so in the title.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise

from factdesk.text.fold import LONGEST_TERM, exact_terms, fold, fold_terms

WEIGHTS = 4
"""A term's weight is 3 in the title; 2 in claims, claimants, topics and the summary; 1 more than twice in the body."""
OFTEN = 3

_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"[\t\n\r]")
_BREAK = re.compile(r"[\s'\"/-]+")
_EITHER_Y = re.compile(r"(?:[hklmst]|qu)y")


def doc_terms(
    language: str,
    title: str,
    body: str,
    *,
    claims: Iterable[str] = (),
    claimants: Iterable[str] = (),
    topics: Iterable[str] = (),
    summary: str = "",
) -> str:
    """A check's terms: a line for each weight, the heaviest first, its terms in order with tabs between them.

    `body` is HTML or plain text; what stands in its tags is left out.
    """
    titled = words(language, title)
    told = [words(language, each) for each in (*claims, *claimants, *topics)]
    heavy = {*titled, *_pairs(titled)}
    middle = set(chain(*told, *map(_pairs, told), words(language, summary))) - heavy
    counts = _counts(language, visible(body))
    for term in heavy | middle:
        counts.pop(term, None)
    often = [term for term, count in counts.items() if count >= OFTEN]
    rest = [term for term, count in counts.items() if count < OFTEN]
    return "\n".join("\t".join(sorted(each)) for each in (heavy, middle, often, rest))


def words(language: str, text: str) -> list[str]:
    """The terms of a text, in order, repeats kept."""
    tokens = exact_terms(text)
    if language != "vi":
        return fold_terms(tokens)
    return [part for token in tokens for part in _syllables(token)]


def _counts(language: str, text: str) -> dict[str, int]:
    """How often each term is in a text. Few of its words are new, so each is read once, with what clings to it: no
    term goes over a space."""
    counts: dict[str, int] = {}
    for chunk, times in Counter(_SPACE.sub(" ", text).split(" ")).items():
        for term in _chunk(language, chunk) if len(chunk) < LONGEST_TERM else words(language, chunk):
            counts[term] = counts.get(term, 0) + times
    return counts


@lru_cache(maxsize=65_536)
def _chunk(language: str, text: str) -> tuple[str, ...]:
    return tuple(words(language, text))


def visible(body: str) -> str:
    """HTML without its tags."""
    return html.unescape(_TAG.sub(" ", body)) if "<" in body or "&" in body else body


def _pairs(terms: list[str]) -> Iterable[str]:
    return (f"{first} {second}" for first, second in pairwise(terms))


@lru_cache(maxsize=65_536)
def _syllables(token: str) -> tuple[str, ...]:
    parts = (part[:LONGEST_TERM] for part in _BREAK.split(fold(token)) if part)
    return tuple(f"{part[:-1]}i" if _EITHER_Y.fullmatch(part) else part for part in parts)

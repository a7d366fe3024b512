"""Fractions in words (`two thirds`, `hai phần ba`), and whether a source has them or a share that is as large."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from factdesk.domain.matches import Span
from factdesk.lint.base import Draft
from factdesk.lint.figures import of_source
from factdesk.lint.sources import bound, within

NEAR = 3.0
"""Points of a hundred by which a share may differ from a fraction that tells it roundly."""
_MOST = 60
"""Numbers of a source that are held against each other."""
_EACH = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_PARTS = {
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_ENGLISH = re.compile(
    rf"\b(a|{'|'.join(_EACH)})[ -]({'|'.join(_PARTS)})(s\b|\b(?= of (?!an hour|a mile|a century|an inch)))",
    re.IGNORECASE,
)
_VIETNAMESE_EACH = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_VIETNAMESE = re.compile(
    rf"\b({'|'.join(_VIETNAMESE_EACH)}|\d{{1,2}}) phần ({'|'.join(_VIETNAMESE_EACH[2:])}|tư)\b(?! \d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction of a text: its parts, and its place."""

    above: int
    below: int
    span: Span

    @property
    def share(self) -> float:
        """It as a share of a hundred."""
        return 100 * self.above / self.below


def fractions_of(draft: Draft) -> Iterator[Fraction]:
    """The fractions of the body, without those in words of others."""
    skipped = bound(draft)
    for sentence in draft.sentences:
        text = draft.prose[sentence.span.start : sentence.span.end]
        for each in fractions(text):
            start = sentence.span.start + each.span.start
            if not within(skipped, start):
                yield Fraction(each.above, each.below, Span(start, sentence.span.start + each.span.end))


def fractions(text: str) -> Iterator[Fraction]:
    """The fractions of a text that are written in words, of either language."""
    for found in _ENGLISH.finditer(text):
        above = _EACH.index(found[1].lower()) + 1 if found[1].lower() != "a" else 1
        yield Fraction(above, _PARTS[found[2].lower()], Span(found.start(), found.end()))
    for found in _VIETNAMESE.finditer(text):
        low, below = found[1].lower(), found[2].lower()
        above = int(low) if low.isdigit() else _VIETNAMESE_EACH.index(low) + 1
        parts = 4 if below == "tư" else _VIETNAMESE_EACH.index(below) + 1
        yield Fraction(above, parts, Span(found.start(), found.end()))


def has_share(fraction: Fraction, texts: Sequence[str]) -> bool:
    """Whether one of some sources has a fraction, or numbers that make it: written out, as a percentage, or as two
    numbers of which one is that part of the other."""
    return any(_has_share(fraction, text) for text in sorted(texts, key=len))


def _has_share(fraction: Fraction, text: str) -> bool:
    if f"{fraction.above}/{fraction.below}" in text:
        return True
    if any(each.above * fraction.below == fraction.above * each.below for each in fractions(text)):
        return True
    known = [each for each in of_source(text) if each.kind in ("number", "percent", "money") and each.value > 0]
    if any(each.kind == "percent" and abs(each.value - fraction.share) <= NEAR for each in known):
        return True
    values = list(dict.fromkeys(each.value for each in known if each.kind != "percent"))[:_MOST]
    return any(abs(100 * one / other - fraction.share) <= NEAR / 3 for one, other in permutations(values, 2))

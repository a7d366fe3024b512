"""The numbers of sources, and whether a number of a draft is one of them.

Alike are: digits and words, separators of both languages, units of one kind. A number may be rounded: with a word that
says so (“about 4,000” for 4,180) by 5 %; without one only where two figures or more are kept and at most 1 % is lost
(“8.8 million” for 8,812,345). “More than” and “under” take a number up to a quarter away on their side.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache

from factdesk.lint.figures import Figure, of_source
from factdesk.lint.sources import Texts
from factdesk.lint.units import CONVERTED, counts, factor_between

ROUNDED, KEPT, BESIDE = 0.05, 0.01, 0.25
_SAME = 1e-9
_NEAR = 100
"""Characters between two numbers of a source that are put together."""
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_AMBIGUOUS = re.compile(r"\d{1,3}[.,]\d{3}\Z")
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|approximately|approx|nearly|almost|some|close to|an estimated|circa|khoảng|chừng|gần|"
    r"xấp xỉ|ước tính|cỡ|độ|tầm)\W*\Z",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"\b(?:more than|over|above|at least|exceeding|hơn|trên|ít nhất|tối thiểu|vượt)\W*\Z", re.IGNORECASE
)
_BELOW = re.compile(
    r"\b(?:less than|fewer than|under|below|up to|at most|dưới|chưa đến|chưa tới|không quá|tối đa|nhiều nhất)\W*\Z",
    re.IGNORECASE,
)


class Amounts(Texts):
    """The numbers of several texts. Reading a text for its numbers takes long, and waits until it is needed."""

    def has(self, figure: Figure) -> bool:
        """Whether a number stands in one of the texts."""
        if self.has_words(figure.words):
            return True
        unit = figure.quantity.unit
        ranges = (*_allowed(figure.quantity.value, figure.before), *_otherwise(figure.words, figure.quantity.value))
        return any(self._lies(low, high, unit) for low, high in ranges)

    def makes(self, figure: Figure) -> bool:
        """Whether a number is the difference of two that stand side by side in a source, or the share of one in the
        other."""
        value, unit = figure.quantity.value, figure.quantity.unit
        if unit != "%" and counts(unit):
            return False
        return any(
            rounds(made, value)
            for one, other, own in self._side_by_side
            for made in ((100 * one / other, 100 * (other - one) / one) if unit == "%" else (other - one,))
            if own == unit or (unit == "%" and own != "%")
        )

    @cached_property
    def _side_by_side(self) -> tuple[tuple[float, float, str], ...]:
        """Pairs of a smaller and a greater number in one unit, each once."""
        return tuple(dict.fromkeys(pair for text in self._texts for pair in _neighbours(text)))

    def _lies(self, low: float, high: float, unit: str) -> bool:
        """Whether a number lies between two, both included, in any unit that can be compared. Short texts are asked
        first: what is quoted is read sooner than the whole it stands in."""
        return any(_has_between(_amounts(text), low, high, unit) for text in self._by_length)

    @cached_property
    def _by_length(self) -> tuple[str, ...]:
        return tuple(sorted(self._texts, key=len))


@lru_cache(maxsize=256)
def _amounts(text: str) -> Mapping[str, list[float]]:
    """The numbers of a text by their unit, in order."""
    found: dict[str, list[float]] = {}
    for each in of_source(text):
        if each.kind not in ("date", "ordinal"):
            found.setdefault(each.unit, []).append(each.value)
    return {unit: sorted(values) for unit, values in found.items()}


def _has_between(known: Mapping[str, list[float]], low: float, high: float, unit: str) -> bool:
    for own, values in known.items():
        factor = factor_between(unit, own)
        if factor is not None:
            spare = 0.0 if factor == 1 else CONVERTED * max(abs(low), abs(high))
            at = bisect_left(values, (low - spare) * factor)
            if at < len(values) and values[at] <= (high + spare) * factor:
                return True
    return False


@lru_cache(maxsize=256)
def _neighbours(text: str) -> tuple[tuple[float, float, str], ...]:
    found = [each for each in of_source(text) if each.kind in ("number", "money", "percent") and each.value > 0]
    return tuple(
        (min(one.value, other.value), max(one.value, other.value), one.unit)
        for first, second in ((1, 0), (2, 0))
        for one, other in zip(found[second:], found[first:], strict=False)
        if one.unit == other.unit and other.span.start - one.span.end <= _NEAR
    )


def rounds(made: float, value: float) -> bool:
    """Whether a number is what was made, rounded to as many places as it has."""
    if made <= 0 or value <= 0:
        return False
    exponent = int(Decimal(repr(value)).normalize().as_tuple().exponent)
    return abs(made - value) <= 0.500001 * 10.0 ** min(exponent, 0) if exponent <= 0 else _near(made, value)


def _near(made: float, value: float) -> bool:
    return abs(made - value) <= value * KEPT


def _otherwise(words: str, value: float) -> Iterator[tuple[float, float]]:
    """`4.200` as the other language reads it, exactly."""
    digits = _DIGITS.search(words)
    if digits is not None and _AMBIGUOUS.fullmatch(digits[0]):
        other = value * 1000 if float(digits[0].replace(",", ".")) == abs(value) else value / 1000
        spread = abs(other) * _SAME
        yield other - spread, other + spread


def _allowed(value: float, before: str) -> Iterator[tuple[float, float]]:
    """Between what a number of the source may lie."""
    size = abs(value)
    spread = size * ROUNDED if _ABOUT.search(before) else min(_half_a_place(size), size * KEPT)
    spread = max(spread, size * _SAME)
    yield value - spread, value + spread
    if _ABOVE.search(before):
        yield value, value + size * BESIDE
    elif _BELOW.search(before):
        yield value - size * BESIDE, value


def _half_a_place(size: float) -> float:
    """Half of the last place that a number names, where it names two figures or more: 0.05 for 8.8, 0 for 4,000."""
    place = Decimal(repr(size)).normalize().as_tuple()
    return 0.5 * 10.0 ** int(place.exponent) if len(place.digits) > 1 else 0.0

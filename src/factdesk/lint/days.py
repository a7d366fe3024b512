"""The dates of sources, and whether a date of a draft is one of them.

A date that says less is contained in one that says more: `May 2024` in `4 May 2024`. `4/5/2024` may be either day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from factdesk.lint.figures import Figure, of_source
from factdesk.lint.sources import Texts

Day = tuple[int, int, int]
"""Year, month and day, 0 for what is not said."""

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
# Of `15 to 21 January` the first has no month of its own.
_FROM = re.compile(
    r"(?<![\d.,/])(\d{1,2})(?:st|nd|rd|th)?\s?(?:-|–|to|and|or|đến|tới|và)\s?(?:ngày\s)?(?=\d)|(?:ngày|mùng|mồng)\s(\d{1,2})",
    re.IGNORECASE,
)


class Days(Texts):
    """The dates of several texts. Reading a text for its dates takes long, and waits until it is needed."""

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(int(year) for text in self._texts for year in _YEAR.findall(text))

    @cached_property
    def _known(self) -> frozenset[Day]:
        """Every date with everything that it contains."""
        return frozenset(less for text in self._texts for day in _days(text) for less in _contained(day))

    def has(self, figure: Figure) -> bool:
        """Whether a date stands in one of the texts."""
        if self.has_words(figure.words):
            return True
        return any(self._has(day) for day in readings(figure))

    def _has(self, day: Day) -> bool:
        year, month, number = day
        if not month and not number:
            return year in self._years
        if day in self._known:
            return True
        # A source may name its year once, and its days without it.
        return bool(year) and year in self._years and (0, month, number) in self._yearless

    @cached_property
    def _yearless(self) -> frozenset[Day]:
        days = {day for text in self._texts for day in _days(text) if not day[0]}
        return frozenset(less for day in days for less in _contained(day))


def readings(figure: Figure) -> Iterator[Day]:
    """The days that a date can be: of `4/5/2024` two."""
    value = int(figure.quantity.value)
    if figure.quantity.kind == "year":
        yield value, 0, 0
    elif figure.quantity.kind != "date":
        yield 0, 0, value
    else:
        yield from _both(_day(value), figure.words)


def _day(value: int) -> Day:
    return value // 10000, value // 100 % 100, value % 100


def _both(day: Day, words: str) -> Iterator[Day]:
    yield day
    year, month, number = day
    if 0 < number <= 12 and not any(letter.isalpha() for letter in words) and words[:4] != str(year):
        yield year, number, month


def _contained(day: Day) -> Iterator[Day]:
    year, month, number = day
    for kept in ((year, month, number), (year, month, 0), (0, month, number), (0, month, 0), (0, 0, number)):
        if any(kept):
            yield kept


@lru_cache(maxsize=256)
def _days(text: str) -> tuple[Day, ...]:
    found: list[Day] = [(int(year), int(month), int(day)) for year, month, day in _IN_ADDRESS.findall(text)]
    for each in of_source(text):
        if each.kind == "date":
            found += _both(_day(int(each.value)), text[each.span.start : each.span.end])
    numbered = {int(one or other) for one, other in _FROM.findall(text)}
    months = {(year, month) for year, month, _ in found if month}
    found += [(0, 0, day) for day in numbered if 0 < day <= 31]
    # In a text of few months a day that stands apart from its month is in one of them.
    if len(months) <= 2:
        found += [(year, month, day) for year, month in months for day in numbered if 0 < day <= 31]
    return tuple(dict.fromkeys(found))

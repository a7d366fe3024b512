"""Numbers that follow from others of the same paragraph: differences, sums, shares, and years gone by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from factdesk.lint.amounts import rounds
from factdesk.lint.figures import FIRST_YEAR, LAST_YEAR, Figure

_MOST = 12
"""Numbers of a paragraph that are put together: of more, some pair fits anything."""
_YEARS = {"year": 1, "decade": 10, "century": 100}


def numbers_of(known: Iterable[Figure]) -> Mapping[int, Sequence[float]]:
    """The numbers of each block that are sourced; of dates the years."""
    found: dict[int, list[float]] = {}
    for figure in known:
        found.setdefault(figure.part, []).append(_plain(figure))
    return found


def derived(figure: Figure, beside: Sequence[float], this_year: int) -> bool:
    """Whether a number is made of two numbers beside it, or is the years from one of them until now."""
    value, unit = figure.quantity.value, figure.quantity.unit
    years = [each for each in beside if FIRST_YEAR <= each <= LAST_YEAR]
    if unit in _YEARS:
        gone = [this_year - year for year in years] + [one - other for one in years for other in years]
        return any(value * _YEARS[unit] in (years, years + 1, years - 1) for years in gone if years > 0)
    rest = [each for each in beside if each not in years]
    if len(rest) > _MOST:
        return False
    return any(rounds(made, value) for one, other in permutations(rest, 2) for made in _made(one, other, unit))


def _plain(figure: Figure) -> float:
    value = figure.quantity.value
    return value // 10000 if figure.quantity.kind == "date" else value


def _made(one: float, other: float, unit: str) -> Iterator[float]:
    if unit == "%":
        if other:
            yield from (100 * one / other, 100 * abs(one - other) / other)
        return
    yield from (one - other, one + other)
    if unit in ("", "time") and other:
        yield one / other

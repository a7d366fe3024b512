"""What a desk checked, counted: so that a lean can be seen, by the desk and by its readers (DESIGN §1.4).

Counted are published checks, by the kind of claimant, the topic, the rating, where the tip came from, and the language.
Nobody is named and nobody is counted by name: a claimant is its kind.

A share comes with the interval in which it would lie if the desk had checked as many others in the same way: with few
checks it is wide, and then a share says little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from factdesk.domain.scales import NOT_CHECKABLE

Group = Literal["claimant", "topic", "rating", "origin", "language"]
"""What checks are counted by. A check counts once under each of its topics, origins and kinds of claimant."""

GROUPS: tuple[Group, ...] = ("claimant", "topic", "rating", "origin", "language")

CROSSED: tuple[Group, ...] = ("claimant", "topic")
"""What the ratings are counted within."""

Standing = Literal["published", "corrected", "withdrawn"]
"""What readers see of a check now: what was published first, a correction of it, or that it was withdrawn."""

STANDINGS: tuple[Standing, ...] = ("published", "corrected", "withdrawn")

CLAIMANTS = ("organisation", "public figure", "none named")

NONE = ""
"""The name of a cell for checks that have none: no topic, no tip."""

SMALL = 30
"""Checks below which a share is said to be of few: the interval around a half is wider than ±17 points."""

Z = 1.959963984540054
"""Standard deviations on each side within which 95 % of a normal distribution lie."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One published check, as it is counted. `rating` is a step's key or `not-checkable`; `day` the ISO day on which
    it was published first; `origins` are those of the tips that belong to its claims."""

    claimants: frozenset[str]
    topics: frozenset[str]
    rating: str
    origins: frozenset[str]
    language: str
    day: str
    standing: Standing = "published"


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a share lies, from 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of `of` checks are of this name. `small`: they are too few for the share to say much.

    `lean` tells whether the interval lies above or below the share among all checks; empty where it holds that.
    """

    name: str
    count: int
    of: int
    share: float
    interval: Interval
    small: bool
    lean: Literal["above", "below", ""] = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The checks counted by one thing."""

    by: Group
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The ratings of the checks of one name, in the scale's order. `of` is how many checks they are."""

    name: str
    of: int
    small: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Cross:
    """How the checks of each claimant kind, or each topic, were rated."""

    by: Group
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """What was checked. `checks` are those that stand; `standings` counts all, the withdrawn apart.

    `compared` is how many cells of the cross tables could show a lean, and `by_chance` how many of those would show
    one though there is none.
    """

    since: str
    first: str
    last: str
    checks: int
    standings: tuple[tuple[Standing, int], ...]
    parts: tuple[Part, ...]
    crosses: tuple[Cross, ...]
    compared: int
    by_chance: float


def wilson(count: int, of: int, z: float = Z) -> Interval:
    """Wilson's score interval of a share; from 0 to 1 where nothing was counted.

    Unlike the usual ± it stays within 0 and 1, and does not shrink to nothing where all or none are of a kind. Raises
    `ValueError` for a count below 0 or above `of`.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of}")
    if of == 0:
        return Interval(0.0, 1.0)
    share, add = count / of, z * z / of
    middle = (share + add / 2) / (1 + add)
    half = z / (1 + add) * sqrt(share * (1 - share) / of + add / (4 * of))
    # At the ends the two terms are equal, but not to the last bit.
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == of else min(1.0, middle + half)
    return Interval(low, high)


def balance(checks: Iterable[Counted], scale: Sequence[str], since: str = "") -> Balance:
    """The checks published since a day, counted. `scale` are the keys of the desk's ratings in their order."""
    chosen = [check for check in checks if check.day >= since]
    standing = [check for check in chosen if check.standing != "withdrawn"]
    counted = Counter(check.standing for check in chosen)
    days = sorted(check.day for check in standing)
    parts = tuple(Part(by, _cells(standing, by, scale)) for by in GROUPS)
    crosses = tuple(_cross(standing, by, scale) for by in CROSSED)
    compared = sum(1 for cross in crosses for row in cross.rows if not row.small for _ in row.cells)
    return Balance(
        since=since,
        first=days[0] if days else "",
        last=days[-1] if days else "",
        checks=len(standing),
        standings=tuple((name, counted[name]) for name in STANDINGS),
        parts=parts,
        crosses=crosses,
        compared=compared,
        by_chance=round(0.05 * compared, 1),
    )


def names_of(check: Counted, by: Group) -> frozenset[str]:
    """The cells in which a check counts."""
    if by == "claimant":
        return check.claimants or frozenset({"none named"})
    if by == "topic":
        return check.topics or frozenset({NONE})
    if by == "origin":
        return check.origins or frozenset({NONE})
    return frozenset({check.rating if by == "rating" else check.language})


def _cells(checks: Sequence[Counted], by: Group, scale: Sequence[str]) -> tuple[Cell, ...]:
    counts = Counter(name for check in checks for name in names_of(check, by))
    return tuple(_cell(name, counts[name], len(checks)) for name in _order(counts, by, scale))


def _order(counts: Counter[str], by: Group, scale: Sequence[str]) -> list[str]:
    """The names of the cells: a scale's steps and the kinds of claimant in their own order and even where there is
    none of them; the rest by how many there are, those without a name last."""
    if by == "rating":
        known = [*(key for key in scale if key != NOT_CHECKABLE), NOT_CHECKABLE]
        return [*known, *sorted(counts.keys() - set(known))]
    if by == "claimant":
        return [*CLAIMANTS, *sorted(counts.keys() - set(CLAIMANTS))]
    return sorted(counts, key=lambda name: (name == NONE, -counts[name], name))


def _cell(name: str, count: int, of: int, everywhere: float | None = None) -> Cell:
    interval = wilson(count, of)
    small = of < SMALL
    lean: Literal["above", "below", ""] = ""
    if everywhere is not None and not small:
        lean = "above" if interval.low > everywhere else "below" if interval.high < everywhere else ""
    return Cell(name, count, of, count / of if of else 0.0, interval, small, lean)


def _cross(checks: Sequence[Counted], by: Group, scale: Sequence[str]) -> Cross:
    ratings = {cell.name: cell.share for cell in _cells(checks, "rating", scale)}
    found: dict[str, Counter[str]] = {}
    for check in checks:
        for name in names_of(check, by):
            found.setdefault(name, Counter())[check.rating] += 1
    sizes = Counter({name: row.total() for name, row in found.items()})
    rows = []
    for name in _order(sizes, by, scale):
        row, of = found.get(name, Counter()), sizes[name]
        cells = tuple(_cell(rating, row[rating], of, share) for rating, share in ratings.items())
        rows.append(Row(name, of, of < SMALL, cells))
    return Cross(by, tuple(rows))

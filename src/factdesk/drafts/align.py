"""What two sequences have in common, in order: the longest common subsequence, within bounds of time and memory.

A table of 20,000 by 10,000 takes some tens of milliseconds and 25 MB. What is longer is cut first where a line that
stands once in each says where one is in the other (as "patience" differences do, after Bram Cohen); what is longer
still is taken to have nothing in common, which is never wrong, only less than could be said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_CELLS = 200_000_000
"""The product of two lengths that one table may have."""
MOST_WORK = 2_000_000_000
"""Cells of all tables together."""


@dataclass(frozen=True, slots=True)
class Run:
    """`size` elements that are alike in both, from `old` in the one and `new` in the other."""

    old: int
    new: int
    size: int


def runs(old: Sequence[str], new: Sequence[str], most: int = MOST_CELLS) -> tuple[Run, ...]:
    """What is alike, in order; runs that touch in both are one."""
    numbers: dict[str, int] = {}
    left, right = ([numbers.setdefault(each, len(numbers)) for each in side] for side in (old, new))
    return tuple(_joined(_between(left, right, most)))


def _between(old: list[int], new: list[int], most: int) -> Iterator[Run]:
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    ends = 0
    while ends < shorter - start and old[-1 - ends] == new[-1 - ends]:
        ends += 1
    if start:
        yield Run(0, 0, start)
    yield from _middle(old, new, (start, len(old) - ends, start, len(new) - ends), most)
    if ends:
        yield Run(len(old) - ends, len(new) - ends, ends)


Box = tuple[int, int, int, int]
"""A part of the one, from and to, and a part of the other."""


def _middle(old: list[int], new: list[int], box: Box, most: int) -> Iterator[Run]:
    a, b, c, d = box
    if (b - a) * (d - c) <= most:
        yield from _table(old, new, box)
        return
    work = MOST_WORK
    for at_old, at_new in (*_anchors(old, new, box), (b, d)):
        cells = (at_old - a) * (at_new - c)
        if cells <= min(most, work):
            work -= cells
            yield from _table(old, new, (a, at_old, c, at_new))
        if at_old < b:
            yield Run(at_old, at_new, 1)
        a, c = at_old + 1, at_new + 1


def _table(old: list[int], new: list[int], box: Box) -> Iterator[Run]:
    from rapidfuzz.distance import LCSseq

    a, b, c, d = box
    if a == b or c == d:
        return
    for block in LCSseq.opcodes(old[a:b], new[c:d]).as_matching_blocks():
        if block.size:
            yield Run(a + block.a, c + block.b, block.size)


def _anchors(old: list[int], new: list[int], box: Box) -> list[tuple[int, int]]:
    """The places of what stands once in each, as many of them as stand in the same order in both."""
    a, b, c, d = box
    once_old, once_new = ({key for key, count in Counter(part).items() if count == 1} for part in (old[a:b], new[c:d]))
    where = {key: c + at for at, key in enumerate(new[c:d]) if key in once_new}
    pairs = [(a + at, where[key]) for at, key in enumerate(old[a:b]) if key in once_old and key in where]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest series of pairs whose second numbers rise, as the first ones do."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, value) in enumerate(pairs):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [number]
    found = []
    number = ends[-1] if ends else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _joined(found: Iterator[Run]) -> Iterator[Run]:
    last: Run | None = None
    for run in found:
        if last and last.old + last.size == run.old and last.new + last.size == run.new:
            last = Run(last.old, last.new, last.size + run.size)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def lines(text: str) -> list[str]:
    """The lines of a text with their ends."""
    found = text.split("\n")
    return [f"{line}\n" for line in found[:-1]] + ([found[-1]] if found[-1] else [])

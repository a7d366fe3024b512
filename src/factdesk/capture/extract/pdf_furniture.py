"""Running heads, feet and page numbers: lines at the edge of a PDF's page that come back on its other pages.

Pure. A line comes back where the same words stand at the same height, whether the body follows at once or not, and
whether they stand in the body too: as a title, as a heading.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Literal

from factdesk.capture.extract.pdf_page import Line, Page

Side = Literal["top", "foot"]

_EDGE = 0.2
"""The share of a page's height, at the top and at the foot, where running heads and page numbers stand."""

_REPEATS = 3
"""On how many pages a running head stands at least; on both, where there are two."""

_NEAR = 2.0
"""How far apart, in points, the baselines of one running head are on several pages."""

_ROWS, _HEAD_ROWS = 6, 4
_APART = 1.15
_USUAL_LEADING = 1.2
_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|trang|tr\.|p\.)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|trên)\s*\d{1,4})?[\W_]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at a page's edge: its index, on which side, in which row from there, how far from there in points, and
    its words with digits as 0."""

    page: int
    index: int
    line: Line
    side: Side
    row: int
    depth: float
    words: str


def furniture(pages: Sequence[Page]) -> list[set[int]]:
    """Which lines of each page are furniture, by their index."""
    edges = [list(_edges(page)) for page in pages]
    running = _running(pages, edges)
    return [_of_page(page, edge, running) for page, edge in zip(pages, edges, strict=True)]


def leading(lines: Sequence[Line]) -> float:
    """The usual distance between baselines, as a multiple of the letters' size."""
    gaps = [(b.base - a.base) / b.size for a, b in pairwise(lines) if 0.5 < (b.base - a.base) / b.size < 3]
    return median(gaps) if gaps else _USUAL_LEADING


def _edges(page: Page) -> Iterator[_Edge]:
    """The lines of the outermost rows at a page's top and foot, the outermost first."""
    sides: tuple[Side, Side] = ("top", "foot")
    for side in sides:
        near: list[tuple[float, int]] = []
        for index, line in enumerate(page.lines):
            depth = line.base if side == "top" else page.height - line.base
            if depth < _EDGE * page.height:
                near.append((depth, index))
        rows = {depth: rank for rank, depth in enumerate(sorted({round(depth) for depth, _ in near}))}
        for depth, index in sorted(near):
            row, line = rows[round(depth)], page.lines[index]
            if row < _ROWS:
                yield _Edge(page.number, index, line, side, row, depth, _DIGITS.sub("0", line.text.casefold()))


def _running(pages: Sequence[Page], edges: Sequence[Sequence[_Edge]]) -> set[tuple[int, int]]:
    """What comes back on several pages, as numbers of pages and indexes of lines."""
    enough = max(2, min(_REPEATS, len(pages)))
    alike: defaultdict[tuple[Side, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        for each in edge:
            alike[each.side, each.words].append(each)
    by_number = {page.number: page for page in pages}
    found: set[tuple[int, int]] = set()
    for group in alike.values():
        for same in _same_height(group):
            if len({each.page for each in same}) >= enough:
                found |= {(each.page, each.index) for each in _recurring(by_number, same, enough)}
    return found


def _same_height(group: Sequence[_Edge]) -> Iterator[list[_Edge]]:
    """Lines alike, in groups of about the same distance from their edge."""
    ordered = sorted(group, key=lambda each: each.depth)
    starts = [0]
    for at, (one, other) in enumerate(pairwise(ordered), 1):
        if other.depth - one.depth > _NEAR:
            starts.append(at)
    for start, end in pairwise([*starts, len(ordered)]):
        yield ordered[start:end]


def _recurring(pages: dict[int, Page], same: Sequence[_Edge], enough: int) -> list[_Edge]:
    """Those of lines alike that are furniture: whose digits are the same too, or count the pages at the very edge, or
    which stand off from the body. A page may well begin with `Article 12` where another began with `Article 11`."""
    exact = Counter(each.line.text for each in same)
    counts = Counter(_count(each) for each in same)
    return [
        each
        for each in same
        if (exact[each.line.text] >= enough and _LETTER.search(each.line.text))
        or (each.row == 0 and (count := _count(each)) is not None and counts[count] >= enough)
        or (len(_LETTER.findall(each.line.text)) >= 3 and _stands_off(pages[each.page], each))
    ]


def _count(edge: _Edge) -> int | None:
    """By how much the first number in a line is ahead of the page's own."""
    found = _DIGITS.search(edge.line.text)
    return int(found.group()[:9]) - edge.page if found else None


def _stands_off(page: Page, edge: _Edge) -> bool:
    """Whether a line at an edge stands off from what comes after it by more than lines do."""
    sign = 1 if edge.side == "top" else -1
    gaps = (sign * (line.base - edge.line.base) for line in page.lines)
    gap = min((gap for gap in gaps if gap > 1), default=page.height)
    return gap > _APART * leading(page.lines) * edge.line.size


def _of_page(page: Page, edges: Sequence[_Edge], running: set[tuple[int, int]]) -> set[int]:
    """A page's furniture: from the edge inwards row by row, as long as something in the row comes back; then page
    numbers that are outermost and alone."""
    found: set[int] = set()
    for _, edge in groupby(edges, key=lambda each: each.side):
        rows: list[list[_Edge]] = []
        for _, row in groupby(edge, key=lambda each: each.row):
            same = [each for each in row if (each.page, each.index) in running]
            if not same:
                break
            rows.append(same)
        found.update(each.index for row in _head(page, rows) for each in row)
    bases = [line.base for index, line in enumerate(page.lines) if index not in found]
    first, last = min(bases, default=0.0), max(bases, default=0.0)
    for each in edges:
        base = each.line.base
        outermost = base <= first if each.side == "top" else base >= last
        if outermost and len(bases) > 2 and _NUMBER.fullmatch(each.line.text) and _alone(page, each):
            found.add(each.index)
    return found


def _head(page: Page, rows: Sequence[list[_Edge]]) -> Sequence[list[_Edge]]:
    """Of rows that come back, those of a head. More than a head has are a form, filled in on every page: then only what
    stands off from it."""
    if len(rows) <= _HEAD_ROWS:
        return rows
    ends = (at for at, row in enumerate(rows[:_HEAD_ROWS], 1) if _stands_off(page, row[0]))
    return rows[: next(ends, 0)]


def _alone(page: Page, edge: _Edge) -> bool:
    """Whether no other text stands on a line's baseline, as it does in a table's last row."""
    return sum(abs(line.base - edge.line.base) < 1 for line in page.lines) == 1

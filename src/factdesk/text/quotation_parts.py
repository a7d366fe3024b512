"""The ways to read what a person gave as a quotation: with or without its outer quotation marks, and its gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

MOST_GAPS = 2
MOST_LEFT_OUT = 500
"""Code points of the source that one gap may leave out."""

_GAP = re.compile(r"\s*\[\s?(?:…|\.\.\.)\s?\]\s*")
# More than these are read as gaps or as the source's own words, but not as some of each.
_MOST_CHOICES = 6
_MARKS = ('"“”„‟″«»＂〝〞〟', "'‘’‚‛′`´‹›＇")

Parts = tuple[str, ...]


def readings(quotation: str) -> Iterator[Parts]:
    """The parts of a quotation that must stand in the source one after another, the likeliest reading first.

    A gap mark can be the source's own; quotation marks around the whole can be the person's. A mark at either end
    leaves out nothing and is dropped.
    """
    whole = quotation.strip()
    yield from _with_gaps(whole)
    bare = unquoted(whole)
    if bare != whole:
        yield from _with_gaps(bare)


def unquoted(quotation: str) -> str:
    """A quotation without the quotation marks around it."""
    if len(quotation) > 2 and any(quotation[0] in marks and quotation[-1] in marks for marks in _MARKS):
        return quotation[1:-1].strip()
    return quotation


def split(quotation: str) -> Parts:
    """A quotation at all its gaps."""
    return tuple(part for part in _GAP.split(quotation.strip()) if part)


def _with_gaps(quotation: str) -> Iterator[Parts]:
    yield (quotation,)
    inner = _without_outer(quotation)
    marks = list(_GAP.finditer(inner))
    if inner != quotation and not marks:
        yield (inner,)
    if len(marks) <= _MOST_CHOICES:
        for count in range(1, min(MOST_GAPS, len(marks)) + 1):
            for chosen in combinations(marks, count):
                yield _apart(inner, chosen)


def _without_outer(quotation: str) -> str:
    found = _GAP.match(quotation)
    quotation = quotation[found.end() :] if found else quotation
    *_, last = [None, *_GAP.finditer(quotation)]
    return quotation[: last.start()] if last is not None and last.end() == len(quotation) else quotation


def _apart(quotation: str, marks: tuple[re.Match[str], ...]) -> Parts:
    starts = (0, *(mark.end() for mark in marks))
    ends = (*(mark.start() for mark in marks), len(quotation))
    return tuple(quotation[start:end] for start, end in zip(starts, ends, strict=True))

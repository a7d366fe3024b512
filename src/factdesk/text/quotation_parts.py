"""The ways to read what a person gave as a quotation: with or without its outer quotation marks, the bullets of a list
that it was copied from, and its gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

MOST_GAPS = 2
MOST_LEFT_OUT = 500
"""Code points of the source that one gap may leave out."""

TYPED_DOUBLE = "['‘’‚‛`´＇]{2}|′′"
"""A double quotation mark typed as two single ones, which need not be alike: a regular expression."""

_GAP = re.compile(r"\s*\[\s?(?:…|\.\.\.)\s?\]\s*")
# More than these are read as gaps or as the source's own words, but not as some of each.
_MOST_CHOICES = 6
_MARKS = (f'["“”„‟″«»＂〝〞〟]|{TYPED_DOUBLE}', "['‘’‚‛′`´‹›＇]")
_OWN = tuple(re.compile(f"(?:{marks})(.+)(?:{marks})", re.DOTALL) for marks in _MARKS)
# No dash is among them, nor a sign that says yes or no. A dot before a digit may be that of a decimal: “·5 mg”.
_BULLET = re.compile(
    r"(?:^|(?<=[\n\r\v\f\x85\u2028\u2029]))[ \t\u00a0]*"
    r"(?:[•◦▪▫‣●○■□➢❑❖\uf06c\uf06e\uf071\uf076\uf095\uf0a7\uf0a8\uf0b7\uf0d8]|[·∙⁃](?=\s))[ \t\u00a0]*"
)

Parts = tuple[str, ...]


def readings(quotation: str) -> Iterator[Parts]:
    """The parts of a quotation that must stand in the source one after another, the likeliest reading first.

    A gap mark can be the source's own; quotation marks around the whole and bullets can be the person's or those of
    the program that showed the list. A mark at either end leaves out nothing and is dropped.
    """
    whole = quotation.strip()
    yield from _with_marks(whole)
    for listed in (whole, unquoted(whole)):
        plain = unbulleted(listed)
        if plain != listed:
            yield from _with_marks(plain)


def unquoted(quotation: str) -> str:
    """A quotation without the quotation marks around it."""
    for own in _OWN:
        if found := own.fullmatch(quotation):
            return found[1].strip()
    return quotation


def unbulleted(quotation: str) -> str:
    """A quotation without the bullets that its lines begin with: the texts of documents have none."""
    return _BULLET.sub("", quotation).strip()


def split(quotation: str) -> Parts:
    """A quotation at all its gaps."""
    return tuple(part for part in _GAP.split(quotation.strip()) if part)


def _with_marks(quotation: str) -> Iterator[Parts]:
    yield from _with_gaps(quotation)
    bare = unquoted(quotation)
    if bare != quotation:
        yield from _with_gaps(bare)


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

"""Where one unbroken part of a quotation stands in a text, by their skeletons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from factdesk.text.quotation_forms import COMBINING, DIGIT, LETTER
from factdesk.text.quotation_skeleton import AGREE, BROKEN, DASHED, WITHIN, Skeleton

# What an honest text never needs. They bound the time that one made of a single letter can take.
_MOST_COMPARED = 60_000_000
_MOST_REFUTED = 50_000
_FIRST_LOOK = 64


@dataclass(frozen=True, slots=True)
class Place:
    """A slice of a text, `text[start:end]`."""

    start: int
    end: int


def occurrences(source: Skeleton, part: Skeleton) -> Iterator[Place]:
    """The places where a part stands, from the first on, none overlapping the one before.

    What an adversary's text makes too dear to try is left out.
    """
    size, refuted = len(part.chars), 0
    at = source.chars.find(part.chars) if size else -1
    while at >= 0 and refuted < _MOST_REFUTED and refuted * size < _MOST_COMPARED:
        place = placed(source, part, at)
        if place is not None:
            yield place
        else:
            refuted += 1
        at = source.chars.find(part.chars, at + (size if place else 1))


def occurrences_between(source: Skeleton, part: Skeleton, low: int, high: int) -> Iterator[Place]:
    """The places of a part that begin in `low` to `high`, both included, overlapping or not."""
    # In their own type: others would make a copy of all places at each call.
    first, last = np.searchsorted(source.starts, np.array((low, high + 1), np.int32)).tolist()
    at = source.chars.find(part.chars, first, last + len(part.chars)) if part.chars else -1
    while at >= 0:
        place = placed(source, part, at)
        if place is not None and low <= place.start <= high:
            yield place
        at = source.chars.find(part.chars, at + 1, last + len(part.chars))


def placed(source: Skeleton, part: Skeleton, at: int) -> Place | None:
    """The slice of the source that a part stands in, when its skeleton is found at `at` and the rest agrees too."""
    end = at + len(part.chars)
    if not _whole(source, at) or not _whole(source, end) or not _gaps_agree(source, part, at, end):
        return None
    start, stop = int(source.starts[at]), int(source.ends[end - 1])
    if int(part.gaps[0]) in DASHED:
        if not _edge_agrees(source, at, _tight(part, 0)):
            return None
        start = source.dash(at)[0]
    if int(part.gaps[-1]) in DASHED:
        if not _edge_agrees(source, end, _tight(part, len(part.chars))):
            return None
        stop = source.dash(end)[1]
    return Place(start, stop)


def _gaps_agree(source: Skeleton, part: Skeleton, at: int, end: int) -> bool:
    first = min(end, at + _FIRST_LOOK)
    if not AGREE[source.gaps[at + 1 : first], part.gaps[1 : first - at]].all():
        return False
    return first == end or bool(AGREE[source.gaps[first:end], part.gaps[first - at : end - at]].all())


def _whole(source: Skeleton, at: int) -> bool:
    """Whether a part may begin or end before `chars[at]`: not between a letter and its mark, nor within an ellipsis.

    Within a ligature it may; the ligature then belongs to it whole.
    """
    if not 0 < at < len(source.chars):
        return True
    if source.kinds[at] == COMBINING and not source.gaps[at]:
        return False
    if source.starts[at] != source.starts[at - 1]:
        return True
    return bool(source.kinds[at] == LETTER and source.kinds[at - 1] == LETTER)


def _edge_agrees(source: Skeleton, gap: int, tight: bool) -> bool:
    """Whether a dash at a part's edge agrees with the gap of the source there."""
    stands = int(source.gaps[gap])
    return stands in DASHED and (tight or stands not in (WITHIN, BROKEN))


def _tight(part: Skeleton, gap: int) -> bool:
    """Whether no white space parts the dash at a part's edge from what it begins or ends with."""
    start, end = part.dash(gap)
    return end == int(part.starts[0]) if gap == 0 else start == int(part.ends[-1])


def letters(part: Skeleton) -> int:
    """How many letters and digits a part has."""
    return int(np.count_nonzero((part.kinds == LETTER) | (part.kinds == DIGIT)))

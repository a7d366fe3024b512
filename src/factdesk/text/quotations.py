"""A quotation in its source: where it stands, word for word, or what stands there instead.

What may differ is laid down in `quotation_forms` (characters), `quotation_skeleton` (spaces and hyphens) and
`quotation_parts` (gaps); nothing looser. Quotation marks around the whole are the person's own where the source has
none there. A quotation is found wherever it stands, and `Found.cut` says where it begins or ends inside a word or a
number: whoever binds it must refuse “not 5” out of “not 50”, and warn of a cut word. Places where it cuts nothing go
before those where it does.

A quotation of fewer than 10 letters and digits must be unique, or say which place it means; fewer than 3 say nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise

import numpy as np

from factdesk.domain.citations import Piece
from factdesk.domain.documents import Block
from factdesk.domain.matches import Reason
from factdesk.text.quotation_cuts import Cut, cuts
from factdesk.text.quotation_nearest import Nearest, Source, nearest, what_differs
from factdesk.text.quotation_parts import MOST_GAPS, MOST_LEFT_OUT, Parts, readings, split, unbulleted, unquoted
from factdesk.text.quotation_search import Place, letters, occurrences, occurrences_between
from factdesk.text.quotation_skeleton import Skeleton, skeleton

AROUND = 32
"""Code points of a piece's prefix and suffix."""

MOST_COUNTED = 1000
_LEAST, _LEAST_REPEATED = 3, 10
# So many characters without one letter are not a slip: a formula, a line of signs.
_LEAST_SIGNS = 20
_MOST_TRIED = 50_000

Places = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quotation stands: a piece for each part between gaps. `occurrences` is how often it stands in the text
    without cutting more than here, counted to 1,000; `cut` what its ends cut, empty for nothing."""

    pieces: tuple[Piece, ...]
    occurrences: int
    cut: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a quotation is not found, and the passage that comes nearest, where one comes near."""

    reason: Reason
    nearest: Nearest | None = None


class QuotedText:
    """A text that quotations are looked up in; made ready at the first question, and then asked many times."""

    def __init__(self, text: str, blocks: Sequence[Block] = ()) -> None:
        self.text = text
        self.blocks = tuple(blocks)
        self._headings = [block for block in self.blocks if block.kind == "heading"]
        self._heading_starts = [block.start for block in self._headings]

    @cached_property
    def skeleton(self) -> Skeleton:
        """What of the text must agree with a quotation."""
        return skeleton(self.text)

    @cached_property
    def _source(self) -> Source:
        return Source(self.text, self.skeleton, self.blocks)

    def find(self, quotation: str, *, nth: int | None = None) -> Found | Missing:
        """Where a quotation stands: at its `nth` place from 1, or at the first.

        Without `nth` a short quotation that stands in several places is missing: nothing says which is meant.
        """
        refused = _refused(quotation)
        if refused is not None:
            return Missing(refused)
        for parts in readings(quotation):
            found = self._ranked(parts)
            if found:
                return self._chosen(quotation, found, nth)
        return self._missing(quotation)

    def holds(self, quotation: str) -> bool:
        """Whether a quotation stands somewhere and cuts nothing: what `find` tells, without what is nearest where it
        does not, which takes long."""
        if _refused(quotation) is None:
            for parts in readings(quotation):
                found = self._ranked(parts)
                if found:
                    return not found[0][1]
        return False

    def stands(self, piece: Piece) -> bool:
        """Whether a piece stands in the text exactly where it says, with what it says around it."""
        return 0 <= piece.start < piece.end and self._piece(Place(piece.start, piece.end)) == piece

    def find_again(self, piece: Piece) -> Piece | None:
        """Where a piece stands in this text, made from a later capture: within the rules, and of several places the
        one whose surroundings agree best, then the nearest."""
        part = skeleton(piece.exact)
        places = chain(occurrences(self.skeleton, part), self._literally(piece.exact))
        found = [self._piece(place) for _, place in zip(range(MOST_COUNTED), places, strict=False)]
        return max(found, key=lambda each: (_likeness(each, piece), -abs(each.start - piece.start)), default=None)

    def _ranked(self, parts: Parts) -> list[tuple[Places, tuple[Cut, ...]]]:
        """Every place of a quotation's parts; when any cuts nothing, only those."""
        whole: list[tuple[Places, tuple[Cut, ...]]] = []
        cutting: list[tuple[Places, tuple[Cut, ...]]] = []
        for places in self._everywhere(parts):
            cut = tuple(
                each for number, place in enumerate(places) for each in cuts(self.text, number, place.start, place.end)
            )
            (cutting if cut else whole).append((places, cut))
            if max(len(whole), len(cutting)) >= MOST_COUNTED:
                break
        return whole or cutting

    def _everywhere(self, parts: Parts) -> Iterator[Places]:
        forms = [skeleton(part) for part in parts]
        if not all(map(_says_something, forms)):
            return
        if len(forms) > 1:
            yield from self._in_pieces(forms)
            return
        found = False
        for place in occurrences(self.skeleton, forms[0]):
            found = True
            yield (place,)
        if not found:
            # Cut where no writer cuts, between a letter and its accent or within a row of dots, and yet verbatim.
            yield from ((place,) for place in self._literally(parts[0]))

    def _literally(self, part: str) -> Iterator[Place]:
        at = self.text.find(part) if part else -1
        while at >= 0:
            yield Place(at, at + len(part))
            at = self.text.find(part, at + len(part))

    def _in_pieces(self, forms: list[Skeleton]) -> Iterator[Places]:
        tries, last = [_MOST_TRIED], 0
        for first in occurrences(self.skeleton, forms[0]):
            rest = self._after(first, forms[1:], tries) if first.start >= last else None
            if rest is not None:
                yield (self._last_before(first, rest[0], forms[0]), *rest)
                last = rest[-1].end
            if tries[0] <= 0:
                return

    def _after(self, before: Place, forms: list[Skeleton], tries: list[int]) -> Places | None:
        if not forms:
            return ()
        for place in occurrences_between(self.skeleton, forms[0], before.end, before.end + MOST_LEFT_OUT):
            tries[0] -= 1
            if tries[0] <= 0 or self._heading_between(before.end, place.start) is not None:
                return None
            rest = self._after(place, forms[1:], tries)
            if rest is not None:
                return (place, *rest)
        tries[0] -= 1
        return None

    def _last_before(self, first: Place, following: Place, form: Skeleton) -> Place:
        """The place of a first piece that leaves out least."""
        later = occurrences_between(self.skeleton, form, first.end, following.start)
        return max((place for place in later if place.end <= following.start), key=_start, default=first)

    def _heading_between(self, end: int, start: int) -> Block | None:
        """The heading that begins a new section between the end of one piece and the start of the next."""
        at = bisect_left(self._heading_starts, end)
        return self._headings[at] if at < len(self._headings) and self._headings[at].start <= start else None

    def _piece(self, place: Place) -> Piece:
        text, start, end = self.text, place.start, place.end
        return Piece(text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND], start, end)

    def _chosen(self, quotation: str, found: list[tuple[Places, tuple[Cut, ...]]], nth: int | None) -> Found | Missing:
        count = {"count": str(len(found))}
        if nth is None and len(found) > 1 and letters(skeleton(quotation)) < _LEAST_REPEATED:
            return Missing(
                Reason("quotation", "so short a quotation must be unique, and it stands {count} times", count)
            )
        if not 1 <= (nth or 1) <= len(found):
            return Missing(
                Reason("quotation", "it stands in the text {count} times, not {nth}", count | {"nth": str(nth)})
            )
        places, cut = found[(nth or 1) - 1]
        return Found(tuple(map(self._piece, places)), len(found), cut)

    def _missing(self, quotation: str) -> Missing:
        bare = unquoted(quotation.strip())
        plain = unquoted(unbulleted(bare))
        if plain != bare and unbulleted(self.text) == self.text.strip():
            bare = plain
        parts = split(bare)
        if len(parts) > MOST_GAPS + 1:
            return Missing(Reason("gap", "a quotation may have at most {most} gaps", {"most": str(MOST_GAPS)}))
        if len(parts) > 1:
            return self._missing_piece(parts)
        part = parts[0] if parts else bare
        near = nearest(self._source, part)
        return Missing(what_differs(self._source, part, near), near)

    def _missing_piece(self, parts: Parts) -> Missing:
        """Which of several parts is missing, or why those that are there do not follow each other as they must."""
        forms = [skeleton(part) for part in parts]
        for part, form in zip(parts, forms, strict=True):
            if not _says_something(form):
                return Missing(Reason("quotation", "its part “{part}” holds no letters and no digits", {"part": part}))
            if next(occurrences(self.skeleton, form), None) is None:
                near = nearest(self._source, part)
                return Missing(
                    Reason("quotation", "its part “{part}” does not stand in the text", {"part": part}), near
                )
        return Missing(self._why_apart(forms))

    def _why_apart(self, forms: list[Skeleton]) -> Reason:
        for one, other in pairwise(forms):
            pairs = self._nearest_pairs(one, other)
            if not pairs:
                return Reason("gap", "its parts stand in the text, but in another order")
            before, after = min(pairs, key=lambda pair: pair[1].start - pair[0].end)
            if after.start - before.end > MOST_LEFT_OUT:
                left_out = {"count": str(after.start - before.end), "most": str(MOST_LEFT_OUT)}
                return Reason(
                    "gap", "a gap may leave out at most {most} characters, and this one leaves out {count}", left_out
                )
            heading = self._heading_between(before.end, after.start)
            if heading is not None:
                title = {"heading": self.text[heading.start : heading.end]}
                return Reason("gap", "a gap may not cross a heading, and this one crosses “{heading}”", title)
        return Reason("gap", "its parts stand in the text, but not one after another within the limits of a gap")

    def _nearest_pairs(self, one: Skeleton, other: Skeleton) -> list[tuple[Place, Place]]:
        """Each place of one part with the next place of the other."""
        firsts = [place for _, place in zip(range(MOST_COUNTED), occurrences(self.skeleton, one), strict=False)]
        seconds = [place for _, place in zip(range(MOST_COUNTED), occurrences(self.skeleton, other), strict=False)]
        starts = np.array([place.start for place in seconds])
        after = [(place, int(np.searchsorted(starts, place.end))) for place in firsts]
        return [(place, seconds[at]) for place, at in after if at < len(seconds)]


def _start(place: Place) -> int:
    return place.start


def _says_something(form: Skeleton) -> bool:
    return letters(form) > 0 or len(form.chars) >= _LEAST_SIGNS


def _refused(quotation: str) -> Reason | None:
    form = skeleton(quotation)
    if not form.chars and not len(form.dashes):
        return Reason("quotation", "the quotation is empty")
    if not _says_something(form):
        return Reason("quotation", "the quotation holds no letters and no digits")
    if letters(form) < _LEAST and len(form.chars) + np.count_nonzero(form.gaps[1:-1]) < _LEAST_SIGNS:
        return Reason("quotation", "the quotation is too short to be looked up")
    return None


def _likeness(one: Piece, other: Piece) -> int:
    """How many characters next to two pieces are the same, white space aside."""
    before = _shared("".join(one.prefix.split())[::-1], "".join(other.prefix.split())[::-1])
    return before + _shared("".join(one.suffix.split()), "".join(other.suffix.split()))


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))

"""The passage that comes nearest to a quotation that is not found, and how it differs, word by word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from factdesk.domain.documents import Block
from factdesk.domain.matches import Reason
from factdesk.text.quotation_diff import Change, Word, compare, words
from factdesk.text.quotation_forms import codes_of, tables, text_of
from factdesk.text.quotation_skeleton import AGREE, DASHED, Skeleton, skeleton

# Bounds on the work, whatever the lengths: how much of a quotation is compared, by how many samples its place is
# looked for, how many places each may have, and how many passages are then looked at closely.
_MOST_COMPARED = 1000
_SAMPLES = 48
_MOST_HITS = 24
_PASSAGES = 4
_SAMPLE_SIZES = (12, 6)
_SMALL_TEXT = 100_000
_LEAST_LIKE = 60.0


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest passage: `text` is the source's `start:end`; `changes` take the quotation to it; `page` from 1, or
    0 where there are none."""

    start: int
    end: int
    text: str
    changes: tuple[Change, ...]
    page: int = 0


class Source:
    """A text to look for a nearest passage in."""

    def __init__(self, text: str, form: Skeleton, blocks: Sequence[Block]) -> None:
        self.text = text
        self.form = form
        self.blocks = blocks
        self._starts = [block.start for block in blocks]

    @cached_property
    def bare(self) -> str:
        """The skeleton in small letters without accents, one for one."""
        return _bare(self.form)

    def page(self, at: int) -> int:
        """The page that a place stands on."""
        block = bisect_right(self._starts, at) - 1
        return self.blocks[block].page if block >= 0 else 0


def nearest(source: Source, quotation: str) -> Nearest | None:
    """The nearest passage; of a long quotation, to the part where it first departs from the text. None if none is
    near."""
    form = skeleton(quotation)
    low, high = _compared(source.bare, _bare(form))
    if high <= low:
        return None
    sample = _bare(form)[low:high]
    quotation = _whole_words(quotation, int(form.starts[low]), int(form.ends[high - 1]))
    place = _best(source.bare, sample)
    if place is None:
        return None
    margin = len(sample) // 4 + 24
    first, last = max(0, place[0] - margin), min(len(source.bare), place[1] + margin) - 1
    start, end = _to_words(source.text, int(source.form.starts[first]), int(source.form.ends[last]))
    changes, begin, stop = compare(words(quotation), words(source.text[start:end]))
    start, end = start + begin, start + stop
    return Nearest(start, end, source.text[start:end], changes, source.page(start)) if end > start else None


def what_differs(source: Source, quotation: str, near: Nearest | None) -> Reason:
    """What is wrong with a quotation, as far as the difference tells."""
    gap = _other_gap(source, skeleton(quotation))
    if gap is not None:
        return gap
    if near is None:
        return Reason("quotation", "it does not stand in the text, nor does anything near it")
    wrong = [change for change in near.changes if change.kind != "same"]
    if wrong and all(change.kind == "changed" for change in wrong):
        for alike, template in _ALIKE:
            if all(alike(Word(change.quoted)) == alike(Word(change.source)) for change in wrong):
                return Reason("quotation", template)
    if len(wrong) == 1:
        return Reason("quotation", _ONE[wrong[0].kind], {"quoted": wrong[0].quoted, "source": wrong[0].source})
    count = {"count": str(len(wrong))}
    return Reason("quotation", "it does not stand in the text; the nearest passage differs in {count} places", count)


def _other_gap(source: Source, form: Skeleton) -> Reason | None:
    """What differs when every letter and sign agrees, and only what is between them does not."""
    at = source.form.chars.find(form.chars)
    if at < 0 or len(form.chars) < 2:
        return None
    theirs, ours = source.form.gaps[at + 1 : at + len(form.chars)], form.gaps[1:-1]
    differing = np.flatnonzero(~AGREE[theirs, ours]).tolist()
    if not differing:
        return None
    place = differing[0]
    low, high = max(0, place - 11), min(len(form.chars) - 1, place + 12)
    where = source.text[int(source.form.starts[at + low]) : int(source.form.ends[at + high])]
    dashed = int(theirs[place]) in DASHED, int(ours[place]) in DASHED
    return Reason("quotation", _GAPS[dashed], {"source": " ".join(where.split())})


_GAPS = {
    (True, False): "the text has a hyphen, dash or minus sign that the quotation leaves out: “{source}”",
    (False, True): "the quotation has a hyphen, dash or minus sign that the text does not have: “{source}”",
    (True, True): "a hyphen or dash stands otherwise in the text: “{source}”",
    (False, False): "the words stand in the text, but parted otherwise: “{source}”",
}
_ALIKE = (
    (lambda word: word.form.lower(), "the same words stand in the text, but in another letter case"),
    (lambda word: word.bare, "the same words stand in the text, but with other accents or in another letter case"),
    (lambda word: re.sub(r"\W+(?!\d)", "", word.form), "the same words stand in the text, but with other punctuation"),
)
_ONE = {
    "changed": "where the quotation says “{quoted}”, the text says “{source}”",
    "missing": "the text says “{source}” besides, and no gap is marked",
    "added": "the text does not say “{quoted}”",
}


def _bare(form: Skeleton) -> str:
    return text_of(tables().bases_of(codes_of(form.chars)))


def _compared(source: str, quotation: str) -> tuple[int, int]:
    """The part of a quotation to compare: all of it, or what lies around the end of the longest beginning that the
    text has."""
    if len(quotation) <= _MOST_COMPARED:
        return 0, len(quotation)
    known = _known(source, quotation)
    low = max(0, min(known - _MOST_COMPARED // 4, len(quotation) - _MOST_COMPARED))
    return low, min(len(quotation), low + _MOST_COMPARED)


def _known(source: str, quotation: str) -> int:
    """The length of the longest beginning of a quotation that the text has."""
    known, unknown = 0, len(quotation) + 1
    while unknown - known > 1:
        middle = (known + unknown) // 2
        known, unknown = (middle, unknown) if quotation[:middle] in source else (known, middle)
    return known


def _best(source: str, sample: str) -> tuple[int, int] | None:
    """The slice of the source's skeleton that is most like a quotation's."""
    from rapidfuzz import fuzz

    found: tuple[float, int, int] = (0.0, 0, 0)
    margin = len(sample) // 3 + 24
    for guess in _guesses(source, sample):
        low, high = max(0, guess - margin), guess + len(sample) + margin
        # Half surrogates are characters here as any other.
        like = fuzz.partial_ratio_alignment(list(sample), list(source[low:high]))
        if like is not None and like.score > found[0]:
            found = (like.score, low + like.dest_start, low + like.dest_end)
    return found[1:] if found[0] >= _LEAST_LIKE else None


def _guesses(source: str, sample: str) -> list[int]:
    """Where a quotation may begin in the source, by where samples of it stand; rare ones count most."""
    votes: Counter[int] = Counter()
    firsts: dict[int, int] = {}
    width = len(sample) // 4 + 16
    for size in _SAMPLE_SIZES:
        step = max(size // 2, (len(sample) - size) // _SAMPLES, 1)
        for at in range(0, max(1, len(sample) - size + 1), step):
            hits = _hits(source, sample[at : at + size])
            for hit in hits:
                bucket = (hit - at) // width
                votes[bucket] += 1000 // len(hits)
                firsts.setdefault(bucket, hit - at)
        if votes:
            break
    guesses = [firsts[bucket] for bucket, _ in votes.most_common(_PASSAGES)]
    known = _known(source, sample)
    if known >= _SAMPLE_SIZES[-1]:
        # In a text that repeats itself every sample is too common, and the beginning still tells.
        guesses.append(source.find(sample[:known]))
    return guesses or (_scan(len(source), len(sample)) if len(source) <= _SMALL_TEXT else [])


def _hits(source: str, sample: str) -> list[int]:
    """The places of a sample; none of one that is too common to say anything."""
    found: list[int] = []
    at = source.find(sample)
    while at >= 0:
        if len(found) == _MOST_HITS:
            return []
        found.append(at)
        at = source.find(sample, at + 1)
    return found


def _scan(length: int, size: int) -> list[int]:
    """Guesses that cover a small text."""
    step = max(size // 2, length // 64, 1)
    return list(range(0, max(1, length), step))


def _whole_words(text: str, start: int, end: int) -> str:
    """A slice without the parts of words that it begins and ends with."""
    words = text[start:end].split()
    first = 1 if start and len(words) > 2 and not text[start - 1].isspace() else 0
    last = len(words) - (1 if end < len(text) and len(words) > 2 and not text[end].isspace() else 0)
    return " ".join(words[first:last])


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A slice widened to whole words, within reason."""
    for _ in range(40):
        if start > 0 and not text[start - 1].isspace():
            start -= 1
        if end < len(text) and not text[end].isspace():
            end += 1
    return start, end

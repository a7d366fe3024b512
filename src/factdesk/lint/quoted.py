"""Quoted words held against the pieces of a citation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from factdesk.domain.matches import Span
from factdesk.lint.base import Draft, Quotation
from factdesk.lint.common_names import NO_NAMES
from factdesk.lint.once import once
from factdesk.lint.prose import MARK
from factdesk.lint.sources import stands
from factdesk.text.quotation_parts import split, unquoted

_SHOWN = 60
_COMPARED = 400
"""Words of a quotation and its source that are compared: more would take time that grows with their square."""
_MOST_PARTS = 8
"""Parts of a quotation that are looked for in one piece: with more gaps no citation is made."""
_WORD = re.compile(r"\S+")

_EXPRESSION = {"vi": 5}
_EXPRESSION_ELSEWHERE = 3
_LONGEST_EXPRESSION = 60
"""Characters: what is longer is none, whatever stands between its words."""
_BEHIND = 4


@once
def belonging(draft: Draft) -> tuple[tuple[Quotation, tuple[str, ...]], ...]:
    """Each quotation with the ids of the marks that belong to it: those right behind it, else those from its end to the
    end of its sentence, unless another quotation comes between; for a quoted block also one at the end of the line
    before, after a colon."""
    ends = [sentence.span.end for sentence in draft.sentences]
    starts = [each.span.start for each in draft.quotations]
    spoken = {mark.span.start for mark in draft.marks}
    found = []
    for number, quotation in enumerate(draft.quotations):
        following = starts[number + 1] if number + 1 < len(starts) else len(draft.source)
        ids = quotation.cites or tuple(_of_sentence(draft, quotation.span, following, ends, spoken))
        found.append((quotation, ids))
    return tuple(found)


def _of_sentence(draft: Draft, span: Span, following: int, ends: Sequence[int], spoken: set[int]) -> Iterator[str]:
    at = bisect_left(ends, span.end)
    end = ends[at] if at < len(ends) else len(draft.source)
    source = draft.source
    yield from (mark[1] for mark in MARK.finditer(source, span.end, min(following, end + 1)) if mark.start() in spoken)
    # The marks of a sentence may stand behind its stop.
    at = end
    while following > end + _BEHIND:
        at = _after(source, at)
        mark = MARK.match(source, at)
        if mark is None:
            break
        yield mark[1]
        at = mark.end()
    before = source[max(0, span.start - 200) : span.start].rstrip()
    *_, last = [None, *MARK.finditer(before)]
    if last is not None and last.end() == len(before) and before[: last.start()].rstrip().endswith(":"):
        yield last[1]


def _after(source: str, at: int) -> int:
    """The next place that is neither a space nor a stop."""
    while at < len(source) and source[at] in " .,;":
        at += 1
    return at


def is_expression(quotation: Quotation, language: str) -> bool:
    """Whether quoted words are a title, or so few that nobody need have said them."""
    tokens = quotation.text.split()
    if quotation.is_block:
        return not tokens
    # A title is written with capitals, but for its little words.
    capitals = sum(token[0].isupper() for token in tokens)
    titled = all(token[0].isupper() or token in NO_NAMES for token in tokens)
    few = len(tokens) <= _EXPRESSION.get(language, _EXPRESSION_ELSEWHERE)
    return (few and len(quotation.text) <= _LONGEST_EXPRESSION) or (titled and capitals > 1)


def in_pieces(quotation: str, pieces: Sequence[str]) -> bool:
    """Whether quoted words are those of a citation's pieces: a part of one piece, or parts of several in their order
    with a gap `[…]` between each two. A gap may also leave out words within a piece."""
    if any(stands(quotation, piece) for piece in pieces):
        return True
    parts = split(unquoted(quotation.strip()))
    for piece in pieces if len(parts) > 1 else ():
        parts = parts[_taken(parts, piece) :]
    return not parts


def _taken(parts: Sequence[str], piece: str) -> int:
    """How many of the first parts stand in a piece, in their order."""
    most = min(len(parts), _MOST_PARTS)
    counts = (count for count in range(most, 0, -1) if stands(" […] ".join(parts[:count]), piece))
    return next(counts, 0)


def begun(text: str) -> str:
    """The beginning of a text, enough to know it by."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"


def difference(quotation: str, source: str) -> tuple[str, str]:
    """The first words in which a quotation differs from a source that is like it: the quotation's and the source's.

    Both empty where they have too little in common for that to say anything.
    """
    one, other = _WORD.findall(quotation)[:_COMPARED], _WORD.findall(source)[:_COMPARED]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < 0.5:
        return "", ""
    for kind, start, end, low, high in matcher.get_opcodes():
        # What the source says before and after is not quoted, and need not be.
        if kind != "equal" and (end > start or 0 < start < len(one)):
            return begun(" ".join(one[start:end])), begun(" ".join(other[low:high]))
    return "", ""

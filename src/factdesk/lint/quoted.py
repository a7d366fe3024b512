"""Quoted words held against the pieces of a citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from factdesk.lint.sources import stands
from factdesk.text.quotation_parts import split, unquoted

_SHOWN = 60
_COMPARED = 400
"""Words of a quotation and its source that are compared: more would take time that grows with their square."""
_WORD = re.compile(r"\S+")


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
    counts = (count for count in range(len(parts), 0, -1) if stands(" […] ".join(parts[:count]), piece))
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

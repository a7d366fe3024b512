"""Signs that a PDF draws late: LibreOffice sets what a font lacks from another one after the rest of the line, into a
gap that it left for it.

Pure. A line is put in order only where everything drawn late fits into a gap on the same baseline; fractions, indexes
and right-to-left text stay in the order in which they are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import bidirectional

_BACK, _SPACE, _OVERLAP, _BASELINE = 0.2, 0.18, 0.15, 0.05
"""As shares of the letters' size: how far back a late sign begins at least, how wide a gap between words is at least,
how far signs overlap at most, and how far their baselines are apart at most."""

_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """A sign that is drawn, from `left` to `right` on the baseline `base`, in points as shown."""

    text: str
    left: float
    right: float
    base: float


def in_order(glyphs: Sequence[Glyph], size: float) -> str | None:
    """A line's text from left to right with what was drawn late in its gap; None where nothing was or does not fit."""
    if not any(b.left < a.left - _BACK * size for a, b in pairwise(glyphs)):
        return None
    if any(bidirectional(glyph.text[0]) in _RIGHT_TO_LEFT for glyph in glyphs):
        return None
    if max(glyph.base for glyph in glyphs) - min(glyph.base for glyph in glyphs) > _BASELINE * size:
        return None
    pieces = sorted(_pieces(glyphs, size), key=lambda piece: piece[0].left)
    if any(b[0].left < a[-1].right - _OVERLAP * size for a, b in pairwise(pieces)):
        return None
    text = ""
    right = pieces[0][0].left
    for piece in pieces:
        word = "".join(glyph.text for glyph in piece)
        apart = piece[0].left - right > _SPACE * size and not text.endswith(" ") and not word.startswith(" ")
        text += " " + word if apart else word
        right = piece[-1].right
    return text.strip()


def _pieces(glyphs: Sequence[Glyph], size: float) -> list[list[Glyph]]:
    """What is drawn without a gap or a step back."""
    pieces: list[list[Glyph]] = []
    for glyph in glyphs:
        last = pieces[-1][-1] if pieces else None
        if last and last.left - _BACK * size <= glyph.left <= last.right + _SPACE * size:
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    return pieces

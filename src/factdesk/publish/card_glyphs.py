"""Words of a card as small pictures, put together from letters that are drawn once for a size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from factdesk.publish.card_type import Weight, font_of, widths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Cells = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Stamp:
    """How much of each pixel is covered, as a number; and where its top left corner is, seen from the pen."""

    cells: Cells
    across: int
    down: int


@lru_cache(2048)
def word_stamp(word: str, size: int, weight: Weight, part: float, table: bytes) -> Stamp:
    """A word whose pen stands on the baseline, a part of a pixel (0 to 1) to the right of one's left side. The table
    says what to write for each cover from 0 to 255."""
    import numpy as np

    wide = widths(size, weight)
    pen, letters = 0, []
    for letter in word:
        letters.append((pen, _letter(letter, size, weight, part)))
        pen += wide[letter]
    left = min((at + each.across for at, each in letters), default=0)
    right = max((at + each.across + each.cells.shape[1] for at, each in letters), default=0)
    top = min((each.down for _, each in letters), default=0)
    bottom = max((each.down + each.cells.shape[0] for _, each in letters), default=0)
    cells = np.zeros((bottom - top, right - left), np.uint8)
    for at, each in letters:
        tall, broad = each.cells.shape
        x, y = at + each.across - left, each.down - top
        there = cells[y : y + tall, x : x + broad]
        np.maximum(there, each.cells, out=there)
    return Stamp(np.frombuffer(table, np.uint8)[cells], left, top)


@lru_cache(8192)
def _letter(letter: str, size: int, weight: Weight, part: float) -> Stamp:
    import numpy as np
    from PIL import Image, ImageDraw

    font = font_of(letter, size, weight)
    left, top, right, bottom = font.getbbox(letter, anchor="ls")
    # With a pixel around it: what lies between two pixels may touch one more.
    across, down = int(left) - 2, int(top) - 2
    image = Image.new("L", (ceil(right) - across + 2, ceil(bottom) - down + 2))
    ImageDraw.Draw(image).text((part - across, -down), letter, font=font, fill=255, anchor="ls")
    box = image.getbbox() or (0, 0, 0, 0)
    return Stamp(np.asarray(image.crop(box)), across + box[0], down + box[1])

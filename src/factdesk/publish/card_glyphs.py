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
    """Pixels of a word or a letter, how many across and down, and where the top left one is, seen from the pen."""

    cells: Cells
    wide: int
    tall: int
    across: int
    down: int


@lru_cache(4096)
def word_stamp(word: str, size: int, weight: Weight, part: float, table: bytes) -> Stamp:
    """A word whose pen stands on the baseline, a part of a pixel (0 to 1) to the right of one's left side. The table
    says what to write for each cover of a pixel from 0 to 255."""
    import numpy as np

    wide = widths(size, weight)
    pen, letters = 0, []
    left, top, right, bottom = 0, 0, 0, 0
    for letter in word:
        stamp = _letter(letter, size, weight, part, table)
        start = pen + stamp.across
        left, right = min(left, start), max(right, start + stamp.wide)
        top, bottom = min(top, stamp.down), max(bottom, stamp.down + stamp.tall)
        letters.append((start, stamp))
        pen += wide[letter]
    cells = np.zeros((bottom - top, right - left), np.uint8)
    for start, stamp in letters:
        x, y = start - left, stamp.down - top
        there = cells[y : y + stamp.tall, x : x + stamp.wide]
        np.maximum(there, stamp.cells, out=there)
    return Stamp(cells, right - left, bottom - top, left, top)


@lru_cache(16_384)
def _letter(letter: str, size: int, weight: Weight, part: float, table: bytes) -> Stamp:
    import numpy as np
    from PIL import Image, ImageDraw

    font = font_of(letter, size, weight)
    left, top, right, bottom = font.getbbox(letter, anchor="ls")
    # With a pixel around it: what lies between two pixels may touch one more.
    across, down = int(left) - 2, int(top) - 2
    image = Image.new("L", (ceil(right) - across + 2, ceil(bottom) - down + 2))
    ImageDraw.Draw(image).text((part - across, -down), letter, font=font, fill=255, anchor="ls")
    box = image.getbbox() or (0, 0, 0, 0)
    cells = np.frombuffer(table, np.uint8)[np.asarray(image.crop(box))]
    return Stamp(cells, cells.shape[1], cells.shape[0], across + box[0], down + box[1])

"""What a card is drawn on: a picture of few colours, each pixel the number of its own.

A colour that letters have comes in steps from the paper to itself, enough of them that edges look smooth and few enough
that a pixel takes half a byte: a card is drawn, packed and written in a tenth of the time that full colours take.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal

from factdesk.publish.card_glyphs import word_stamp
from factdesk.publish.card_lines import row_of
from factdesk.publish.card_type import Weight
from factdesk.publish.words import Tone

if TYPE_CHECKING:
    from PIL.Image import Image

Ink = tuple[int, int, int]
Shade = Literal["paper", "ink", "soft", "own", "line", "white", "black"]
"""What can be drawn with. `own` is the colour of the rating; `paper` as letters stands on `ink`."""

PAPER: Ink = (0xFB, 0xF9, 0xF4)
INK: Ink = (0x1C, 0x1A, 0x17)
SOFT: Ink = (0x5D, 0x57, 0x4E)
LINE: Ink = (0xB9, 0xB1, 0xA0)
WHITE: Ink = (0xFF, 0xFF, 0xFF)
BLACK: Ink = (0, 0, 0)
TONES: Mapping[Tone, Ink] = {
    "low": (0xA1, 0x1D, 0x1A),
    "mid": (0x85, 0x50, 0x00),
    "high": (0x1C, 0x63, 0x37),
    "none": (0x4F, 0x4A, 0x63),
}
"""The colours of the site's pages by day."""

_STEPS: Mapping[Shade, int] = {"ink": 6, "soft": 4, "own": 4}
"""Colours from the paper to one that letters have, with its own."""
_NUMBERS: Mapping[Shade, int] = {"paper": 0, "ink": 6, "soft": 10, "own": 14, "line": 15, "white": 16, "black": 17}
"""The number of a colour; before that of letters stand the steps to it."""
_PACKED = 16
"""Colours that half a byte can name. Only a QR code needs the others."""
_BAND = 64
FAST, SMALL = 1, 6
"""How hard a file is packed. What is small is a fifth smaller, and takes three times as long."""


class Canvas:
    """A card's pixels, row by row, each the number of a colour of `colours`."""

    def __init__(self, width: int, height: int, own: Ink) -> None:
        import numpy as np

        self.width, self.height = width, height
        self.colours = _colours(own)
        self.cells = np.zeros((height, width), np.uint8)
        self._darken, self._erase = np.maximum, np.subtract

    def rule(self, box: tuple[int, int, int, int], shade: Shade) -> None:
        """A filled box; right and bottom are outside it."""
        left, top, right, bottom = box
        self.cells[top:bottom, left:right] = _NUMBERS[shade]

    def outline(self, box: tuple[int, int, int, int], thick: int, shade: Shade) -> None:
        """The inside edge of a box."""
        left, top, right, bottom = box
        self.rule(box, shade)
        self.rule((left + thick, top + thick, right - thick, bottom - thick), "paper")

    def pointer(self, tip: tuple[int, int], tall: int, shade: Shade) -> None:
        """A triangle that points down to a pixel, two pixels narrower in each row."""
        across, down = tip
        for up in range(tall + 1):
            self.rule((across - up, down - up, across + up + 1, down - up + 1), shade)

    def line(self, place: tuple[float, float], text: str, size: int, weight: Weight, shade: Shade) -> None:
        """A line of text; `place` is its left end on the baseline."""
        row, table = row_of(text, size, weight), _table("ink" if shade == "paper" else shade)
        put = self._erase if shade == "paper" else self._darken
        left, base = place
        for word, start in zip(row.words, row.starts, strict=True):
            at, part = divmod(left + start, 1)
            stamp = word_stamp(word, size, weight, part, table)
            x, y = int(at) + stamp.across, int(base) + stamp.down
            there = self.cells[y : y + stamp.tall, x : x + stamp.wide]
            put(there, stamp.cells, out=there)

    @cached_property
    def image(self) -> Image:
        """The picture in full colours."""
        from PIL import Image

        picture = Image.frombytes("P", (self.width, self.height), self.cells.tobytes())
        picture.putpalette([value for colour in self.colours for value in colour])
        return picture.convert("RGB")

    def png(self, level: int) -> bytes:
        """The picture's file (PNG, ISO/IEC 15948): colour type 3, no filter, no time. `FAST` or `SMALL`."""
        deep = 4 if self.cells.max() < _PACKED else 8
        packer = _packer(level)
        packed = b"".join((*(packer.compress(rows) for rows in self._rows(deep)), packer.flush()))
        colours = self.colours[: 1 << deep]
        head = struct.pack(">LLBBBBB", self.width, self.height, deep, 3, 0, 0, 0)
        chunks = ((b"IHDR", head), (b"PLTE", b"".join(map(bytes, colours))), (b"IDAT", packed), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)

    def _rows(self, deep: int) -> Iterator[memoryview]:
        """The pixels as a file has them: each row behind the number of its filter, the left one of a pair first. A few
        rows at a time, which stay where the processor is: twice as fast."""
        import numpy as np

        rows = np.zeros((_BAND, 1 + self.width * deep // 8), np.uint8)
        for top in range(0, self.height, _BAND):
            cells = self.cells[top : top + _BAND]
            pairs = cells.view("<u2")
            rows[: len(cells), 1:] = cells if deep == 8 else pairs << 4 | pairs >> 8
            yield rows[: len(cells)].data


def _packer(level: int) -> Any:
    """What packs a card: for whole sites a library that takes a sixth of zlib's time, where it runs."""
    if level == FAST:
        try:
            from isal import isal_zlib
        except ImportError:
            return zlib.compressobj(level)
        return isal_zlib.compressobj(level)
    return zlib.compressobj(level)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(data, zlib.crc32(name)))


def _colours(own: Ink) -> list[Ink]:
    """The colours of a card by their numbers."""
    mixed = [PAPER]
    for steps, dark in ((_STEPS["ink"], INK), (_STEPS["soft"], SOFT), (_STEPS["own"], own)):
        mixed += [_mixed(dark, step / steps) for step in range(1, steps + 1)]
    return [*mixed, LINE, WHITE, BLACK]


def _mixed(dark: Ink, part: float) -> Ink:
    red, green, blue = (round(paper + (ink - paper) * part) for paper, ink in zip(PAPER, dark, strict=True))
    return red, green, blue


@cache
def _table(shade: Shade) -> bytes:
    """The number of a colour for each cover of a pixel from 0 to 255, in letters of a shade."""
    steps = _STEPS[shade]
    levels = [round(cover * steps / 255) for cover in range(256)]
    return bytes(_NUMBERS[shade] - steps + level if level else 0 for level in levels)

"""What a card is put together from. Each part knows its height before it is drawn, and notes where it was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from factdesk.publish.card_canvas import Canvas, Shade
from factdesk.publish.card_lines import Block, width_of
from factdesk.publish.card_text import Place

_BASE = 0.95
"""Where the baseline lies in a line, in sizes from its top."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn where: left, top, right, bottom in pixels. `size` is that of its letters, 0 for none."""

    name: str
    box: tuple[float, float, float, float]
    size: int = 0
    text: str = ""


@dataclass(slots=True)
class Sheet:
    """A card being drawn."""

    canvas: Canvas
    drawn: list[Drawn] = field(default_factory=list)

    def line(self, place: tuple[float, float], text: str, block: Block, ink: Shade, name: str) -> None:
        """Draw a line of text whose top left corner is there."""
        left, top = place
        self.canvas.line((left, top + round(block.size * _BASE)), text, block.size, block.weight, ink)
        right = left + width_of(text, block.size, block.weight)
        self.drawn.append(Drawn(name, (left, top, right, top + block.step), block.size, text))


class Part(Protocol):
    """Something that stands in a column."""

    @property
    def height(self) -> int:
        """Pixels that it takes."""

    def put(self, sheet: Sheet, left: int, top: int) -> None:
        """Draw it."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Nothing."""

    height: int

    def put(self, sheet: Sheet, left: int, top: int) -> None:
        """Draw nothing."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text."""

    name: str
    block: Block
    ink: Shade = "ink"

    @property
    def height(self) -> int:
        """Pixels that the lines take."""
        return self.block.height

    def put(self, sheet: Sheet, left: int, top: int) -> None:
        """Draw the lines."""
        for number, line in enumerate(self.block.lines):
            sheet.line((left, top + number * self.block.step), line, self.block, self.ink, self.name)


@dataclass(frozen=True, slots=True)
class Notice:
    """A line on a dark ground, the same for whatever it says."""

    name: str
    block: Block

    @property
    def height(self) -> int:
        """Pixels that it takes, with what is around it."""
        return self.block.step + 16

    def put(self, sheet: Sheet, left: int, top: int) -> None:
        """Draw the ground, and the line on it."""
        text = self.block.lines[0]
        wide = round(width_of(text, self.block.size, self.block.weight))
        sheet.canvas.rule((left, top, left + wide + 36, top + self.height), "ink")
        sheet.line((left + 18, top + 8), text, self.block, "paper", self.name)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rating's word, and which step it is, at the right end of its last line."""

    block: Block
    place: Block
    width: int

    @property
    def height(self) -> int:
        """Pixels that it takes."""
        return self.block.height

    def put(self, sheet: Sheet, left: int, top: int) -> None:
        """Draw both on one baseline."""
        Lines("rating", self.block, "own").put(sheet, left, top)
        for text in self.place.lines:
            base = self.height - self.block.step + round(_BASE * self.block.size) - round(_BASE * self.place.size)
            right = left + self.width - width_of(text, self.place.size, self.place.weight)
            sheet.line((right, top + base), text, self.place, "soft", "step")


@dataclass(frozen=True, slots=True)
class Steps:
    """The scale as a bar: the step that was given is filled, higher than the others, and has a pointer above it. Below
    stand the names of both ends."""

    place: Place
    width: int
    low: Block
    high: Block

    POINT, BAR, GAP = 14, 22, 6

    @property
    def height(self) -> int:
        """Pixels that the bar and the names take."""
        return self.POINT + self.BAR + 10 + max(self.low.height, self.high.height)

    def put(self, sheet: Sheet, left: int, top: int) -> None:
        """Draw the bar and the names of its ends."""
        wide = (self.width + self.GAP) / self.place.count
        for number in range(self.place.count):
            start, end = round(left + number * wide), round(left + (number + 1) * wide) - self.GAP
            self._step(sheet, (start, top + self.POINT, end, top + self.POINT + self.BAR), number + 1)
        below = top + self.POINT + self.BAR + 10
        Lines("lowest", self.low, "soft").put(sheet, left, below)
        for number, line in enumerate(self.high.lines):
            right = left + self.width - width_of(line, self.high.size, self.high.weight)
            sheet.line((right, below + number * self.high.step), line, self.high, "soft", "highest")

    def _step(self, sheet: Sheet, box: tuple[int, int, int, int], number: int) -> None:
        left, top, right, bottom = box
        if number != self.place.value:
            sheet.canvas.outline((left, top + 4, right, bottom - 4), 2, "soft")
            return
        sheet.canvas.rule(box, "own")
        sheet.canvas.pointer(((left + right) // 2, top - 3), 9, "own")
        sheet.drawn.append(Drawn("bar", box))


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code on white, with the light border that it needs."""

    modules: tuple[tuple[bool, ...], ...]
    scale: int

    @property
    def height(self) -> int:
        """Pixels of a side."""
        return (len(self.modules) + 8) * self.scale

    def put(self, sheet: Sheet, left: int, top: int) -> None:
        """Draw the code."""
        sheet.canvas.rule((left, top, left + self.height, top + self.height), "white")
        for down, row in enumerate(self.modules, 4):
            for across, dark in enumerate(row, 4):
                if dark:
                    x, y = left + across * self.scale, top + down * self.scale
                    sheet.canvas.rule((x, y, x + self.scale, y + self.scale), "black")
        sheet.drawn.append(Drawn("qr", (left, top, left + self.height, top + self.height)))


def height_of(parts: Sequence[Part]) -> int:
    """Pixels that parts take one below the other."""
    return sum(part.height for part in parts)


def put_column(sheet: Sheet, left: int, top: int, parts: Sequence[Part]) -> int:
    """Draw parts one below the other; where they end."""
    for part in parts:
        part.put(sheet, left, top)
        top += part.height
    return top

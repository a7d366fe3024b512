"""How a card's room is shared: the answer gets what it needs, and the rating and the claim below it give way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from factdesk.publish.card_lines import Block, fitted
from factdesk.publish.card_parts import (
    Gap,
    Lines,
    Part,
    Sheet,
    Steps,
    Verdict,
    height_of,
    put_column,
)
from factdesk.publish.card_text import CardWords
from factdesk.publish.card_type import Weight, drawable

Format = Literal["16x9", "1x1", "9x16", "og"]


@dataclass(frozen=True, slots=True)
class Shape:
    """A card's measures in pixels: its sides, margins left and right, above and below; letters of the answer at the
    largest and the smallest, of the claim, of the rating, and of everything small. `code` is the QR code's side, 0 for
    none; `columns` whether rating and claim stand beside each other."""

    width: int
    height: int
    side: int
    above: int
    below: int
    answer: tuple[int, int]
    claim: tuple[int, int]
    rating: tuple[int, int]
    small: int
    code: int = 0
    columns: bool = False

    @property
    def inner(self) -> int:
        """The width between the margins."""
        return self.width - 2 * self.side


SHAPES: Mapping[Format, Shape] = {
    "16x9": Shape(1200, 675, 60, 40, 34, (84, 38), (32, 24), (48, 30), 24, columns=True),
    "og": Shape(1200, 630, 60, 36, 30, (80, 36), (30, 24), (46, 30), 24, columns=True),
    "1x1": Shape(1080, 1080, 72, 56, 48, (96, 40), (38, 28), (60, 36), 28),
    # Programs that show such pictures lay their own buttons over what is above and below.
    "9x16": Shape(1080, 1920, 84, 210, 220, (110, 48), (44, 32), (72, 40), 32, code=330),
}


SEEN = 6_000
"""Letters of a text that are looked at: many may be marks, or may not be drawn, and no card has room for a fifth."""
SHARES = (0.58, 0.5, 0.42, 0.36)
"""How much of the middle rating and claim may take: the less, the more room the answer needs."""


class Setter:
    """Sets the words of one card, and notes what did not fit."""

    def __init__(self, words: CardWords, shape: Shape) -> None:
        self.words, self.shape = words, shape
        self.cut: list[str] = []

    def set(self, name: str, text: str, room: tuple[int, int], sizes: tuple[int, int], weight: Weight = 400) -> Block:
        """A text as large as it fits."""
        seen = text if len(text) <= SEEN else f"{text[:SEEN]}…"
        block = fitted(drawable(seen), room, sizes, weight)
        if block.cut or seen != text:
            self.cut.append(name)
        return block

    def one(self, name: str, text: str, width: int, size: int, weight: Weight = 400) -> Block:
        """A text on one line."""
        return self.set(name, text, (width, round(size * 1.3)), (size, size), weight)


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to share the middle between the answer and what stands below it."""

    answer: Block
    lower: Beside | Below
    cut: list[str]

    @classmethod
    def of(cls, setter: Setter, between: tuple[int, int], share: float) -> Layout:
        """The layout that gives so much to what stands below. The rating is not larger than the answer."""
        largest = setter.shape.rating[0]
        answer, lower, cut = cls._tried(setter, between, share, largest)
        while answer.size < largest:
            largest = answer.size
            answer, lower, cut = cls._tried(setter, between, share, largest)
        return cls(answer, lower, cut)

    @staticmethod
    def _tried(
        setter: Setter, between: tuple[int, int], share: float, largest: int
    ) -> tuple[Block, Beside | Below, list[str]]:
        words, shape = setter.words, setter.shape
        smallest = min(shape.rating[1], largest)
        own = Setter(words, replace(shape, rating=(largest, smallest)))
        gap = round(shape.small * 0.9)
        room = between[1] - between[0] - gap
        lower = Beside(own, round(room * share)) if shape.columns else Below(own, round(room * share))
        answer = own.set("answer", words.answer, (shape.inner, room - lower.height - gap), shape.answer, 700)
        return answer, lower, own.cut


def best(layouts: Iterable[Layout], rating: int) -> Layout:
    """The first in which all is whole and the answer at least as large as a rating is, else one in which all is whole,
    else the roomiest below that leaves the answer whole; if there is none, what gives the answer most."""
    seen = []
    for each in layouts:
        if not each.cut and each.answer.size >= rating:
            return each
        seen.append(each)
    whole = [each for each in seen if not each.cut]
    if whole:
        return whole[-1]
    standing = [each for each in seen if not each.answer.cut and each.answer.size >= 0.75 * rating]
    return standing[0] if standing else seen[-1]


class Beside:
    """Rating and claim in two columns."""

    def __init__(self, setter: Setter, most: int) -> None:
        inner = setter.shape.inner
        self.right = round(inner * 0.4) + 48
        self.rated = _rated(setter, self.right - 48, most)
        self.claimed = _claimed(setter, inner - self.right, most)
        self.height = max(height_of(self.rated), height_of(self.claimed))

    def put(self, sheet: Sheet, left: int, top: int) -> None:
        """Draw both, and a line between them."""
        put_column(sheet, left, top, self.rated)
        put_column(sheet, left + self.right, top, self.claimed)
        sheet.canvas.rule((left + self.right - 25, top, left + self.right - 23, top + self.height), "line")


class Below:
    """The claim under the rating."""

    def __init__(self, setter: Setter, most: int) -> None:
        self.inner, self.gap = setter.shape.inner, round(setter.shape.small * 1.1)
        room = most - 2 * self.gap
        self.rated = _rated(setter, self.inner, room // 2)
        self.claimed = _claimed(setter, self.inner, room - height_of(self.rated))
        self.height = height_of(self.rated) + 2 * self.gap + height_of(self.claimed)

    def put(self, sheet: Sheet, left: int, top: int) -> None:
        """Draw both, and a line between them."""
        line = put_column(sheet, left, top, self.rated) + self.gap
        sheet.canvas.rule((left, line, left + self.inner, line + 2), "line")
        put_column(sheet, left, line + self.gap, self.claimed)


def _rated(setter: Setter, width: int, most: int) -> list[Part]:
    """The rating on its scale; or why there is none."""
    words, shape = setter.words, setter.shape
    if words.withdrawn:
        return [Lines("what", setter.set("what", words.what, (width, most), shape.claim))] if words.what else []
    step = (
        setter.one("step", words.place_words, width // 2, shape.small) if words.place else Block((), shape.small, 400)
    )
    taken = round(step.width) + 24 if step.lines else 0
    line = (width - taken, round(1.3 * shape.rating[0]))
    word = fitted(drawable(words.rating), line, shape.rating, 700)
    if word.cut:
        sizes = (shape.rating[1], shape.small - 2)
        word = setter.set("rating", words.rating, (width - taken, round(most * 0.58)), sizes, 700)
    parts: list[Part] = [Verdict(word, step, width)]
    if words.place:
        half = width // 2 - 20
        low = setter.one("lowest", words.place.lowest, half, shape.small - 2)
        high = setter.one("highest", words.place.highest, half, shape.small - 2)
        parts += [Gap(6), Steps(words.place, width, low, high)]
    left = most - height_of(parts) - 8
    if words.meaning and (not words.place or (not shape.columns and left >= shape.small * 1.3)):
        size = shape.claim if not words.place else (shape.small, shape.small - 4)
        parts += [Gap(8), Lines("meaning", setter.set("meaning", words.meaning, (width, left), size))]
    return parts


def _claimed(setter: Setter, width: int, most: int) -> list[Part]:
    """What was claimed, under its name."""
    words, shape = setter.words, setter.shape
    if not words.quoted:
        return []
    label = Lines("label", setter.one("label", words.label, width, shape.small - 2, 700), "soft")
    more = Lines("more", setter.one("more", words.more, width, shape.small - 2), "soft") if words.more else Gap(0)
    room = (width - shape.small // 2, most - label.height - 6 - more.height)
    block = setter.set("claim", words.quoted, room, shape.claim)
    if block.cut:
        block = replace(block, lines=(*block.lines[:-1], f"{block.lines[-1]}”"))
    return [label, Gap(6), Lines("claim", block), more]

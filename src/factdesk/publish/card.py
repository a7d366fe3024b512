"""Picture cards of a check: the answer large, the rating and where it stands on its scale, the claim small and named
as what was claimed, who says so, when, and where to read it.

The same layout for every rating and every claimant. The same bytes for the same words: a PNG without a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from factdesk.errors import InputError
from factdesk.publish.card_parts import (
    BLACK,
    INK,
    LINE,
    PAPER,
    SOFT,
    TONES,
    WHITE,
    Code,
    Drawn,
    Gap,
    Lines,
    Notice,
    Part,
    Sheet,
    Steps,
    Verdict,
    height_of,
    put_column,
)
from factdesk.publish.card_text import CardWords, card_words
from factdesk.publish.card_type import Block, Ink, Weight, drawable, fitted, has_letters
from factdesk.publish.model import SiteCheck, SiteDesk

if TYPE_CHECKING:
    from PIL.Image import Image

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


@dataclass(frozen=True, slots=True)
class Card:
    """A drawn card. `drawn` is what stands where on it, `cut` which parts did not fit whole."""

    image: Image
    drawn: tuple[Drawn, ...]
    cut: tuple[str, ...]
    ink: Ink

    def png(self) -> bytes:
        """The picture's file, in the few colours that a card has and what lies between them and the paper."""
        from PIL.Image import Dither

        out = BytesIO()
        picture = self.image.quantize(palette=_palette(self.ink), dither=Dither.NONE)
        picture.save(out, format="PNG", compress_level=6)
        return out.getvalue()


def card_png(desk: SiteDesk, check: SiteCheck, form: Format = "og") -> bytes:
    """The card of a check as PNG: `og` is 1200×630, for links. Raises `InputError` where the typeface lacks the
    letters of its title."""
    return draw_card(card_words(desk, check), form).png()


def draw_card(words: CardWords, form: Format) -> Card:
    """A card of these words. Raises `InputError` where the typeface lacks the letters of its title."""
    from PIL import Image, ImageDraw

    if not has_letters(drawable(words.answer[:SEEN])):
        raise InputError("The cards' typeface does not have the letters of this title: {title}.", title=words.answer)
    shape = SHAPES[form]
    image = Image.new("RGB", (shape.width, shape.height), PAPER)
    sheet = Sheet(image, ImageDraw.Draw(image))
    setter = _Setter(words, shape)
    top = _head(sheet, setter)
    bottom = _foot(sheet, setter)
    _middle(sheet, setter, top, bottom)
    return Card(image, tuple(sheet.drawn), tuple(setter.cut), setter.ink)


@lru_cache(8)
def _palette(own: Ink) -> Image:
    """A picture whose palette is a card's colours: 30 steps from the paper to each that letters have."""
    from PIL import Image

    steps = 30
    colours = [PAPER, WHITE, BLACK, LINE]
    for ink in (INK, SOFT, own):
        for number in range(1, steps + 1):
            mixed = [round(paper + (dark - paper) * number / steps) for paper, dark in zip(PAPER, ink, strict=True)]
            colours.append((mixed[0], mixed[1], mixed[2]))
    picture = Image.new("P", (1, 1))
    picture.putpalette([value for colour in colours for value in colour])
    return picture


class _Setter:
    """Sets the words of one card, and notes what did not fit."""

    def __init__(self, words: CardWords, shape: Shape) -> None:
        self.words, self.shape = words, shape
        self.ink = TONES[words.tone]
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


def _head(sheet: Sheet, setter: _Setter) -> int:
    """Who says it and when, under a thick line; where it ends."""
    words, shape = setter.words, setter.shape
    sheet.rule((0, 0, shape.width, 14), INK)
    size, top = shape.small + 6, shape.above
    date = setter.one("date", words.date, shape.inner, shape.small)
    wide = round(date.width)
    desk = setter.one("desk", words.desk, shape.inner - wide - 40, size, 700)
    Lines("desk", desk).put(sheet, shape.side, top)
    Lines("date", date, SOFT).put(sheet, shape.side + shape.inner - wide, top + round(0.95 * (size - shape.small)))
    below = top + desk.step + 10
    sheet.rule((shape.side, below, shape.side + shape.inner, below + 2), INK)
    return below + 2


def _foot(sheet: Sheet, setter: _Setter) -> int:
    """Where to read it, with the QR code where there is one; where it begins."""
    words, shape = setter.words, setter.shape
    code = _code(words.address, shape.code) if shape.code else None
    left = shape.side + (code.height + 36 if code else 0)
    width = shape.side + shape.inner - left
    read = Lines("read", setter.set("read", words.read, (width, round(2.6 * shape.small)), (shape.small,) * 2, 700))
    sizes = (shape.small - 4,) * 2 if code else (shape.small, shape.small - 6)
    room = (width, round((6 if code else 2) * shape.small * 1.3))
    link = Lines("address", setter.set("address", words.shown, room, sizes), SOFT)
    parts: list[Part] = [read, Gap(4), link]
    tall = max(height_of(parts), code.height if code else 0)
    top = shape.height - shape.below - tall
    if code:
        code.put(sheet, shape.side, top)
        top_of_text = top + (tall - height_of(parts)) // 2
    else:
        top_of_text = top
    put_column(sheet, left, top_of_text, parts)
    line = top - (30 if code else 16)
    sheet.rule((shape.side, line, shape.side + shape.inner, line + 2), LINE)
    return line


def _code(address: str, side: int) -> Code:
    from factdesk.publish.qr import modules

    cells = modules(address)
    return Code(cells, max(3, side // (len(cells) + 8)))


def _middle(sheet: Sheet, setter: _Setter, top: int, bottom: int) -> None:
    """The answer from above, rating and claim from below, which give way where the answer needs the room."""
    shape, words = setter.shape, setter.words
    gap = round(shape.small * 0.9)
    top += gap
    if words.notice:
        notice = Notice("notice", setter.one("notice", words.notice, shape.inner - 36, shape.small, 700))
        top = put_column(sheet, shape.side, top, [notice, Gap(gap // 2)])
    layouts = [_Layout.of(setter, (top, bottom), share) for share in SHARES]
    chosen = _best(layouts, shape.rating[0])
    setter.cut += chosen.cut
    chosen.lower.put(sheet, shape.side, bottom - gap - chosen.lower.height)
    Lines("answer", chosen.answer).put(sheet, shape.side, top)


@dataclass(frozen=True, slots=True)
class _Layout:
    """One way to share the middle between the answer and what stands below it."""

    answer: Block
    lower: _Beside | _Below
    cut: list[str]

    @classmethod
    def of(cls, setter: _Setter, between: tuple[int, int], share: float) -> _Layout:
        """The layout that gives so much to what stands below. The rating is not larger than the answer."""
        largest = setter.shape.rating[0]
        answer, lower, cut = cls._tried(setter, between, share, largest)
        while answer.size < largest:
            largest = answer.size
            answer, lower, cut = cls._tried(setter, between, share, largest)
        return cls(answer, lower, cut)

    @staticmethod
    def _tried(
        setter: _Setter, between: tuple[int, int], share: float, largest: int
    ) -> tuple[Block, _Beside | _Below, list[str]]:
        words, shape = setter.words, setter.shape
        smallest = min(shape.rating[1], largest)
        own = _Setter(words, replace(shape, rating=(largest, smallest)))
        gap = round(shape.small * 0.9)
        room = between[1] - between[0] - gap
        lower = _Beside(own, round(room * share)) if shape.columns else _Below(own, round(room * share))
        answer = own.set("answer", words.answer, (shape.inner, room - lower.height - gap), shape.answer, 700)
        return answer, lower, own.cut


def _best(layouts: list[_Layout], rating: int) -> _Layout:
    """The first in which all is whole and the answer at least as large as a rating is, else one in which all is whole,
    else the roomiest below that leaves the answer whole; if there is none, what gives the answer most."""
    for each in layouts:
        if not each.cut and each.answer.size >= rating:
            return each
    whole = [each for each in layouts if not each.cut]
    if whole:
        return whole[-1]
    standing = [each for each in layouts if not each.answer.cut and each.answer.size >= 0.75 * rating]
    return standing[0] if standing else layouts[-1]


class _Beside:
    """Rating and claim in two columns."""

    def __init__(self, setter: _Setter, most: int) -> None:
        inner = setter.shape.inner
        self.right = round(inner * 0.4) + 48
        self.rated = _rated(setter, self.right - 48, most)
        self.claimed = _claimed(setter, inner - self.right, most)
        self.height = max(height_of(self.rated), height_of(self.claimed))

    def put(self, sheet: Sheet, left: int, top: int) -> None:
        """Draw both, and a line between them."""
        put_column(sheet, left, top, self.rated)
        put_column(sheet, left + self.right, top, self.claimed)
        sheet.rule((left + self.right - 25, top, left + self.right - 23, top + self.height), LINE)


class _Below:
    """The claim under the rating."""

    def __init__(self, setter: _Setter, most: int) -> None:
        self.inner, self.gap = setter.shape.inner, round(setter.shape.small * 1.1)
        room = most - 2 * self.gap
        self.rated = _rated(setter, self.inner, room // 2)
        self.claimed = _claimed(setter, self.inner, room - height_of(self.rated))
        self.height = height_of(self.rated) + 2 * self.gap + height_of(self.claimed)

    def put(self, sheet: Sheet, left: int, top: int) -> None:
        """Draw both, and a line between them."""
        line = put_column(sheet, left, top, self.rated) + self.gap
        sheet.rule((left, line, left + self.inner, line + 2), LINE)
        put_column(sheet, left, line + self.gap, self.claimed)


def _rated(setter: _Setter, width: int, most: int) -> list[Part]:
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
        word = setter.set("rating", words.rating, (width - taken, most // 2), shape.rating, 700)
    parts: list[Part] = [Verdict(word, step, width, setter.ink)]
    if words.place:
        half = width // 2 - 20
        low = setter.one("lowest", words.place.lowest, half, shape.small - 2)
        high = setter.one("highest", words.place.highest, half, shape.small - 2)
        parts += [Gap(6), Steps(words.place, width, setter.ink, low, high)]
    left = most - height_of(parts) - 8
    if words.meaning and (not words.place or (not shape.columns and left >= shape.small * 1.3)):
        size = shape.claim if not words.place else (shape.small, shape.small - 4)
        parts += [Gap(8), Lines("meaning", setter.set("meaning", words.meaning, (width, left), size))]
    return parts


def _claimed(setter: _Setter, width: int, most: int) -> list[Part]:
    """What was claimed, under its name."""
    words, shape = setter.words, setter.shape
    if not words.quoted:
        return []
    label = Lines("label", setter.one("label", words.label, width, shape.small - 2, 700), SOFT)
    more = Lines("more", setter.one("more", words.more, width, shape.small - 2), SOFT) if words.more else Gap(0)
    room = (width - shape.small // 2, most - label.height - 6 - more.height)
    block = setter.set("claim", words.quoted, room, shape.claim)
    if block.cut:
        block = replace(block, lines=(*block.lines[:-1], f"{block.lines[-1]}”"))
    return [label, Gap(6), Lines("claim", block), more]

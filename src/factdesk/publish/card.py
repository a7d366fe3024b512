"""Picture cards of a check: the answer large, the rating and where it stands on its scale, the claim small and named
as what was claimed, who says so, when, and where to read it.

The same layout for every rating and every claimant. The same bytes for the same words: a PNG without a time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factdesk.errors import InputError
from factdesk.publish.card_canvas import FAST, SMALL, TONES, Canvas
from factdesk.publish.card_layout import SEEN, SHAPES, SHARES, Format, Layout, Setter, best
from factdesk.publish.card_parts import Code, Drawn, Gap, Lines, Notice, Part, Sheet, height_of, put_column
from factdesk.publish.card_text import CardWords, card_words
from factdesk.publish.card_type import legible
from factdesk.publish.drawn_with import drawn_with
from factdesk.publish.model import SiteCheck, SiteDesk

if TYPE_CHECKING:
    from PIL.Image import Image

LAYOUT = 2
"""Counted up when cards of the same words come to look different."""


@dataclass(frozen=True, slots=True)
class Card:
    """A drawn card. `drawn` is what stands where on it, `cut` which parts did not fit whole."""

    canvas: Canvas
    drawn: tuple[Drawn, ...]
    cut: tuple[str, ...]

    @property
    def image(self) -> Image:
        """The picture in full colours."""
        return self.canvas.image

    def png(self, level: int = SMALL) -> bytes:
        """The picture's file, packed `SMALL` or `FAST`."""
        return self.canvas.png(level)


def card_png(desk: SiteDesk, check: SiteCheck, form: Format = "og") -> bytes:
    """The card of a check as PNG, packed for a whole site: `og` is 1200×630, for links. Raises `InputError` where the
    typeface lacks the letters of its title."""
    return draw_card(card_words(desk, check), form).png(FAST)


def card_key(desk: SiteDesk, check: SiteCheck) -> str:
    """What changes whenever a card of the check would: a SHA-256 of its words, for whoever keeps cards."""
    return hashlib.sha256(f"{LAYOUT} {drawn_with()} {card_words(desk, check)!r}".encode()).hexdigest()


def draw_card(words: CardWords, form: Format) -> Card:
    """A card of these words. Raises `InputError` where the typeface lacks the letters of its title."""
    if not legible(words.answer[:SEEN]):
        raise InputError("The cards' typeface does not have the letters of this title: {title}.", title=words.answer)
    shape = SHAPES[form]
    sheet = Sheet(Canvas(shape.width, shape.height, TONES[words.tone]))
    setter = Setter(words, shape)
    top = _head(sheet, setter)
    bottom = _foot(sheet, setter)
    _middle(sheet, setter, top, bottom)
    return Card(sheet.canvas, tuple(sheet.drawn), tuple(setter.cut))


def _head(sheet: Sheet, setter: Setter) -> int:
    """Who says it and when, under a thick line; where it ends."""
    words, shape = setter.words, setter.shape
    sheet.canvas.rule((0, 0, shape.width, 14), "ink")
    top, size = shape.above, shape.small + 6
    date = setter.one("date", words.date, shape.inner, shape.small)
    wide = round(date.width)
    room = (shape.inner - wide - 40, round(1.3 * size))
    desk = setter.set("desk", words.desk, room, (size, shape.small - 4), 700)
    Lines("desk", desk).put(sheet, shape.side, top + round(0.95 * (size - desk.size)))
    Lines("date", date, "soft").put(sheet, shape.side + shape.inner - wide, top + round(0.95 * (size - shape.small)))
    below = top + round(1.24 * size) + 10
    sheet.canvas.rule((shape.side, below, shape.side + shape.inner, below + 2), "ink")
    return below + 2


def _foot(sheet: Sheet, setter: Setter) -> int:
    """Where to read it, with the QR code where there is one; where it begins."""
    words, shape = setter.words, setter.shape
    code = _code(words.address, shape.code) if shape.code else None
    left = shape.side + (code.height + 36 if code else 0)
    width = shape.side + shape.inner - left
    read = Lines("read", setter.set("read", words.read, (width, round(2.6 * shape.small)), (shape.small,) * 2, 700))
    sizes = (shape.small - 4,) * 2 if code else (shape.small, shape.small - 6)
    room = (width, round((6 if code else 2) * shape.small * 1.3))
    link = Lines("address", setter.set("address", words.shown, room, sizes), "soft")
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
    sheet.canvas.rule((shape.side, line, shape.side + shape.inner, line + 2), "line")
    return line


def _code(address: str, side: int) -> Code:
    from factdesk.publish.qr import modules

    cells = modules(address)
    return Code(cells, max(3, side // (len(cells) + 8)))


def _middle(sheet: Sheet, setter: Setter, top: int, bottom: int) -> None:
    """The answer from above, rating and claim from below, which give way where the answer needs the room."""
    shape, words = setter.shape, setter.words
    gap = round(shape.small * 0.9)
    top += gap
    if words.notice:
        notice = Notice("notice", setter.one("notice", words.notice, shape.inner - 36, shape.small, 700))
        top = put_column(sheet, shape.side, top, [notice, Gap(gap // 2)])
    layouts = (Layout.of(setter, (top, bottom), share) for share in SHARES)
    chosen = best(layouts, shape.rating[0])
    setter.cut += chosen.cut
    chosen.lower.put(sheet, shape.side, bottom - gap - chosen.lower.height)
    Lines("answer", chosen.answer).put(sheet, shape.side, top)

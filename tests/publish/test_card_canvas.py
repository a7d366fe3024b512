"""What a card is drawn on: its file holds what was drawn, and letters stand as the typeface sets them."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from PIL import Image, ImageDraw
from tests.publish.card_samples import DESK_VI, VI_LONG

from factdesk.publish.card import draw_card
from factdesk.publish.card_canvas import BLACK, FAST, INK, PAPER, SMALL, SOFT, TONES, Canvas, Shade
from factdesk.publish.card_text import card_words
from factdesk.publish.card_type import Weight, font_of


def opened(data: bytes) -> Image.Image:
    """A file as a decoder that is not ours reads it, with its check sums."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.verify()
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB")


@pytest.mark.parametrize("form", ["og", "9x16"])
@pytest.mark.parametrize("level", [FAST, SMALL])
def test_the_file_is_what_was_drawn(form: str, level: int) -> None:
    card = draw_card(card_words(DESK_VI, VI_LONG), form)  # type: ignore[arg-type]
    assert opened(card.png(level)).tobytes() == card.image.tobytes()


@pytest.mark.parametrize(("shade", "deep"), [("line", 4), ("black", 8)])
def test_a_pixel_takes_as_little_as_its_colours_let_it(shade: Shade, deep: int) -> None:
    canvas = Canvas(6, 70, TONES["low"])
    canvas.rule((1, 66, 2, 67), shade)
    data = canvas.png(FAST)
    assert data[24] == deep
    picture = opened(data)
    assert [at for at in range(6) if picture.getpixel((at, 66)) != PAPER] == [1]


def test_what_is_small_is_smaller() -> None:
    card = draw_card(card_words(DESK_VI, VI_LONG), "og")
    assert len(card.png(SMALL)) < len(card.png(FAST)) < 40_000


@pytest.mark.parametrize(("size", "weight", "left"), [(24, 400, 20.0), (46, 700, 20.5), (80, 700, 20.0)])
def test_letters_are_put_together_as_the_typeface_sets_them(size: int, weight: Weight, left: float) -> None:
    word = "fjord"
    canvas = Canvas(400, 120, TONES["low"])
    canvas.line((left, 90), word, size, weight, "ink")
    whole = Image.new("L", (400, 120))
    font = font_of("f", size, weight)
    ImageDraw.Draw(whole).text((left, 90), word, font=font, fill=255, anchor="ls")
    covered = whole.tobytes()
    assert canvas.cells.tobytes() == bytes(round(each * 6 / 255) for each in covered)


def test_letters_of_paper_stand_on_ink() -> None:
    dark, light = Canvas(200, 60, TONES["low"]), Canvas(200, 60, TONES["low"])
    dark.rule((0, 0, 200, 60), "ink")
    dark.line((10, 40), "Đã sửa", 30, 700, "paper")
    light.line((10, 40), "Đã sửa", 30, 700, "ink")
    assert light.cells.any()
    assert (dark.cells + light.cells == 6).all()
    assert dark.image.getpixel((0, 0)) == INK


def test_a_pointer_ends_in_its_tip() -> None:
    canvas = Canvas(40, 20, TONES["low"])
    canvas.pointer((20, 15), 9, "own")
    wide = [int((row > 0).sum()) for row in canvas.cells]
    assert wide[:6] + wide[16:] == [0] * 10
    assert all(one - other == 2 for one, other in pairwise(wide[6:16]))
    assert canvas.image.getpixel((20, 15)) == TONES["low"]


def test_an_outline_is_inside_its_box() -> None:
    canvas = Canvas(40, 20, TONES["low"])
    canvas.outline((4, 4, 30, 16), 2, "soft")
    colours = {(x, y): canvas.image.getpixel((x, y)) for x, y in [(3, 4), (4, 4), (5, 5), (6, 6), (29, 15), (30, 16)]}
    assert [at for at, colour in colours.items() if colour == SOFT] == [(4, 4), (5, 5), (29, 15)]
    assert BLACK not in colours.values()

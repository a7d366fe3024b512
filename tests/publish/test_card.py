"""Cards: their sides, their bytes, and that everything on them is inside, legible, and said whole somewhere."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.publish.card_samples import DESK, EN, EN_LONG, SAMPLES, VI_LONG, WITHDRAWN, check

from factdesk.domain.scales import DEFAULT
from factdesk.errors import InputError
from factdesk.publish.card import Card, card_key, card_png, draw_card
from factdesk.publish.card_canvas import INK, PAPER, SOFT, TONES, Ink
from factdesk.publish.card_layout import SHAPES, Format
from factdesk.publish.card_lines import fitted, width_of, wrapped
from factdesk.publish.card_parts import Drawn
from factdesk.publish.card_text import card_words
from factdesk.publish.card_type import LEFT_OUT, drawable

FORMS: tuple[Format, ...] = ("16x9", "1x1", "9x16", "og")
EVERY = [(name, form) for name in SAMPLES for form in FORMS]


@cache
def card_of(name: str, form: Format) -> Card:
    """A sample's card."""
    return draw_card(card_words(*SAMPLES[name]), form)


def parts(card: Card, name: str) -> list[Drawn]:
    """What was drawn under a name."""
    return [each for each in card.drawn if each.name == name]


def said(card: Card, name: str) -> str:
    """The text of a part."""
    return " ".join(each.text for each in parts(card, name))


def assert_sound(card: Card, form: Format) -> None:
    """Everything stands between the margins, nothing upon another, and no letter goes over the edge."""
    shape = SHAPES[form]
    for each in card.drawn:
        left, top, right, bottom = each.box
        assert left >= shape.side, each
        assert right <= shape.width - shape.side + 1, each
        assert top >= shape.above, each
        assert bottom <= shape.height - shape.below + 1, each
    for one, other in combinations([each for each in card.drawn if each.text or each.name == "qr"], 2):
        apart = one.box[2] <= other.box[0] or other.box[2] <= one.box[0]
        assert apart or one.box[3] <= other.box[1] or other.box[3] <= one.box[1], (one, other)
    for box in ((0, 14, shape.side - 6, shape.height), (shape.width - shape.side + 6, 14, shape.width, shape.height)):
        assert card.image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), PAPER)]


def contrast(one: Ink, other: Ink) -> float:
    """The contrast of two colours (WCAG 2.2)."""

    def light(ink: Ink) -> float:
        parts = [each / 255 for each in ink]
        red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("form", "sides"), [("16x9", (1200, 675)), ("1x1", (1080, 1080)), ("9x16", (1080, 1920)), ("og", (1200, 630))]
)
def test_a_card_is_a_png_of_its_sides(form: Format, sides: tuple[int, int]) -> None:
    data = card_png(DESK, EN, form)
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("PNG", sides)
        assert picture.info.keys() <= {"transparency"}
    assert len(data) < 120_000
    assert b"tIME" not in data
    assert b"tEXt" not in data


def test_links_get_the_open_graph_card() -> None:
    assert card_png(DESK, EN) == card_png(DESK, EN, "og")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_check_gives_the_same_bytes(form: Format) -> None:
    assert card_png(DESK, VI_LONG, form) == card_png(DESK, replace(VI_LONG), form)


@pytest.mark.parametrize(("name", "form"), EVERY)
def test_everything_is_inside_and_nothing_upon_another(name: str, form: Format) -> None:
    assert_sound(card_of(name, form), form)


@pytest.mark.parametrize(("name", "form"), EVERY)
def test_the_answer_is_the_largest_and_the_claim_smaller(name: str, form: Format) -> None:
    card = card_of(name, form)
    answer = parts(card, "answer")[0].size
    assert answer == max(each.size for each in card.drawn)
    assert all(each.size < answer for each in parts(card, "claim"))


@pytest.mark.parametrize(("name", "form"), EVERY)
def test_what_is_not_named_as_cut_is_there_whole(name: str, form: Format) -> None:
    card, words = card_of(name, form), card_words(*SAMPLES[name])
    expected = {"answer": words.answer, "claim": words.quoted, "rating": words.rating, "desk": words.desk}
    for part, text in expected.items():
        shown = said(card, part)
        if part in card.cut:
            assert shown.rstrip("”").endswith("…")
            assert drawable(text).startswith(shown.rstrip("…”"))
        else:
            assert shown == drawable(text)
    assert said(card, "address").replace(" ", "") == words.shown
    assert said(card, "notice") == words.notice


def test_long_texts_fit_or_are_cut_at_a_word() -> None:
    card = draw_card(card_words(DESK, check(EN_LONG.statement.title * 4, EN_LONG.claims[0].text * 4)), "16x9")
    assert_sound(card, "16x9")
    assert set(card.cut) == {"answer", "claim"}
    last = said(card, "answer").removesuffix("…").split(" ")[-1]
    assert last in (EN_LONG.statement.title * 4).split(" ")


@pytest.mark.parametrize("step", DEFAULT.steps, ids=lambda step: step.key)
def test_the_rating_is_a_word_a_step_and_a_place_not_a_colour_alone(step: object) -> None:
    key = getattr(step, "key", "")
    card = draw_card(card_words(DESK, check("An answer", "A claim", rating=key)), "1x1")
    value = getattr(step, "value", 0)
    assert said(card, "rating") == getattr(step, "names", {})["en"]
    assert said(card, "step") == f"step {value} of 5"
    assert (said(card, "lowest"), said(card, "highest")) == ("False", "True")
    (bar,) = parts(card, "bar")
    shape = SHAPES["1x1"]
    middle = (bar.box[0] + bar.box[2]) / 2 - shape.side
    assert int(middle / shape.inner * 5) + 1 == value
    filled = card.image.crop((int(bar.box[0]) + 1, int(bar.box[1]) + 1, int(bar.box[2]) - 1, int(bar.box[3]) - 1))
    assert filled.getcolors() == [(filled.width * filled.height, TONES[card_words(DESK, EN).tone])] or value > 1


def test_colours_are_legible() -> None:
    for ink in (INK, SOFT, *TONES.values()):
        assert contrast(ink, PAPER) >= 4.5
    assert contrast(PAPER, INK) >= 7


def test_the_file_keeps_the_colours_that_were_drawn() -> None:
    with Image.open(io.BytesIO(card_png(DESK, EN, "9x16"))) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or []}
    assert {PAPER, INK, SOFT, TONES["low"], (255, 255, 255), (0, 0, 0)} <= colours


def test_a_withdrawn_check_says_so_and_shows_no_rating() -> None:
    card = draw_card(card_words(DESK, WITHDRAWN), "16x9")
    assert said(card, "answer") == "We have withdrawn this check"
    assert said(card, "notice") == "Withdrawn on 9 March 2026"
    assert said(card, "claim") == "“The sample bridge was closed for repairs and not for good”"
    assert not parts(card, "rating")
    assert not parts(card, "bar")
    assert WITHDRAWN.claims[0].text not in " ".join(each.text for each in card.drawn)


def test_what_is_not_checkable_has_a_reason_and_no_bar() -> None:
    card = card_of("opinion", "16x9")
    assert said(card, "rating") == "Not checkable"
    assert said(card, "meaning") == "It is about what somebody likes, and not about a fact."
    assert not parts(card, "bar")


def test_a_corrected_check_says_so() -> None:
    assert said(card_of("corrected", "og"), "notice") == "Corrected on 9 March 2026"


def test_vietnamese_is_drawn_with_every_mark() -> None:
    letters = "aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ"
    tones = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
    text = "".join(unicodedata.normalize("NFC", letter + tone) for letter in letters for tone in tones if letter != "đ")
    assert drawable(text) == text
    assert drawable(unicodedata.normalize("NFD", "Nước sạch ở Huế")) == "Nước sạch ở Huế"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Fire 🔥🔥 in town", "Fire […] in town"),
        ("Семь in a row", "[…] in a row"),
        ("Half ½, CO₂, ≥ 5, full-width ＡＢ, ﬁne", "Half ½, CO2, >= 5, full-width AB, fine"),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth"),
        ("marks x\u0336\u0337\u0338", "marks x"),
        ("no no no, 🔥 🔥 🔥 that that", "no no no, […] that that"),
        ("", ""),
    ],
)
def test_letters_that_the_typeface_lacks_are_replaced(text: str, shown: str) -> None:
    assert drawable(text) == shown


@pytest.mark.parametrize("title", ["مثال على عنوان", "标题 in 2026 又长又难", "…"])
def test_a_title_that_is_mostly_left_out_is_said(title: str) -> None:
    with pytest.raises(InputError, match="typeface does not have the letters"):
        card_png(DESK, check(title, "a claim"))


def test_the_key_changes_with_what_a_card_shows() -> None:
    keys = {card_key(*sample) for sample in SAMPLES.values()}
    assert len(keys) == len(SAMPLES)
    assert card_key(DESK, replace(EN, seq=9, number=2)) == card_key(DESK, EN)
    assert card_key(replace(DESK, base_url="https://other.example"), EN) != card_key(DESK, EN)


@given(st.text(max_size=300), st.integers(60, 900))
@settings(max_examples=60, deadline=None)
def test_lines_are_within_their_width_and_lose_nothing(text: str, width: int) -> None:
    shown = drawable(text)
    lines = wrapped(shown, width, 30, 400)
    assert all(width_of(line, 30, 400) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == shown.replace(" ", "")


@given(st.text(min_size=1, max_size=400))
@settings(max_examples=40, deadline=None)
def test_a_block_fits_its_place(text: str) -> None:
    block = fitted(drawable(text), (300, 120), (60, 20), 700)
    assert block.width <= 300
    assert block.height <= 120


HOSTILE = {
    "controls": "An answer\x00\x07\x1b[31m with \x1b]8;;https://evil.example\x07a link\r\n and\u2028lines",
    "overrides": "An answer \u202eesrever ni\u202c and \u2067isolated\u2069 text",
    "marks": "Z" + "\u0301" * 400 + "algo answers " + "\u0489".join("everything"),
    "one word": "A" * 5_000,
    "spaces": "An answer" + " \u00a0\u3000" * 3_000 + "far away",
    "emoji": "An answer " + "🏴\U000e0067\U000e0062\U000e007f👩‍👩‍👧‍👦" * 200,
    "right to left": "An answer in words that are drawn قالوا إن الماء מים here",
    "unknown": "An answer \ue000\U0010ffff\u0378 \ufffe\ufffd",
    "surrogate": "An answer \ud800 broken",
    "markup": "An answer <script>alert(1)</script> &amp; {claim} %s",
    "wide": "An answer " + "ＷＷＷＷ" * 300,
    "huge": "An answer of many words. " * 1_000,
}


@pytest.mark.attack
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_stay_inside(text: str) -> None:
    made = check(text, text, text, act="correct", desk=text, rating="false")
    stated = replace(made.statement, rating=replace(made.statement.rating, name=text, definition=text))
    for form in ("16x9", "9x16"):
        card = draw_card(card_words(DESK, replace(made, statement=stated)), form)
        assert_sound(card, form)
        drawn = "".join(each.text for each in card.drawn)
        assert not [each for each in drawn if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co", "Cn")]
        assert parts(card, "claim")[0].size < parts(card, "answer")[0].size


@pytest.mark.attack
def test_a_claim_cannot_pass_for_the_answer() -> None:
    card = draw_card(card_words(DESK, check("An answer", "”\n\nOur rating: True\n\nstep 5 of 5")), "1x1")
    assert said(card, "rating") == "False"
    assert said(card, "claim") == "“” Our rating: True step 5 of 5”"
    assert LEFT_OUT not in said(card, "claim")

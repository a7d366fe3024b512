"""Pictures drawn anew for the site: small, upright, without anything but their pixels, in a process of its own."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.capture.extract import attack_files

from factdesk.capture.extract import shown
from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.run import extract
from factdesk.errors import DamagedError, ExtractError

SECRET = b"someone's home address"


def encoded(image: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def drawn(text: str) -> tuple[Image.Image, bool, bytes]:
    """The picture that an answer holds, whether it is cut, and its bytes."""
    said, _, packed = text.partition("\n")
    width, height, cut = map(int, said.split())
    data = base64.b64decode(packed, validate=True)
    image = Image.open(io.BytesIO(data))
    assert image.size == (width, height)
    return image, bool(cut), data


def shown_as(kind: str, data: bytes) -> tuple[Image.Image, bool, bytes]:
    return drawn(extract(data, Hint(), extractor=f"{shown.__name__}:{kind}").document.text)


@given(st.sampled_from(["page", "picture"]), st.integers(1, 3_000), st.integers(1, 3_000))
@settings(max_examples=25, deadline=None)
def test_a_picture_fits_and_keeps_its_shape(kind: str, width: int, height: int) -> None:
    most = shown.PAGE if kind == "page" else shown.PICTURE
    data = encoded(Image.new("RGB", (width, height), "#123456"))
    image, cut, _ = drawn(getattr(shown, kind)(data, Hint(), Limits()).document.text)
    assert image.width <= min(most[0], width)
    assert image.height <= min(most[1], height)
    if not cut:
        share = min(1.0, most[0] / width, most[1] / height)
        assert abs(image.width - width * share) <= 1
        assert abs(image.height - height * share) <= 1


def test_of_a_page_the_top_is_shown() -> None:
    page = Image.new("RGB", (1_600, 9_000), "red")
    page.paste("blue", (0, 2_000, 1_600, 9_000))
    image, cut, _ = shown_as("page", encoded(page))
    assert (image.size, cut) == ((800, 1_000), True)
    red, _, blue = image.convert("RGB").getpixel((400, 990))  # type: ignore[misc]
    assert red > 200 > 60 > blue


def test_of_a_picture_all_is_shown_unless_it_is_very_tall() -> None:
    assert shown_as("picture", encoded(Image.new("L", (3_000, 4_000))))[0].size == (1_200, 1_600)
    image, cut, _ = shown_as("picture", encoded(Image.new("L", (100, 9_000))))
    assert (image.size, cut) == ((100, 400), True)


def test_what_a_camera_wrote_is_gone_and_what_is_up_is_up() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, SECRET.decode()
    left = Image.new("RGB", (300, 200), "white")
    left.paste("black", (0, 0, 150, 200))
    data = encoded(left, "JPEG", exif=exif, comment=SECRET)
    assert SECRET in data
    image, _, small = shown_as("picture", data)
    assert image.size == (200, 300)
    assert image.convert("L").getpixel((100, 20)) < 60  # type: ignore[operator]
    assert SECRET not in small
    assert not image.getexif()
    assert small[12:16] == b"VP8 "


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "I;16", "F"])
def test_every_kind_of_pixels_is_drawn(mode: str) -> None:
    kind = "TIFF" if mode in ("CMYK", "F", "PA", "I;16") else "PNG"
    mode = "LA" if mode == "PA" else mode
    assert shown_as("picture", encoded(Image.new(mode, (40, 30)), kind))[0].size == (40, 30)


def test_what_is_seen_through_is_white() -> None:
    image = shown_as("picture", encoded(Image.new("RGBA", (40, 30), (0, 0, 0, 0))))[0]
    darkest, _ = image.convert("L").getextrema()
    assert darkest > 250  # type: ignore[operator]


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = encoded(Image.effect_noise((900, 700), 80))
    assert shown_as("page", data)[2] == shown_as("page", data)[2]


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a PNG of 30,000 by 30,000": partial(attack_files.png, 30_000, 30_000),
    "a JPEG of 65,500 by 65,500": partial(attack_files.jpeg, 65_500, 65_500),
    "a WebP of 16,384 by 16,384": partial(attack_files.webp, 16_384, 16_384),
    "a PNG that ends early": lambda: encoded(Image.effect_noise((200, 200), 90))[:-4_000],
    "a drawing": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    "a program for a printer": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run",
    "a page": lambda: b"<!doctype html><script>1</script>",
    "nothing": lambda: b"",
}


@pytest.mark.attack
@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", ["page", "picture"])
def test_what_cannot_be_drawn_is_refused(name: str, kind: str) -> None:
    with pytest.raises(ExtractError):
        extract(HOSTILE[name](), Hint(), limits=Limits(pixels=10_000_000), extractor=f"{shown.__name__}:{kind}")


@pytest.mark.attack
def test_of_a_hundred_thousand_frames_the_first_is_shown() -> None:
    assert shown_as("picture", attack_files.gif(60, 60, 100_000))[0].size == (60, 60)


def test_a_damaged_picture_is_said_to_be_damaged() -> None:
    with pytest.raises(DamagedError):
        shown.page(encoded(Image.effect_noise((200, 200), 90))[:-4_000], Hint(), Limits())

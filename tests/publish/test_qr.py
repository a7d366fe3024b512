"""QR codes: read by another program they give the address."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from lxml import etree
from PIL import Image
from tests.publish.card_samples import DESK, EN, VI_LONG

from factdesk.errors import InputError
from factdesk.publish.card import card_png
from factdesk.publish.card_text import card_words
from factdesk.publish.qr import MOST, modules, qr_png, qr_svg

ADDRESS = "https://checks.example.org/vi/checks/ca-rot-giu-mat-khoe-00cafe/"


def read(data: bytes) -> list[str]:
    """What a reader sees in a picture."""
    with Image.open(io.BytesIO(data)) as picture:
        return [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))]


@pytest.mark.parametrize("address", [ADDRESS, "http://a.example/", "https://checks.example.org/" + "x" * 900])
def test_the_picture_says_the_address(address: str) -> None:
    assert read(qr_png(address)) == [address]


def test_the_drawing_has_the_same_modules_and_a_light_border() -> None:
    root = etree.fromstring(qr_svg(ADDRESS))
    side = len(modules(ADDRESS)) + 8
    assert root.get("width") == root.get("height") == str(side * 8)
    with Image.open(io.BytesIO(qr_png(ADDRESS))) as picture:
        grey = picture.convert("L")
        cells = tuple(
            tuple(grey.getpixel((40 + 10 * across, 40 + 10 * down)) == 0 for across in range(side - 8))
            for down in range(side - 8)
        )
        assert cells == modules(ADDRESS)
        assert grey.crop((0, 0, grey.width, 40)).getextrema() == (255, 255)


def test_the_same_address_gives_the_same_bytes() -> None:
    assert qr_png(ADDRESS) == qr_png(ADDRESS)
    assert qr_svg(ADDRESS) == qr_svg(ADDRESS)


@pytest.mark.parametrize("check", [EN, VI_LONG], ids=["en", "vi"])
def test_the_tall_card_carries_the_code_of_its_page(check: object) -> None:
    own = EN if check is EN else VI_LONG
    assert read(card_png(DESK, own, "9x16")) == [card_words(DESK, own).address]
    assert read(card_png(DESK, own, "16x9")) == []


@pytest.mark.attack
def test_an_address_cannot_break_out_of_the_drawing() -> None:
    root = etree.fromstring(qr_svg('https://a.example/"><script>alert(1)</script>'))
    assert {etree.QName(each).localname for each in root.iter()} == {"svg", "title", "path", "g"} & {
        etree.QName(each).localname for each in root.iter()
    }


@pytest.mark.attack
def test_an_address_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="too long for a QR code"):
        qr_png("https://a.example/" + "x" * MOST)

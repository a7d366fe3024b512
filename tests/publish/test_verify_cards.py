"""The cards of a site are drawn again, and one that shows something else is found."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.publish.site_copies import URL, failed, listed, unchecked

from factdesk.domain.verification import Step
from factdesk.publish.drawn_with import drawn_with
from factdesk.publish.site_source import Folder
from factdesk.publish.verify_site import verify_site
from factdesk.queries.verify_held import How


@pytest.fixture
def drawn_site(site_copy: Path) -> Path:
    file = site_copy / "data/site.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"cards": drawn_with()}), encoding="utf-8")
    return site_copy


def cards(site: Path) -> list[Path]:
    return [site / "cards" / f"{Path(each['page']).name}.png" for each in listed(site)]


def whole(site: Path) -> Iterator[Step]:
    return verify_site(Folder(site), How())


def test_cards_are_what_was_signed(drawn_site: Path) -> None:
    steps = list(whole(drawn_site))
    assert all(each.is_file() for each in cards(drawn_site))
    assert not failed(steps)
    assert not unchecked(steps)


@pytest.mark.attack
def test_a_card_of_another_check_is_found(drawn_site: Path) -> None:
    plain, corrected, *_ = cards(drawn_site)
    plain.write_bytes(corrected.read_bytes())
    assert failed(whole(drawn_site)) == [
        (f"/cards/{plain.name}", "Its card is not the picture that this machine draws of what was signed.")
    ]


@pytest.mark.attack
def test_a_card_drawn_with_other_programs_is_not_checked(drawn_site: Path) -> None:
    file = drawn_site / "data/site.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"cards": "Pillow 1"}), encoding="utf-8")
    assert not unchecked(whole(drawn_site))
    plain, corrected, *_ = cards(drawn_site)
    plain.write_bytes(corrected.read_bytes())
    assert not failed(whole(drawn_site))
    assert ["Pillow 1" in why for _, why in unchecked(whole(drawn_site))] == [True]


@pytest.mark.attack
def test_the_same_pixels_in_another_file_are_the_same(drawn_site: Path) -> None:
    from PIL import Image

    card = cards(drawn_site)[0]
    with Image.open(card) as image:
        image.convert("RGB").save(card, "PNG")
    assert not failed(whole(drawn_site))


@pytest.mark.attack
@pytest.mark.parametrize("kind", ["none", "text", "animated", "behind", "size", "svg"])
def test_what_is_no_card_is_found(drawn_site: Path, kind: str) -> None:
    card = cards(drawn_site)[0]
    data = card.read_bytes()
    piece = b"acTL" + bytes(8) if kind == "animated" else b"iTXtDescription\0\0\0\0\0Lies"
    packed = (len(piece) - 4).to_bytes(4, "big") + piece + zlib.crc32(piece).to_bytes(4, "big")
    made = {
        "none": b"",
        "text": data[:33] + packed + data[33:],
        "animated": data[:33] + packed + data[33:],
        "behind": data + b"<html>",
        "size": data[:16] + b"\x7f\xff\xff\xff" + data[20:],
        "svg": f'<svg xmlns="http://www.w3.org/2000/svg"><a href="{URL}"/></svg>'.encode(),
    }
    card.write_bytes(made[kind])
    assert failed(whole(drawn_site)) == [(f"/cards/{card.name}", "Its card is no picture as factdesk draws it.")]

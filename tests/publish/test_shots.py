"""The documentation shows every kind of page, in pictures that are small and described."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image
from tests.publish.shots import SHOTS, WIDTHS

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs/images/site"
TOUR = ROOT / "docs/site-tour.md"
TEMPLATES = ROOT / "src/factdesk/publish/templates"
EACH, ALL = 100_000, 1_500_000
"""Bytes of a picture, and of all together."""


def shown() -> dict[str, str]:
    """The pictures of the tour with what is said of them."""
    return {file: alt for alt, file in re.findall(r"!\[([^\]]*)\]\(images/site/([^)]+)\)", TOUR.read_text("utf-8"))}


def test_every_kind_of_page_has_a_picture() -> None:
    """A template is a kind of page where it fills the main part and none is made of it but pages."""
    texts = {each.name: each.read_text(encoding="utf-8") for each in TEMPLATES.glob("*.html")}
    pages = {name for name, text in texts.items() if "{% extends" in text}
    assert pages - {each.template for each in SHOTS} == set()
    assert len(pages) >= 12


def test_phones_and_the_dark_and_both_languages_are_shown() -> None:
    for template in ("home.html", "check.html"):
        mine = [each for each in SHOTS if each.template == template]
        assert len({each.screen for each in mine}) == 2
        assert {each.address[:2] for each in mine} == {"en", "vi"}
    assert {each.scheme for each in SHOTS if each.template == "check.html"} == {"light", "dark"}


def test_the_tour_shows_each_picture_and_says_what_is_on_it() -> None:
    found = shown()
    assert set(found) == {each.file for each in SHOTS} == {each.name for each in PICTURES.iterdir()}
    assert [file for file, alt in found.items() if len(alt) < 20] == []
    assert len(set(found.values())) == len(found)


def test_the_pictures_are_small_and_whole() -> None:
    sizes = {each.file: (PICTURES / each.file).stat().st_size for each in SHOTS}
    assert {file: size for file, size in sizes.items() if size > EACH} == {}
    assert sum(sizes.values()) <= ALL
    for shot in SHOTS:
        with Image.open(PICTURES / shot.file) as picture:
            assert (picture.format, picture.width) == ("WEBP", WIDTHS[shot.screen])
            # Of one colour would be a page that did not load.
            assert len(set(picture.convert("L").resize((32, 32)).tobytes())) > 8, shot.file

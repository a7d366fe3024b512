"""Each check of a site has its card, drawn when it is new and kept since."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from tests.actions.desks_of_people import World, published
from tests.publish.plain_site import check, site, statement

from factdesk.publish.build import build
from factdesk.publish.card import card_key, card_png
from factdesk.publish.check_page import check_page
from factdesk.publish.machine import machine_paths
from factdesk.publish.render import Renderer
from factdesk.publish.site_cards import put_cards
from factdesk.queries.desk import Desk


def test_a_card_for_each_check(tmp_path: Path) -> None:
    from PIL import Image

    made = site(check(1), check(2, said=statement(act="withdraw")))
    paths = put_cards(made, tmp_path / "cache", tmp_path / "site")
    assert paths == {f"cards/{each.slug}.png" for each in made.checks.values()}
    for each in made.checks.values():
        data = (tmp_path / "site/cards" / f"{each.slug}.png").read_bytes()
        assert data == card_png(made.desk, each)
        assert Image.open(BytesIO(data)).size == (1200, 630)


def test_a_card_is_drawn_again_only_when_it_changed(tmp_path: Path) -> None:
    one = check(1)
    put_cards(site(one), tmp_path / "cache", tmp_path / "a")
    (kept,) = (tmp_path / "cache/cards").iterdir()
    assert kept.stem == card_key(site(one).desk, one)
    kept.write_bytes(b"kept")
    put_cards(site(one), tmp_path / "cache", tmp_path / "b")
    assert (tmp_path / "b/cards" / f"{one.slug}.png").read_bytes() == b"kept"
    other = replace(one, statement=replace(one.statement, title="Another title"))
    put_cards(site(other), tmp_path / "cache", tmp_path / "c")
    assert (tmp_path / "c/cards" / f"{one.slug}.png").read_bytes() == card_png(site(other).desk, other)


def test_no_card_for_letters_that_cannot_be_drawn(tmp_path: Path) -> None:
    made = site(check(1, said=statement(title="胡萝卜不能让人在黑暗中看见")))
    assert put_cards(made, tmp_path / "cache", tmp_path / "site") == frozenset()
    (one,) = made.checks.values()
    html = Renderer(made.desk, machine_paths(made.desk)).render(check_page(made, one)).decode()
    assert "og:image" not in html
    assert '<meta name="twitter:card" content="summary">' in html


def test_a_page_names_its_card(press_desk: Desk, press: World, tmp_path: Path) -> None:
    published(press_desk, press)
    build(press_desk, tmp_path / "site", "https://desk.example/a")
    (page,) = (tmp_path / "site/en/checks").glob("*/index.html")
    meta = dict(re.findall(r'<meta (?:property|name)="([a-z:]+)" content="([^"]*)">', page.read_text("utf-8")))
    assert meta["og:image"] == f"https://desk.example/a/cards/{page.parent.name}.png"
    assert (tmp_path / "site/cards" / f"{page.parent.name}.png").is_file()
    assert meta["og:image:alt"] == f"{meta['og:title']} · Our rating: False"
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    assert meta["twitter:card"] == "summary_large_image"


def test_a_preview_has_none(press_desk: Desk, press: World, tmp_path: Path) -> None:
    """Its address is of this machine, and stands on the card."""
    published(press_desk, press)
    build(press_desk, tmp_path / "site", "http://127.0.0.1:8000", drafts=True)
    assert not (tmp_path / "site/cards").exists()

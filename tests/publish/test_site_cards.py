"""Each check of a site has its card, drawn when it is new and kept since."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from tests.actions.desks_of_people import World, published
from tests.publish.plain_site import check, desk, site, statement

from factdesk.publish.build import build
from factdesk.publish.card import card_png
from factdesk.publish.check_page import check_page
from factdesk.publish.machine import machine_paths
from factdesk.publish.render import Renderer
from factdesk.publish.site_cards import put_card
from factdesk.queries.desk import Desk


def test_a_card_for_a_check(tmp_path: Path) -> None:
    from PIL import Image

    for each in (check(1), check(2, said=statement(act="withdraw"))):
        made = put_card(desk(), each, tmp_path)
        assert made.path == f"cards/{each.slug}.png"
        data = (tmp_path / made.path).read_bytes()
        assert data == card_png(desk(), each)
        assert Image.open(BytesIO(data)).size == (1200, 630)


def test_a_card_is_drawn_again_only_when_it_changed(tmp_path: Path) -> None:
    one, folders = check(1), [tmp_path / name for name in ("old", "new", "other")]
    for folder in folders:
        folder.mkdir()
    before = put_card(desk(), one, folders[0])
    (folders[0] / before.path).write_bytes(b"kept")
    assert put_card(desk(), one, folders[1], before.key, folders[0]) == before
    assert (folders[1] / before.path).read_bytes() == b"kept"
    other = replace(one, statement=replace(one.statement, title="Another title"))
    after = put_card(desk(), other, folders[2], before.key, folders[0])
    assert after.key != before.key
    assert (folders[2] / after.path).read_bytes() == card_png(desk(), other)


def test_no_card_for_letters_that_cannot_be_drawn(tmp_path: Path) -> None:
    one = check(1, said=statement(title="胡萝卜不能让人在黑暗中看见"))
    made = site(one)
    assert put_card(made.desk, one, tmp_path).path == ""
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

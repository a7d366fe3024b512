"""What the style sheet promises: room for a thumb, room for marks, and nothing that leaves its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.publish.page_kinds import KINDS, addresses

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
THUMB = 44
"""Dots of CSS that a control is high, which stands by itself and not in a text."""
_LOW = """thumb => [...document.querySelectorAll(
    ".top a, .bottom a, .button, select, summary, .ways li, .checks h2 a, .checks h3 a, .search input")]
  .filter(node => node.checkVisibility() && node.getBoundingClientRect().height < thumb)
  .map(node => node.outerHTML.slice(0, 90) + " " + node.getBoundingClientRect().height)"""
_OUTSIDE = """() => [...document.querySelectorAll("main *, footer *")]
  .filter(node => node.checkVisibility() && !node.closest(".table, .skip"))
  .filter(node => {
    const box = node.getBoundingClientRect();
    return box.width && (box.left < -1 || box.right > innerWidth + 1);
  })
  .map(node => node.outerHTML.slice(0, 90))"""
_CLOSE = """() => [...document.querySelectorAll(":is(h1, h2, h3, .word):lang(vi)")]
  .filter(node => parseFloat(getComputedStyle(node).lineHeight) < 1.18 * parseFloat(getComputedStyle(node).fontSize))
  .map(node => node.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_page_keeps_its_measures(
    chromium: Any, url: str, verified_site: Path, language: str, screen: dict[str, int]
) -> None:
    """Controls fit a thumb, and nothing leaves the screen; lines of Vietnamese headings stay clear of each other."""
    found: list[str] = []
    with chromium.new_context(viewport=screen) as context:
        page = context.new_page()
        for path in (each for kind in KINDS for each in addresses(verified_site, kind, language)):
            page.goto(f"{url}/{path}")
            wrong = [*page.evaluate(_LOW, THUMB), *page.evaluate(_OUTSIDE), *page.evaluate(_CLOSE)]
            found += [f"{path}: {each}" for each in wrong]
    assert found == []


def test_the_first_screen_of_a_phone_has_the_answer_the_claim_and_the_rating(
    chromium: Any, url: str, verified_site: Path
) -> None:
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{url}/{addresses(verified_site, 'check', 'en')[0]}")
        bottoms = page.evaluate(
            "['title', 'summary', 'claim', 'rating'].map(each => "
            "document.querySelector(`[data-fd=${each}]`).getBoundingClientRect().bottom)"
        )
    assert bottoms == sorted(bottoms)
    assert bottoms[-1] <= PHONE["height"]


def test_the_first_screen_of_the_site_says_what_it_is_and_shows_the_newest_check(chromium: Any, url: str) -> None:
    for screen in (PHONE, DESKTOP):
        with chromium.new_context(viewport=screen) as context:
            page = context.new_page()
            page.goto(f"{url}/en/")
            assert page.locator("h1").inner_text() == "Fact-checks that anyone can re-run"
            newest = page.locator(".checks [data-fd=title]").first.bounding_box()
            assert newest["y"] + newest["height"] < screen["height"]


_PAINTED = """new Promise(done => new PerformanceObserver(list => done(list.getEntries().length))
  .observe({ type: "paint", buffered: true }))"""
_SHIFTS = """window.moved = 0; new PerformanceObserver(list => {
  for (const each of list.getEntries()) window.moved += each.value;
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_moves_when_the_search_comes(chromium: Any, url: str, screen: dict[str, int]) -> None:
    """Neither the box, nor its script, which is fetched when a reader goes there."""
    with chromium.new_context(viewport=screen) as context:
        page = context.new_page()
        page.add_init_script(_SHIFTS)
        page.goto(f"{url}/en/", wait_until="commit")
        page.evaluate(_PAINTED)
        with page.expect_response("**/search/en/index.json"):
            page.get_by_role("searchbox").focus()
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("window.moved") < 0.01

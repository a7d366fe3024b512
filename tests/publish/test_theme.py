"""Light, dark, or as the device has it: what a reader chose holds on every page, and nothing needs a script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.publish.site_copies import edit, page_of, steps_of, unchecked

LIGHT, DARK = "rgb(251, 249, 244)", "rgb(23, 22, 20)"
_PAPER = "getComputedStyle(document.documentElement).backgroundColor"
_BARS = """[...document.querySelectorAll("meta[name=theme-color]")].filter(each => matchMedia(each.media).matches)
  .map(each => each.content)"""
_FIRST = """const seen = []; window.seen = seen;
new MutationObserver(() => { if (document.body) seen.push(document.documentElement.dataset.theme || ""); })
  .observe(document, { childList: true, subtree: true });"""


@pytest.mark.parametrize(("device", "chosen", "paper"), [("light", "dark", DARK), ("dark", "light", LIGHT)])
def test_what_was_chosen_goes_before_the_device_on_every_page(
    chromium: Any, url: str, device: str, chosen: str, paper: str
) -> None:
    """From the first moment of a page, the browser's own bar too; and back to the device's."""
    with chromium.new_context(color_scheme=device) as context:
        page = context.new_page()
        page.goto(f"{url}/en/")
        before = page.evaluate(_PAPER)
        page.get_by_label("Colours").select_option(chosen)
        assert (page.evaluate(_PAPER), before) == (paper, LIGHT if paper == DARK else DARK)
        page.add_init_script(_FIRST)
        page.goto(f"{url}/vi/checks/")
        assert set(page.evaluate("window.seen")) == {chosen}
        assert page.evaluate(_PAPER) == paper
        assert page.evaluate(_BARS)[0] == ("#171614" if chosen == "dark" else "#fbf9f4")
        page.get_by_label("Màu nền").select_option(label="Theo thiết bị")
        assert page.evaluate(_PAPER) == before
        page.reload()
        assert (page.evaluate(_PAPER), page.get_by_label("Màu nền").input_value()) == (before, "")


def test_it_is_chosen_by_keyboard(chromium: Any, url: str) -> None:
    with chromium.new_context(color_scheme="light") as context:
        page = context.new_page()
        page.goto(f"{url}/en/")
        page.get_by_label("Colours").focus()
        for key, paper in (("ArrowDown", LIGHT), ("ArrowDown", DARK), ("Home", LIGHT)):
            page.keyboard.press(key)
            assert page.evaluate(_PAPER) == paper


def test_two_pages_that_are_open_go_together(chromium: Any, url: str) -> None:
    with chromium.new_context(color_scheme="light") as context:
        one, other = context.new_page(), context.new_page()
        one.goto(f"{url}/en/")
        other.goto(f"{url}/vi/")
        one.get_by_label("Colours").select_option("dark")
        other.wait_for_function("document.documentElement.dataset.theme === 'dark'")
        assert other.get_by_label("Màu nền").input_value() == "dark"


def test_without_scripts_the_device_decides(chromium: Any, url: str) -> None:
    with chromium.new_context(color_scheme="dark", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{url}/en/")
        assert page.locator("#colours").is_hidden()


def test_a_browser_that_keeps_nothing_changes_the_page_alone(chromium: Any, url: str) -> None:
    errors: list[str] = []
    with chromium.new_context(color_scheme="light") as context:
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('kept from it'); } });"
        )
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{url}/en/")
        page.get_by_label("Colours").select_option("dark")
        assert page.evaluate(_PAPER) == DARK
        page.reload()
        assert page.evaluate(_PAPER) == LIGHT
    assert errors == []


def test_the_script_is_known_to_whoever_verifies_the_site(verified_site: Path) -> None:
    assert "theme.js" in page_of(verified_site, 0).read_text("utf-8")
    assert unchecked(steps_of(verified_site)) == []


@pytest.mark.attack
def test_another_script_in_its_place_is_said(site_copy: Path) -> None:
    edit(site_copy / "static/theme.js", '"use strict";', 'document.body.hidden = true; "use strict";')
    ((subject, why),) = unchecked(steps_of(site_copy))
    assert subject == "/static/theme.js"
    assert "not ours" in why

"""Every kind of page, used with a keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.publish.page_kinds import KINDS, addresses

PHONE = {"width": 360, "height": 740}


_CONTROLS = """() => {
  window.controls = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, audio[controls], video[controls], [tabindex]"
  )].filter(node => node.checkVisibility());
  return window.controls.map(node => node.outerHTML.slice(0, 120));
}"""
_FOCUSED = """() => {
  const node = document.activeElement, style = getComputedStyle(node), box = node.getBoundingClientRect();
  const shown = node.matches(":focus-visible") && style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2;
  const seen = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight && box.width > 0;
  return [window.controls.indexOf(node), shown, seen];
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_every_control_is_reached(chromium: Any, url: str, verified_site: Path, kind: str) -> None:
    """In the page's order and where it can be seen, the way past the head first; then the page lets go. And back."""
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        for path in (each for language in ("en", "vi") for each in addresses(verified_site, kind, language)):
            page.goto(f"{url}/{path}")
            controls = page.evaluate(_CONTROLS)
            assert 'class="skip"' in controls[0]
            for number, control in enumerate(controls):
                page.keyboard.press("Tab")
                assert page.evaluate(_FOCUSED) == [number, True, True], f"{path}: {control}"
            page.keyboard.press("Shift+Tab")
            assert page.evaluate(_FOCUSED)[0] == len(controls) - 2
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement === document.body || document.activeElement.matches('.skip')")


@pytest.mark.parametrize("kind", KINDS)
def test_the_way_past_the_head(chromium: Any, url: str, verified_site: Path, kind: str) -> None:
    """What is focused next after it stands in the text, or behind it where the text has nothing to focus."""
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        for path in (each for language in ("en", "vi") for each in addresses(verified_site, kind, language)):
            page.goto(f"{url}/{path}")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            assert page.evaluate("location.hash") == "#main"
            page.keyboard.press("Tab")
            assert page.evaluate("""() => {
              const node = document.activeElement, main = document.getElementById("main");
              const first = [...main.querySelectorAll("a[href], button, input, select, summary, [tabindex]")]
                .find(each => each.checkVisibility());
              return node.closest("header.top") === null && (first === undefined || first === node);
            }"""), path


def test_what_changed_is_opened_and_closed(chromium: Any, url: str, verified_site: Path) -> None:
    opened = 0
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        for path in (each for language in ("en", "vi") for each in addresses(verified_site, "check", language)):
            page.goto(f"{url}/{path}")
            for summary in page.locator("summary").all():
                within = summary.locator("xpath=..")
                summary.focus()
                page.keyboard.press("Enter")
                assert within.evaluate("node => node.open")
                assert within.locator("p").first.is_visible()
                page.keyboard.press("Space")
                assert not within.evaluate("node => node.open")
                opened += 1
    assert opened >= 2

"""Pages for everybody: held against axe-core's rules."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.publish.browsing import served
from tests.publish.page_kinds import KINDS, addresses

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


_BROKEN = """options => axe.run(options).then(results => results.violations.flatMap(
  rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)} (${node.failureSummary})`)))"""
_ALL: Mapping[str, Any] = {"resultTypes": ["violations"], "preload": False}
_DRAWN = {**_ALL, "runOnly": ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]}
"""The rules that look at how a page is drawn, which alone can differ between screens and schemes."""
_VIEWS = ((PHONE, "light", _ALL), (PHONE, "dark", _DRAWN), (DESKTOP, "dark", _DRAWN), (DESKTOP, "light", _DRAWN))


@pytest.mark.parametrize("language", ["en", "vi"])
def test_no_page_breaks_a_rule_of_axe(chromium: Any, url: str, verified_site: Path, language: str) -> None:
    """On a phone and a desktop, in the light and in the dark."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[str] = []
    with chromium.new_context(bypass_csp=True) as context:
        page = context.new_page()
        for path in (each for kind in KINDS for each in addresses(verified_site, kind, language)):
            page.goto(f"{url}/{path}")
            page.evaluate(Axe().axe_script)
            for screen, scheme, rules in _VIEWS:
                page.set_viewport_size(screen)
                page.emulate_media(color_scheme=scheme)
                found += [f"{path}, {scheme}, {screen}: {each}" for each in page.evaluate(_BROKEN, rules)]
    assert found == []


def test_a_broken_page_is_found(chromium: Any, tmp_path: Path) -> None:
    """So that no violation means something."""
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "index.html").write_text(
        "<!DOCTYPE html><title>Bad</title><style>p { color: #777; } @media (prefers-color-scheme: dark)"
        ' { body { background: #444; } }</style><main><h1>Bad</h1><p>Grey</p><img src="a.png"></main>'
    )
    with served(tmp_path) as address, chromium.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(f"{address}/")
        page.evaluate(Axe().axe_script)
        of_all, of_drawn = (page.evaluate(_BROKEN, rules) for rules in (_ALL, _DRAWN))
    assert {each.partition(":")[0] for each in of_all} == {"color-contrast", "html-has-lang", "image-alt"}
    assert {each.partition(":")[0] for each in of_drawn} == {"color-contrast"}

"""Pages as a reader meets them: in a real browser, with nothing but the site itself to ask."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from tests.actions.desks_of_people import World, published
from tests.publish.browsing import served

from factdesk.publish.build import build
from factdesk.queries.desk import Desk


@pytest.fixture
def site(press_desk: Desk, press: World, tmp_path: Path) -> Path:
    published(press_desk, press)
    build(press_desk, tmp_path / "site", "https://desk.example")
    return tmp_path / "site"


def test_a_reader_without_scripts_finds_the_source_of_a_quotation(chromium: Any, site: Path) -> None:
    """From the first page to the sentence in its frozen source, by keyboard alone."""
    phone = {"width": 360, "height": 740}
    with served(site) as url, chromium.new_context(java_script_enabled=False, viewport=phone) as context:
        page = context.new_page()
        page.goto(f"{url}/en/")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "To the text"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/checks/**")
        assert page.locator("h1").inner_text() == "Carrots keep eyes healthy but give no night vision"
        page.locator("a.quote").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/sources/**")
        marked = page.locator("mark:target")
        assert marked.inner_text() == "Eating more carrots does not let a healthy person see in the dark"
        assert marked.evaluate("node => node.getBoundingClientRect().top < window.innerHeight")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (768, "dark"), (1440, "light")])
def test_no_page_is_wider_than_the_screen(chromium: Any, site: Path, width: int, scheme: str) -> None:
    errors: list[str] = []
    size = {"width": width, "height": 800}
    with served(site) as url, chromium.new_context(viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        page.on("console", lambda message: errors.append(message.text))
        page.on("response", lambda answer: errors.extend([answer.url] if answer.status >= 400 else []))
        for each in [*site.glob("*.html"), *site.glob("en/*/index.html"), *site.glob("en/[cs]*/*/index.html")]:
            page.goto(f"{url}/{each.relative_to(site).as_posix()}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, each
    assert errors == []


TEXTS = (".css", ".js", ".svg", "/")


@pytest.mark.parametrize("kind", ["home", "check"])
def test_what_a_page_weighs(chromium: Any, site: Path, kind: str) -> None:
    """Everything that a reader's browser fetches for a page, fonts too: 60 KB at most as a host sends it that
    compresses text, 100 KB from one that does not; and from nowhere else."""
    (check,) = (site / "en/checks").glob("*/index.html")
    with served(site) as url, chromium.new_context() as context:
        page = context.new_page()
        answers: list[Any] = []
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - it marks what it gets
        page.goto(f"{url}/en/" if kind == "home" else f"{url}/en/checks/{check.parent.name}/")
        page.wait_for_load_state("networkidle")
        found = {each.url: each.body() for each in answers}
    assert [each for each in found if not each.startswith(url)] == []
    assert any(path.endswith("latin.woff2") for path in found)
    sent = {path: len(gzip.compress(body, 6) if path.endswith(TEXTS) else body) for path, body in found.items()}
    assert sum(sent.values()) <= 60_000, sent
    assert sum(len(body) for body in found.values()) <= 100_000

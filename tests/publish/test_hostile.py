"""A site that is full of attacks, out of a record that is, opened in a real browser: nothing of it runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.publish.browsing import served
from tests.publish.page_kinds import addresses, each_kind
from tests.publish.payloads import PAYLOADS
from tests.publish.test_attacks import wrong_in

_TOUCH = """() => {
  const kinds = ["mouseover", "pointerover", "click", "focus", "focusin", "error", "load", "toggle", "animationstart"];
  for (const each of document.querySelectorAll("*")) {
    for (const kind of kinds) if (!(kind === "click" && each.closest("a"))) each.dispatchEvent(new Event(kind));
    if (each.tagName === "A" && !/^(https?|mailto):/.test(each.href)) window.ran(each.href);
  }
  return document.querySelectorAll("main h1").length;
}"""


@pytest.mark.attack
@pytest.mark.parametrize("bypass", [False, True], ids=["with its policy", "without its policy"])
def test_nothing_runs(chromium: Any, attacked_site: Path, bypass: bool) -> None:
    """Nor without the policy that forbids it: it is text and nothing else. And nobody else is asked for anything."""
    ran: list[Any] = []
    asked: list[str] = []
    pages = each_kind(attacked_site) if bypass else ["en/", *addresses(attacked_site, "check", "en")]
    with served(attacked_site) as url, chromium.new_context(bypass_csp=bypass) as context:
        page = context.new_page()
        page.expose_function("ran", lambda value: ran.append(value))  # noqa: PLW0108 - it marks what it gets
        page.on("dialog", lambda dialog: ran.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        for each in pages:
            page.goto(f"{url}/{each}")
            assert page.evaluate(_TOUCH) == 1, each
            assert page.url == f"{url}/{each}"
        page.wait_for_load_state("networkidle")
    assert ran == []
    assert len(pages) >= (30 if bypass else 4)
    assert [each for each in asked if not each.startswith(f"{url}/")] == []


@pytest.mark.attack
def test_it_is_text_and_nothing_else(attacked_site: Path) -> None:
    """On every page: no element, attribute or address that is not ours."""
    for each in attacked_site.rglob("*.html"):
        assert wrong_in(each.read_text("utf-8")) == [], each


@pytest.mark.attack
def test_every_field_is_there(attacked_site: Path) -> None:
    """So that nothing running means something: what is marked on the pages of checks and sources has payloads."""
    from selectolax.lexbor import LexborHTMLParser

    empty: set[str] = set()
    filled: set[str] = set()
    for each in attacked_site.glob("*/checks/*/index.html"):
        for node in LexborHTMLParser(each.read_text("utf-8")).css("[data-fd]"):
            (filled if "ran(1)" in (node.html or "") else empty).add(node.attributes["data-fd"] or "")
    ours = {"bundle", "command", "changed", "published", "fingerprint", "unchecked", "scale", "stance", "revisions"}
    assert empty - filled <= ours
    wanted = (
        "title summary topics claim claimant appearance rating definition body quotation source authors signer waiver"
    )
    assert filled >= {*wanted.split(), "correction", "withdrawn"}
    names = {"about", "funding", "methods", "contact", "tip", "corrections", "people", "scale", "balance"}
    for name in names:
        assert "ran(1)" in (attacked_site / "en" / name / "index.html").read_text("utf-8"), name


@pytest.mark.attack
def test_programs_read_it_all_the_same(attacked_site: Path) -> None:
    from lxml import etree

    read = 0
    for each in sorted(attacked_site.rglob("*")):
        if each.suffix in (".xml", ".svg"):
            etree.fromstring(each.read_bytes(), etree.XMLParser(resolve_entities=False, huge_tree=True))
            read += 1
        elif each.suffix == ".json":
            json.loads(each.read_bytes())
            read += 1
    assert read >= 8
    assert len(set(PAYLOADS)) >= 160


def test_what_runs_is_seen(chromium: Any, tmp_path: Path) -> None:
    """The judge itself: without the escaping nearly every payload would do something or ask for something."""
    seen = 0
    with served(tmp_path) as url, chromium.new_context() as context:
        page = context.new_page()
        marks: list[Any] = []
        page.expose_function("ran", lambda value: marks.append(value))  # noqa: PLW0108 - it marks what it gets
        page.on("request", lambda request: marks.extend([request.url] if "evil.example" in request.url else []))
        for number, payload in enumerate(PAYLOADS[:40]):
            marks.clear()
            (tmp_path / f"{number}.html").write_text(f"<!DOCTYPE html><body>{payload}", encoding="utf-8")
            page.goto(f"{url}/{number}.html")
            page.evaluate(_TOUCH)
            seen += bool(marks)
    assert seen >= 25

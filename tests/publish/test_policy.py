"""The Content-Security-Policy of the site: one policy everywhere, which a browser keeps and no page of ours breaks;
what a page weighs, and that it asks nobody else."""

from __future__ import annotations

import gzip
import random
import re
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.actions.desks_of_people import World, clock_from, copied, opened, published, written
from tests.publish.browsing import served
from tests.publish.page_kinds import KINDS, addresses, each_kind

from factdesk.publish.build import build
from factdesk.publish.render import POLICY

DOCS = Path(__file__).parents[2] / "docs/how-to/publish-the-site.md"
HEADER_ONLY = ["frame-ancestors 'none'"]
"""What a browser heeds in a header alone."""
TEXTS = (".html", ".css", ".js", ".svg", ".json")
WEIGHT = 60_000
"""Bytes of a page and all that a browser fetches for it but pictures, as a host sends them that compresses text."""
RAW = 78_000
"""The same as the files are, for a host that compresses nothing; the styles for paper are among them (print.css)."""


def parts(policy: str) -> list[str]:
    """The directives of a policy."""
    return [" ".join(each.split()) for each in policy.split(";") if each.strip()]


def test_the_header_for_hosts_is_the_policy_of_the_pages() -> None:
    found = re.search(r"^Content-Security-Policy: ((?:.+\n)(?: +.+\n)*)", DOCS.read_text("utf-8"), re.MULTILINE)
    assert found is not None
    assert parts(found[1]) == parts(POLICY) + HEADER_ONLY


def test_every_page_has_it_before_anything_that_it_governs(verified_site: Path) -> None:
    pages = list(verified_site.rglob("*.html"))
    assert len(pages) >= 40
    for each in pages:
        head = LexborHTMLParser(each.read_text("utf-8")).css("head > *")
        policies = [node for node in head if node.attributes.get("http-equiv") == "Content-Security-Policy"]
        assert [node.attributes["content"] for node in policies] == [POLICY]
        assert head.index(policies[0]) <= 1, each


FORBIDDEN = {
    "a script in the page": "<script>window.done = 1</script>",
    "a script of somebody else": "<script src=https://evil.example/x.js></script>",
    "a handler": "<img src=/static/none.png onerror='window.done = 1'>",
    "a picture of somebody else": "<img src=https://evil.example/x.png>",
    "a style in the page": "<style>body { color: red }</style>",
    "a style of somebody else": "<link rel=stylesheet href=https://evil.example/x.css>",
    "a frame": "<iframe src=/index.html></iframe>",
    "an object": "<object data=/index.html></object>",
    "another base": "<base href=https://evil.example/>",
    "a form": "<form action=/index.html><button id=send>x</button></form>",
    "a request": "",
}
_SENT = """async () => {
  document.getElementById("send")?.click();
  await fetch("https://evil.example/x").catch(() => {});
}"""


@pytest.mark.attack
@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_browser_keeps_it(chromium: Any, tmp_path: Path, what: str) -> None:
    """Whatever got into a page: it is not done, and what is of others is not even asked for."""
    meta = f'<meta charset=utf-8><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    (tmp_path / "index.html").write_text(
        f"<!DOCTYPE html><html><head>{meta}</head><body>{FORBIDDEN[what]}</body></html>"
    )
    said: list[str] = []
    with served(tmp_path) as url, chromium.new_context() as context:
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{url}/")
        if what in ("a form", "a request"):
            page.evaluate(_SENT)
        assert page.evaluate("window.done") is None
        assert page.url == f"{url}/"
    assert any("Content Security Policy" in each for each in said), said


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_a_page_asks_for(chromium: Any, url: str, verified_site: Path, kind: str, language: str) -> None:
    """Nothing of anybody else, nothing that is not there or that its policy forbids, and not more than it may weigh."""
    wrong: list[str] = []
    with chromium.new_context() as context:
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("response", lambda answer: wrong.extend([answer.url] if answer.status >= 400 else []))
        for path in addresses(verified_site, kind, language):
            weight, asked = weighed(page, verified_site, url, path)
            assert [each for each in asked if not each.startswith(f"{url}/")] == []
            assert weight[0] <= WEIGHT, path
            assert weight[1] <= RAW, path
    assert wrong == []


def test_a_check_of_3000_words(chromium: Any, press: World, tmp_path: Path) -> None:
    """The longest that anybody reads weighs no more than a short one may."""
    chosen = random.Random(1)
    letters = "etaoinshrdlucmfwyp"
    known = ["".join(chosen.choices(letters, k=chosen.randint(2, 11))) for _ in range(900)]
    paragraphs = [f"So it is, {' '.join(chosen.choices(known, k=60))}." for _ in range(50)]
    with opened(copied(press, tmp_path / "desk"), clock_from(4)) as desk:
        check = published(desk, press, written(press, ending="\n\n".join(paragraphs)))
        assert len(check.statement.source.split()) > 3000
        build(desk, tmp_path / "site", "https://desk.example")
    with served(tmp_path / "site") as url, chromium.new_context() as context:
        (path,) = addresses(tmp_path / "site", "check", "en")
        assert weighed(context.new_page(), tmp_path / "site", url, path)[0][0] <= WEIGHT


def weighed(page: Any, site: Path, url: str, path: str) -> tuple[tuple[int, int], list[str]]:
    """How many bytes a page takes without pictures, text compressed and as it is, and what was asked for."""
    asked: list[Any] = []

    def note(request: Any) -> None:
        asked.append(request)

    page.on("request", note)
    page.goto(f"{url}/{path}", wait_until="load")
    page.remove_listener("request", note)
    names = {each.url.removeprefix(f"{url}/") for each in asked if each.resource_type != "image"}
    files = [site / name / "index.html" if (site / name).is_dir() else site / name for name in names]
    data = [(each.read_bytes(), each.suffix in TEXTS) for each in files]
    small = sum(len(gzip.compress(each, 6) if text else each) for each, text in data)
    return (small, sum(len(each) for each, _ in data)), [each.url for each in asked]


def test_every_kind_is_looked_at(verified_site: Path) -> None:
    assert len(each_kind(verified_site)) >= 2 * (len(KINDS) - 2) + 2

"""The search as a reader meets it: `static/search.js` in a real browser, under the policy of every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.publish.payloads import PAYLOADS
from tests.publish.searching import MADE, Reader, put_site, reading
from tests.publish.test_axe import _BROKEN, _VIEWS

from factdesk.publish.search_index import Doc
from factdesk.publish.search_terms import doc_terms


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a site two levels below its root: a site works below any address."""
    folder = tmp_path_factory.mktemp("found")
    put_site(folder / "sub/site", [*MADE["en"], *MADE["vi"]])
    return folder


Open = Callable[..., Reader]


@pytest.fixture
def reader(chromium: Any) -> Iterator[Open]:
    """Open a folder in a tab: `reader(folder, java_script_enabled=False)`."""
    with ExitStack() as left:
        yield lambda folder, **options: left.enter_context(reading(chromium, folder, **options))


def test_a_text_is_searched_while_it_is_typed(reader: Open, site: Path) -> None:
    made = reader(site)
    page = made.go("sub/site/vi/")
    page.get_by_role("searchbox").press_sequentially("mat ong")
    made.shows("mat ong")
    assert page.locator("ol.found a").first.inner_text().startswith("Mật ong")


def test_a_site_is_searched_in_its_language_and_says_so(reader: Open, site: Path) -> None:
    made = reader(site)
    page = made.go("sub/site/vi/")
    assert page.get_by_role("searchbox").evaluate("node => node.labels[0].textContent") == (
        "Tìm trong các bài kiểm chứng tiếng Việt"
    )
    assert made.search("carrots") == []
    assert made.said == "Không có bài nào chứa những từ này."
    made.go("sub/site/en/")
    assert page.get_by_label("Search our fact-checks in English").is_visible()
    assert made.search("vắc xin") == []
    assert made.said == "No check has these words."


def test_every_word_of_the_box_is_translated(reader: Open, site: Path) -> None:
    made = reader(site)
    english, vietnamese = (
        made.go(f"sub/site/{own}/").locator("#search").evaluate("node => ({...node.dataset})") for own in ("en", "vi")
    )
    assert english.keys() == vietnamese.keys() >= {"label", "none", "one", "many", "some", "more", "failed", "listed"}
    assert {key for key in english if english[key] == vietnamese[key]} == {"root", "all", "script"}
    assert "{count}" in vietnamese["many"]
    assert "{count}" in vietnamese["some"]


def test_what_is_found_is_told(reader: Open, site: Path) -> None:
    made = reader(site)
    page = made.go("sub/site/en/")
    (wanted,) = (each for each in MADE["en"] if each.number == 0)
    assert made.search(wanted.title)[0] == wanted.title
    first = page.locator("ol.found li").first
    assert first.locator(".chip.low").inner_text() == "False"
    assert first.locator("time").inner_text() == "1 January 2026"
    assert first.locator("time").get_attribute("datetime") == "2026-01-01"
    assert first.locator("a").evaluate("node => node.href") == f"{made.url}/sub/site/en/checks/c-0/"
    assert made.search("carrots sodium")[0].startswith("Carrots")
    assert made.said.startswith("No check has all of these words. With some of them: ")
    assert made.errors == []
    assert {each for each in made.asked if not each.startswith(f"{made.url}/sub/site/")} == set()


def test_more_is_shown_when_it_is_asked_for(reader: Open, site: Path) -> None:
    made = reader(site)
    page = made.go("sub/site/en/")
    assert len(made.search("garlic children")) == 10
    count = int(made.said.split()[0])
    while page.locator("button").count():
        shown = page.locator("ol.found a").count()
        page.locator("button").press("Enter")
        page.locator("ol.found li").nth(shown).wait_for()
        assert page.locator("ol.found a").nth(shown).evaluate("node => node === document.activeElement")
    titles = page.locator("ol.found a").all_inner_texts()
    assert len(titles) == len(set(titles)) == count > 10


def test_a_search_is_done_by_keyboard_alone(reader: Open, site: Path) -> None:
    made = reader(site)
    page = made.go("sub/site/vi/")
    titles = made.search(MADE["vi"][0].title)

    def here() -> str:
        said: str = page.evaluate("document.activeElement.textContent || document.activeElement.type")
        return said

    keys = ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowDown", "Escape", "ArrowUp", "ArrowDown"]
    places = [titles[0], titles[1], titles[0], "search", titles[0], "search", "search", titles[0]]
    for key, place in zip(keys, places, strict=True):
        page.keyboard.press(key)
        assert here() == place, key
    page.keyboard.press("Enter")
    page.wait_for_url("**/sub/site/vi/checks/c-0/")
    page.go_back()
    page.locator("ol.found a").first.wait_for()
    page.get_by_role("searchbox").press("Escape")
    assert (page.get_by_role("searchbox").input_value(), made.said) == ("", "")
    assert page.locator("ol.found").count() == 0


def test_a_search_can_be_linked(reader: Open, site: Path) -> None:
    made = reader(site)
    page = made.go("sub/site/en/checks/?q=fish+sauce")
    made.shows("fish sauce")
    assert page.get_by_role("searchbox").input_value() == "fish sauce"
    made.search("honey")
    assert page.url == f"{made.url}/sub/site/en/checks/?q=honey"
    page.get_by_role("searchbox").fill("")
    page.wait_for_url(f"{made.url}/sub/site/en/checks/")


def test_only_the_last_of_several_searches_is_shown(reader: Open, site: Path) -> None:
    """Whatever comes late: the first one's files are held back until the second has answered."""
    made, held = reader(site), list[Any]()
    page = made.go("sub/site/en/")
    made.search("zzz")
    holds = True
    page.route("**/t-*.json", lambda route: held.append(route) if holds else route.continue_())
    box = page.get_by_role("searchbox")
    with page.expect_request("**/t-*.json"):
        box.fill("honey sleep")
        box.press("Enter")
    holds = False
    box.fill("coffee")
    box.press("Enter")
    made.shows("coffee")
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    assert page.locator("ol.found a").first.inner_text().startswith("Coffee")


def test_its_script_is_fetched_when_a_reader_goes_to_the_box(reader: Open, site: Path) -> None:
    """And what was typed meanwhile is looked for once it is there."""
    made, held = reader(site), list[Any]()
    page = made.go("sub/site/en/")
    page.wait_for_load_state("networkidle")
    assert [each for each in made.asked if each.endswith("/search.js")] == []
    page.route("**/search.js", lambda route: held.append(route))  # noqa: PLW0108 - it marks what it gets
    with page.expect_request("**/search.js"):
        page.get_by_role("searchbox").fill("honey")
    page.get_by_role("searchbox").press("Enter")
    held[0].continue_()
    made.shows("honey")
    assert page.locator("ol.found a").first.inner_text().startswith("Honey")


def test_a_script_that_does_not_come_leaves_the_lists_and_is_asked_for_again(reader: Open, site: Path) -> None:
    made = reader(site)
    page = made.go("sub/site/en/")
    page.route("**/search.js", lambda route: route.abort())
    page.get_by_role("searchbox").focus()
    page.locator("#search").get_by_role("link", name="All checks").wait_for()
    assert made.said == "The search cannot be used here. All checks"
    page.unroute("**/search.js")
    page.get_by_role("searchbox").blur()
    assert made.search(MADE["en"][0].title)[0] == MADE["en"][0].title


def test_without_scripts_there_is_no_box(reader: Open, site: Path) -> None:
    page = reader(site, java_script_enabled=False).go("sub/site/en/")
    assert page.locator("#search").is_hidden()
    assert page.locator("h1").is_visible()


def test_a_page_opened_as_a_file_says_that_it_cannot_search(reader: Open, site: Path) -> None:
    made = reader(site)
    page = made.page
    page.goto((site / "sub/site/en/index.html").as_uri())
    assert made.search("carrots") == []
    assert made.said == "The search cannot be used here. All checks"
    assert page.locator("#search").get_by_role("link", name="All checks").get_attribute("href") == "checks/"
    assert [each for each in made.errors if "/search/" in each] == []


@pytest.mark.parametrize("lost", ["index.json", "t-.json", "d-0.json"])
def test_an_index_that_cannot_be_read_leaves_the_lists(reader: Open, tmp_path: Path, lost: str) -> None:
    put_site(tmp_path / "site", MADE["en"][:3])
    made = reader(tmp_path / "site")
    page = made.go("en/")
    page.route(f"**/{lost}", lambda route: route.fulfill(body="<!DOCTYPE html>"))
    assert made.search(MADE["en"][0].title) == []
    assert made.said == "The search cannot be used here. All checks"
    page.unroute(f"**/{lost}")
    assert made.search(MADE["en"][0].title)[0] == MADE["en"][0].title


@pytest.mark.attack
@pytest.mark.parametrize("bypass", [False, True], ids=["with its policy", "without its policy"])
def test_nothing_of_the_index_runs(reader: Open, tmp_path: Path, bypass: bool) -> None:
    """Nor without the policy: titles, ratings, days and paths are text, and lead nowhere else."""
    hostile = [
        Doc(at, "en", path, f"carrots {text}", text, text, text, doc_terms("en", f"carrots {text}", text))
        for at, text in enumerate(PAYLOADS)
        for path in [("javascript:ran(1)", "//evil.example/", "/\\evil.example/", f"/{text}")[at % 4]]
    ]
    put_site(tmp_path / "site", hostile)
    made = reader(tmp_path / "site", bypass_csp=bypass)
    ran: list[Any] = []
    made.page.expose_function("ran", lambda value: ran.append(value))  # noqa: PLW0108 - it marks what it gets
    made.page.on("dialog", lambda dialog: ran.append(dialog.message))
    page = made.go("en/?q=carrots+%3Cimg+src=x+onerror=ran(1)%3E")
    page.locator("ol.found a").first.wait_for()
    made.search("carrots")
    while page.locator("button").count():
        shown = page.locator("ol.found li").count()
        page.locator("button").press("Enter")
        page.locator("ol.found li").nth(shown).wait_for()
    assert page.locator("ol.found li").count() == len(hostile)
    assert page.evaluate("[...document.querySelectorAll('#search *')].map(node => node.localName)").count("img") == 0
    hrefs = page.locator("ol.found a").evaluate_all("nodes => nodes.map(node => node.href)")
    assert [each for each in hrefs if not each.startswith(f"{made.url}/")] == []
    page.evaluate("for (const each of document.querySelectorAll('#search *')) each.dispatchEvent(new Event('error'))")
    page.wait_for_load_state("networkidle")
    assert ran == []
    assert [each for each in made.asked if not each.startswith(made.url)] == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_box_and_what_it_found_break_no_rule_of_axe(reader: Open, site: Path, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    made = reader(site, bypass_csp=True)
    page = made.go(f"sub/site/{language}/")
    assert len(made.search(MADE[language][0].title.split()[0])) == 10
    page.evaluate(Axe().axe_script)
    for screen, scheme, rules in _VIEWS:
        page.set_viewport_size(screen)
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate(_BROKEN, rules) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


def test_a_search_loads_little(reader: Open, site: Path) -> None:
    made, sizes = reader(site), dict[str, int]()
    made.page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    made.go("sub/site/vi/")
    sizes.clear()
    made.search("vac xin")
    assert 2 <= len(sizes) <= 40
    assert sum(sizes.values()) < 120_000
    again = dict(sizes)
    made.search("vac xin")
    assert sizes == again


def test_a_changed_title_is_what_is_shown(reader: Open, tmp_path: Path) -> None:
    """Rows are read where the site has them, and nothing else is."""
    put_site(tmp_path / "site", [replace(MADE["en"][0], title="Another title")])
    made = reader(tmp_path / "site")
    made.go("en/")
    assert made.search(MADE["en"][0].title) == ["Another title"]

"""Checks by topic, rating and month, and on as many pages as they need."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.publish.plain_site import START, UNRATED, check, site, statement

from factdesk.publish.lists import MOST, lists, months_of, topics_of
from factdesk.publish.render import Page, Renderer
from factdesk.queries.site_model import SiteData


def by_path(of: SiteData, language: str = "en") -> dict[str, Page]:
    return {page.path: page for page in lists(of, language)}


def numbers(page: Page) -> list[str]:
    return [each.slug.rpartition("-")[2] for each in page.context["checks"]]


def test_a_topic_in_other_letters_is_the_same() -> None:
    checks = [
        check(1, said=statement(topics=("Sức khỏe", "sức khoẻ"))),
        check(2, said=statement(topics=("sức  khỏe",))),
    ]
    found = topics_of([*checks, check(3, said=statement(topics=("…",)))])
    assert {own: (name, len(each)) for own, (name, each) in found.items()} == {"suc-khoe": ("Sức khỏe", 2)}


def test_the_newest_month_is_first() -> None:
    old, new = check(1), check(2, published=START + timedelta(days=400))
    assert list(months_of([old, new])) == ["2027-02", "2026-01"]


def test_a_withdrawn_check_is_listed_and_counts_under_no_rating() -> None:
    pages = by_path(site(check(1), check(2, said=statement(act="withdraw", why="A joke."))))
    assert numbers(pages["/en/checks/"]) == ["1", "2"]
    assert numbers(pages["/en/ratings/false/"]) == ["1"]
    assert numbers(pages["/en/"]) == ["1"]


def test_what_is_not_checkable_has_a_list() -> None:
    pages = by_path(site(check(1, said=statement(rating=UNRATED))))
    assert numbers(pages["/en/ratings/not-checkable/"]) == ["1"]
    assert numbers(pages["/en/ratings/false/"]) == []


def test_checks_without_a_twin_are_named_in_the_other_language() -> None:
    one = check(1)
    two = replace(check(2), twin="x")
    pages = by_path(site(one, two), "vi")
    assert [each.id for each in pages["/vi/"].context["elsewhere"]] == [one.id]


def test_a_long_list_has_pages_that_lead_to_each_other() -> None:
    """Those behind the first are numbered from the oldest."""
    of = site(*(check(number) for number in range(3 * MOST + 1, 0, -1)))
    pages = by_path(of)
    shown = [pages[path] for path in ("/en/checks/", "/en/checks/2/", "/en/checks/1/")]
    assert [len(each.context["checks"]) for each in shown] == [MOST + 1, MOST, MOST]
    assert [int(number) for page in shown for number in numbers(page)] == list(range(3 * MOST + 1, 0, -1))
    assert [(each.context["newer"], each.context["older"]) for each in shown] == [
        ("", "/en/checks/2/"),
        ("/en/checks/", "/en/checks/1/"),
        ("/en/checks/2/", ""),
    ]
    assert "/en/checks/3/" not in pages
    html = Renderer(of.desk).render(shown[1]).decode()
    assert 'rel="prev" href="../"' in html
    assert 'rel="next" href="../1/"' in html
    assert '<span class="soft">(2)</span>' in html


def test_a_new_check_changes_no_page_behind_the_first() -> None:
    """Unless the first is full: then what was on it moves to one of its own."""
    counts = range(MOST, 4 * MOST)
    before: dict[str, list[str]] = {}
    for count in counts:
        pages = by_path(site(*(check(number) for number in range(count, 0, -1))))
        behind = {path: numbers(page) for path, page in pages.items() if path.removeprefix("/en/checks/")[:1].isdigit()}
        assert before.items() <= behind.items()
        assert len(behind) == count // MOST - 1
        before = behind


def test_a_tab_is_named_in_seventy_letters() -> None:
    page = Page("/en/", "home.html", "en", "A title")
    assert page.headline("Desk") == "A title · Desk"
    assert replace(page, title="Desk").headline("Desk") == "Desk"
    assert replace(page, title="x" * 66).headline("Desk") == "x" * 66
    assert replace(page, title="x" * 100).headline("Desk") == "x" * 69 + "…"

"""Every link within a site leads somewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.publish.links import Dead, Outline, dead_links, outline
from factdesk.publish.render import Page, relative

BASE = "https://desk.example/a"
HOME = Page("/en/", "home.html", "en", "Home")
CHECK = Page("/en/checks/x/", "check.html", "en", "X")
STATIC = ["static/site.css"]


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>x</title>{head}</head><body><main>{body}</main></body></html>".encode()


def links(outlines: list[Outline]) -> list[Dead]:
    return list(dead_links(outlines, {*STATIC, *(each.file for each in outlines)}, lambda _: None))


def dead(body: str, of: Page = CHECK) -> list[str]:
    others = [outline(HOME, page('<p id="here"></p>'), BASE)]
    return [each.link for each in links([*others, outline(of, page(body), BASE)])]


@pytest.mark.parametrize(
    "link",
    [
        "../../",
        "../../#here",
        "../../../static/site.css",
        "https://desk.example/a/en/",
        "https://desk.example/a/a-report-of-ours.pdf",
        "/a/en/",
        "#own",
        "./",
        "https://other.example/nowhere/",
        "mailto:a@b.example",
        "",
    ],
)
def test_links_that_lead_somewhere(link: str) -> None:
    assert dead(f'<p id="own"><a href="{link}">x</a></p>') == []


@pytest.mark.parametrize(
    ("link", "where"),
    [
        ("../y/", "/en/checks/y/"),
        ("../../#there", "/en/#there"),
        ("#nowhere", "/en/checks/x/#nowhere"),
        ("../../../static/other.css", "/static/other.css"),
        ("/en/", "/en/"),
        ("../../../../../en/", "/en/"),
    ],
)
def test_links_that_lead_nowhere(link: str, where: str) -> None:
    found = dead(f'<a href="{link}">x</a>')
    assert found == ([where] if where != "/en/" else [])


def test_what_a_page_says_of_itself_by_its_whole_address() -> None:
    for url, found in ((f"{BASE}/en/", []), (f"{BASE}/vi/", ["/vi/"])):
        head = f'<link rel="canonical" href="{url}">'
        outlines = [outline(HOME, page(""), BASE), outline(CHECK, page("", head), BASE)]
        assert [each.link for each in links(outlines)] == found


@pytest.mark.parametrize(
    "html",
    [
        b"<p>x</p>",
        page('<p id="a"></p><p id="a"></p>'),
        page("").replace(b"<title>x</title>", b""),
        page("</main><main>"),
    ],
    ids=["no page", "a place twice", "no title", "two mains"],
)
def test_what_is_no_page(html: bytes) -> None:
    with pytest.raises(ValueError, match="it "):
        outline(CHECK, html, BASE)


def test_an_outline() -> None:
    made = outline(CHECK, page('<a id="b" href="../y/">x</a>', '<link rel="icon" href="../../../icon.svg">'), BASE)
    assert made == Outline("en/checks/x/index.html", "/en/checks/x/", frozenset({"b"}), ("/icon.svg", "/en/checks/y/"))


@pytest.mark.parametrize(
    ("start", "path", "way"),
    [
        ("/en/checks/a/", "/en/", "../../"),
        ("/en/", "/en/checks/a/", "checks/a/"),
        ("/en/", "/en/", "./"),
        ("/en/a/", "/en/a/#x", "#x"),
        ("/en/a/", "/static/site.css", "../../static/site.css"),
        ("/index.html", "/en/#x", "en/#x"),
    ],
)
def test_the_way_from_one_page_to_another(start: str, path: str, way: str) -> None:
    assert relative(start, path) == way


def test_a_place_of_a_page_that_stays_as_it_is() -> None:
    made = [outline(CHECK, page('<a href="../../#here">x</a><a href="../../#gone">x</a>'), BASE)]
    files = {"en/index.html", *(each.file for each in made)}
    staying = {"en/index.html": frozenset(["here"])}
    assert [each.link for each in dead_links(made, files, staying.get)] == ["/en/#gone"]


@given(
    st.sampled_from(["/index.html", "/404.html", "/en/", "/en/checks/", "/en/checks/x/", "/en/topics/y/12/"]),
    st.from_regex(r"(?:\.\./){0,6}[a-z0-9]{1,3}(?:[./][a-z]{1,3}){0,3}/?(?:#[a-z]{1,3})?", fullmatch=True),
)
def test_plain_links_are_read_as_all_others_are(start: str, link: str) -> None:
    """`?` makes a link one that is not plain."""
    page_of = Page(start, "own.html", "en", "x")
    made = [outline(page_of, page(f'<a href="{each}">x</a>'), BASE).links for each in (link, _marked(link))]
    assert made[0] == made[1]


def _marked(link: str) -> str:
    path, mark, fragment = link.partition("#")
    return f"{path}?{mark}{fragment}"

"""The sitemap holds every page that is to be found, in all its languages."""

from __future__ import annotations

from lxml import etree
from tests.publish.plain_site import BASE, START, desk

from factdesk.publish.sitemap import MOST, Page, robots_txt, sitemap_files

S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
X = "{http://www.w3.org/1999/xhtml}"
TWINS = {"vi": "/vi/", "en": "/en/"}


def test_pages_stand_with_their_languages_and_days() -> None:
    pages = [Page("/vi/", START, TWINS), Page("/en/", START, TWINS), Page("/en/a&b/")]
    files = sitemap_files(desk(), pages)
    assert list(files) == ["sitemap.xml"]
    root = etree.fromstring(files["sitemap.xml"])
    assert [(each.findtext(f"{S}loc"), each.findtext(f"{S}lastmod")) for each in root] == [
        (f"{BASE}/en/", "2026-01-02T03:04:05Z"),
        (f"{BASE}/en/a&b/", None),
        (f"{BASE}/vi/", "2026-01-02T03:04:05Z"),
    ]
    for page in (root[0], root[2]):
        links = [(each.get("rel"), each.get("hreflang"), each.get("href")) for each in page.iter(f"{X}link")]
        assert links == [("alternate", "en", f"{BASE}/en/"), ("alternate", "vi", f"{BASE}/vi/")]
    assert not root[1].findall(f"{X}link")


def test_the_order_in_which_pages_come_does_not_matter() -> None:
    pages = [Page(f"/en/{number}/") for number in range(20)]
    assert sitemap_files(desk(), pages) == sitemap_files(desk(), reversed(pages))


def test_many_pages_make_an_index_of_sitemaps() -> None:
    files = sitemap_files(desk(), (Page(f"/en/{number:06}/") for number in range(2 * MOST + 1)))
    index = etree.fromstring(files["sitemap.xml"])
    assert [each.findtext(f"{S}loc") for each in index] == [f"{BASE}/sitemap-{number}.xml" for number in (1, 2, 3)]
    sizes = [len(etree.fromstring(files[f"sitemap-{number}.xml"])) for number in (1, 2, 3)]
    assert sizes == [MOST, MOST, 1]


def test_an_address_with_a_folder_is_kept() -> None:
    root = etree.fromstring(sitemap_files(desk(base_url=f"{BASE}/facts/"), [Page("/en/")])["sitemap.xml"])
    assert root[0].findtext(f"{S}loc") == f"{BASE}/facts/en/"


def test_robots_may_read_everything_and_learn_of_the_sitemap() -> None:
    from urllib.robotparser import RobotFileParser

    robots = RobotFileParser()
    robots.parse(robots_txt(desk()).decode().splitlines())
    assert robots.can_fetch("anybody", f"{BASE}/en/checks/a/")
    assert robots.site_maps() == [f"{BASE}/sitemap.xml"]

"""What programs read of a site that was built from a record: our own and others find what was published."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.actions.desks_of_people import World, again, clock_from, copied, opened, published, written

from factdesk.actions.publish import publish
from factdesk.actions.sign import sign
from factdesk.actions.workflow import correct, withdraw
from factdesk.domain.reviews import Review
from factdesk.interchange.entries import Found
from factdesk.interchange.read import read_reviews
from factdesk.publish.build import build

URL = "https://desk.example"
WHY = "The sample post turned out to be forged."
WRONG = "We wrote that nobody needs vitamin A."


@pytest.fixture(scope="module")
def built_site(press: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a check, a corrected one, one that was withdrawn, and one in Vietnamese about a picture."""
    folder = tmp_path_factory.mktemp("machines")
    with opened(copied(press, folder / "press"), clock_from(1)) as desk:
        (folder / "press" / "site").mkdir()
        trust = 'social = "https://social.example/@desk"\n'
        (folder / "press" / "site" / "trust.toml").write_text(trust, encoding="utf-8")
        published(desk, press)
        corrected = published(desk, press, written(press, title="A second check of carrots")).check
        correct(desk.record, corrected.id, what=WRONG, severity="serious", actor="an")
        again(desk, press, corrected.id)
        gone = published(desk, press, written(press, title="A third check of carrots")).check
        waits = withdraw(desk.record, gone.id, WHY, actor="chi")
        publish(desk, sign(desk, waits, press.keys["binh"], actor="binh").check, actor="chi")
        media = "media:\n  - category: DecontextualizedContent\n    kind: picture\n"
        vietnamese = written(press, title="Cà rốt, 1 < 2 & “thị lực”", fields=media)
        published(desk, press, vietnamese.replace("language: en", "language: vi"))
        build(desk, folder / "site", URL)
    return folder / "site"


def listed(site: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "data" / "site.json").read_bytes())["checks"]
    return found


def page_of(site: Path, check: dict[str, Any]) -> bytes:
    path: str = check["page"]
    return (site / path.strip("/") / "index.html").read_bytes()


def reviews_in(data: bytes) -> list[Review]:
    return [item.review for item in read_reviews(io.BytesIO(data), "x") if isinstance(item, Found)]


def test_each_page_is_read_by_our_importer_and_by_another_as_the_same(built_site: Path) -> None:
    extruct = pytest.importorskip("extruct.jsonld", reason="install the dev group: extruct")
    kinds = []
    for check in listed(built_site):
        page = page_of(built_site, check)
        found = extruct.JsonLdExtractor().extract(page.decode())
        kinds.append((check["act"], [each["@type"] for each in found]))
        reviews = reviews_in(page)
        assert len(reviews) == len([each for each in found if each["@type"] == "ClaimReview"])
        for other, ours in zip(found, reviews, strict=False):
            rating = other["reviewRating"]
            assert (other["claimReviewed"], other["name"], other["url"]) == (ours.claim, ours.title, ours.url)
            assert rating["alternateName"] == ours.rating.text
            assert [rating[name] for name in ("ratingValue", "bestRating", "worstRating")] == [1, 5, 1]
            assert (ours.rating.value, ours.rating.best, ours.rating.worst) == (1, 5, 1)
            assert (other["datePublished"], other["inLanguage"]) == (ours.date, ours.language)
    assert sorted(kinds) == [
        ("correct", ["ClaimReview"]),
        ("publish", ["ClaimReview"]),
        ("publish", ["ClaimReview", "MediaReview"]),
        ("withdraw", []),
    ]


def test_the_feed_of_everything_says_what_the_pages_say(built_site: Path) -> None:
    everything = reviews_in((built_site / "data" / "datafeed.json").read_bytes())
    pages = [review for check in listed(built_site) for review in reviews_in(page_of(built_site, check))]
    assert sorted(everything, key=lambda review: review.url) == sorted(pages, key=lambda review: review.url)
    assert len(pages) == 3


def test_the_feeds_lead_to_pages_of_the_site(built_site: Path) -> None:
    feedparser = pytest.importorskip("feedparser", reason="install the dev group: feedparser")
    seen = {}
    for path in sorted(built_site.glob("*/*.xml")):
        found = feedparser.parse(path.read_bytes())
        assert not found.bozo
        for entry in found.entries:
            place = built_site / entry.link.removeprefix(URL).strip("/") / "index.html"
            assert place.is_file()
        seen[path.relative_to(built_site).as_posix()] = [entry.title for entry in found.entries]
    assert seen["vi/atom.xml"] == ["Cà rốt, 1 < 2 & “thị lực”"]
    assert len(seen["en/atom.xml"]) == 3
    assert seen["en/corrections.xml"] == [
        "Withdrawn: A third check of carrots",
        "Serious correction: A second check of carrots",
    ]
    assert seen["vi/corrections.xml"] == []


def test_every_page_in_the_sitemap_is_there(built_site: Path) -> None:
    root = etree.fromstring((built_site / "sitemap.xml").read_bytes())
    links = [element.text or "" for element in root.iter("{*}loc")]
    links += [element.get("href") or "" for element in root.iter("{*}link")]
    assert len(links) > 20
    for link in links:
        assert link.startswith(f"{URL}/")
        assert (built_site / link.removeprefix(URL).strip("/") / "index.html").is_file(), link
    assert {f"{URL}{check['page']}" for check in listed(built_site)} <= set(links)


def test_the_list_for_verify_names_files_by_their_digests(built_site: Path) -> None:
    for check in listed(built_site):
        bundle = check["bundle"]
        data = (built_site / bundle["path"].strip("/")).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (bundle["sha256"], bundle["size"])
        assert len(check["signer"]) == len(check["statement"]) == 64


def test_trust_txt_is_in_both_places(built_site: Path) -> None:
    for place in ("trust.txt", ".well-known/trust.txt"):
        assert (built_site / place).read_text(encoding="utf-8") == "# Test desk\nsocial=https://social.example/@desk\n"

"""The DataFeed of the site is read by our own importer as what was published."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from tests.publish.plain_site import BASE, UNRATED, check, claim, desk, feed, site, statement

from factdesk.domain.runs import Repair
from factdesk.interchange.entries import Found
from factdesk.interchange.read import read_reviews
from factdesk.publish.claimreview import claim_review, reviews_of
from factdesk.publish.datafeed import PATH

ONE = check(1)
SEVERAL = check(2, said=statement(claims=(claim(1), claim(2, text="Carrots are blue")), rating=UNRATED))
GONE = check(3, said=statement(act="withdraw", why="It was forged."))


def test_our_importer_reads_every_review_of_it() -> None:
    items = list(read_reviews(io.BytesIO(feed(site(ONE, SEVERAL, GONE))), "datafeed.json"))
    assert [item.review for item in items if isinstance(item, Found)] == [
        *reviews_of(desk(), ONE),
        *reviews_of(desk(), SEVERAL),
    ]
    [withdrawn] = [item for item in items if isinstance(item, Repair)]
    assert (withdrawn.code, withdrawn.skipped) == ("empty-item", True)


def test_it_is_a_feed_of_one_line_a_check() -> None:
    data = feed(site(GONE, ONE, SEVERAL))
    made = json.loads(data)
    assert (made["@type"], made["url"]) == ("DataFeed", f"{BASE}/{PATH}")
    assert made["dateModified"] == "2026-01-05T03:04:05Z"
    first, several, gone = made["dataFeedElement"]
    page = {key: value for key, value in claim_review(desk(), ONE).items() if key != "@context"}
    assert first == {
        "@type": "DataFeedItem",
        "url": f"{BASE}/en/checks/carrots-1/",
        "dateCreated": "2026-01-03T03:04:05Z",
        "dateModified": "2026-01-03T03:04:05Z",
        "item": [page],
    }
    assert [each["@id"] for each in several["item"]] == [
        f"{BASE}/en/checks/carrots-2/#review",
        f"{BASE}/en/checks/carrots-2/#review-2",
    ]
    assert (gone["item"], gone["dateDeleted"]) == (None, "2026-01-05T03:04:05Z")
    assert len(data.splitlines()) == 5


def test_one_changed_check_changes_one_line() -> None:
    before = feed(site(ONE, SEVERAL, GONE)).splitlines()
    other = replace(ONE, statement=replace(ONE.statement, summary="Another answer."))
    after = feed(site(other, SEVERAL, GONE)).splitlines()
    assert [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new] == [1]


def test_a_site_without_checks_has_an_empty_feed() -> None:
    assert json.loads(feed(site()))["dataFeedElement"] == []


@pytest.mark.attack
def test_it_can_be_read_whatever_it_holds() -> None:
    text = "</script>\u2028\ud800\x00\x7f"
    data = feed(site(check(said=statement(title=text, summary=text, claims=(claim(text=text),))), name=text))
    assert json.loads(data)["dataFeedElement"][0]["item"][0]["name"] == text
    assert b"<" not in data

"""Feeds are read by other programs as they were meant, whatever titles hold, and their ids stay."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.publish.plain_site import BASE, START, UNRATED, check, claim, site, statement

from factdesk.domain.statements import StatedCorrection
from factdesk.publish.feeds import MOST, entry_id, feed_files
from factdesk.publish.model import SiteData

ATOM = "{http://www.w3.org/2005/Atom}"
CORRECTION = StatedCorrection("We named the wrong year.", "substantial", "2026-02-01T00:00:00.000000Z")
WITHDRAWN = statement(act="withdraw", why="The post was forged.")


def parsed(data: bytes) -> Any:
    """What feedparser reads; it must find nothing wrong."""
    feedparser = pytest.importorskip("feedparser", reason="install the dev group: feedparser")
    found = feedparser.parse(data)
    assert not found.bozo, found.get("bozo_exception")
    return found


def valid(data: bytes) -> dict[str, Any]:
    """A JSON Feed that its schema accepts."""
    jsonschema = pytest.importorskip("jsonschema", reason="install the dev group: jsonschema")
    feed: dict[str, Any] = json.loads(data)
    schema = json.loads(Path(__file__).with_name("json_feed.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(feed)
    return feed


def some() -> SiteData:
    """A check as it was first published, a corrected and a withdrawn one, and one in Vietnamese."""
    corrected = check(2, said=statement(act="correct", corrections=(CORRECTION,)), changed=START + timedelta(days=30))
    vietnamese = statement(language="vi", title="Ăn cà rốt không giúp nhìn trong bóng tối", rating=UNRATED)
    return site(check(1), corrected, check(3, said=WITHDRAWN), check(4, said=vietnamese))


def test_every_language_has_its_feeds() -> None:
    names = ("atom.xml", "feed.json", "corrections.xml", "corrections.json")
    assert sorted(feed_files(some())) == sorted(f"{language}/{name}" for language in ("en", "vi") for name in names)


def test_a_reader_of_atom_sees_the_checks_that_changed_last_first() -> None:
    found = parsed(feed_files(some())["en/atom.xml"])
    assert found.version == "atom10"
    assert (found.feed.title, found.feed.id) == ("Riverside Desk: checks", f"{BASE}/en/")
    assert found.feed.author_detail == {"name": "Riverside Desk", "href": f"{BASE}/"}
    assert {link.rel: link.href for link in found.feed.links} == {
        "self": f"{BASE}/en/atom.xml",
        "alternate": f"{BASE}/en/",
    }
    assert found.feed.updated == found.entries[0].updated == "2026-02-01T03:04:05Z"
    corrected, withdrawn, first = found.entries
    assert first.title == "Carrots do not let you see in the dark"
    assert first.summary == "False. They help only against a lack."
    assert (first.link, first.published, first.updated) == (
        f"{BASE}/en/checks/carrots-1/",
        "2026-01-03T03:04:05Z",
        "2026-01-03T03:04:05Z",
    )
    tags = [(tag.term, tag.scheme, tag.label) for tag in first.tags]
    assert tags == [("false", f"{BASE}/en/ratings/", "False"), ("food", None, None), ("health", None, None)]
    assert (corrected.published, corrected.updated) == ("2026-01-04T03:04:05Z", "2026-02-01T03:04:05Z")
    assert withdrawn.title == "Withdrawn: Carrots do not let you see in the dark"
    assert withdrawn.summary == "This check was withdrawn: The post was forged."
    assert "False" not in str(withdrawn)


def test_each_language_speaks_its_own() -> None:
    found = parsed(feed_files(some())["vi/atom.xml"])
    assert found.feed.title == "Riverside Desk: các bài kiểm chứng"
    assert found.feed.language == "vi"
    [entry] = found.entries
    assert entry.title == "Ăn cà rốt không giúp nhìn trong bóng tối"
    assert entry.summary.startswith("Không thể kiểm chứng. ")


def test_corrections_have_a_feed_of_their_own() -> None:
    found = parsed(feed_files(some())["en/corrections.xml"])
    assert [(each.title, each.summary, each.updated) for each in found.entries] == [
        (
            "Substantial correction: Carrots do not let you see in the dark",
            "We named the wrong year.",
            "2026-02-01T00:00:00Z",
        ),
        (
            "Withdrawn: Carrots do not let you see in the dark",
            "This check was withdrawn: The post was forged.",
            "2026-01-05T03:04:05Z",
        ),
    ]
    assert len({each.id for each in found.entries}) == 2
    assert parsed(feed_files(some())["vi/corrections.xml"]).entries == []


@pytest.mark.parametrize("name", ["en/feed.json", "en/corrections.json", "vi/feed.json", "vi/corrections.json"])
def test_json_feeds_are_valid_and_say_the_same_as_atom(name: str) -> None:
    files = feed_files(some())
    found = valid(files[name])
    twin = parsed(files[name.replace("feed.json", "atom.xml").replace(".json", ".xml")])
    assert found["feed_url"] == f"{BASE}/{name}"
    assert found["title"] == twin.feed.title
    assert [(each["id"], each["title"], each["content_text"], each["url"]) for each in found["items"]] == [
        (each.id, each.title, each.summary, each.link) for each in twin.entries
    ]
    assert [each["date_modified"] for each in found["items"]] == [each.updated for each in twin.entries]


def test_a_schema_that_accepts_anything_would_be_none() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="install the dev group: jsonschema")
    feed = json.loads(feed_files(some())["en/feed.json"])
    changes: tuple[dict[str, Any], ...] = (
        {"version": "1"},
        {"items": [{}]},
        {"authors": [{}]},
        {"items": [{"id": 1, "content_text": "x"}]},
    )
    for change in changes:
        with pytest.raises(jsonschema.ValidationError):
            valid(json.dumps({**feed, **change}).encode())


def test_ids_stay_when_the_site_moves_and_when_a_check_changes() -> None:
    first = check(1)
    later = check(1, said=WITHDRAWN, changed=START + timedelta(days=99))
    ids = set()
    for world in (site(first), site(later), site(first, base_url="https://moved.example"), site(first, name="Renamed")):
        [entry] = parsed(feed_files(world)["en/atom.xml"]).entries
        ids.add(entry.id)
    assert ids == {f"urn:uuid:{first.id}"}
    assert entry_id("no-uuid").startswith("urn:uuid:")
    assert entry_id(first.id, "correction 1") != entry_id(first.id, "correction 2")


def test_a_feed_holds_the_newest_and_no_more() -> None:
    checks = [check(number) for number in range(1, MOST + 11)]
    [*entries] = parsed(feed_files(site(*checks))["en/atom.xml"]).entries
    assert [each.link for each in entries] == [
        f"{BASE}/en/checks/carrots-{number}/" for number in range(MOST + 10, 10, -1)
    ]


def test_nothing_private_is_in_a_feed() -> None:
    private = claim(claimant="Nguyen Van Private", claimant_kind="unclassified")
    files = feed_files(site(check(said=statement(claims=(private,), writers=("private-name",)))))
    assert not [name for name, data in files.items() if b"rivate" in data]


def test_the_same_data_gives_the_same_bytes_in_whatever_order_it_came() -> None:
    world = some()
    backwards = replace(world, checks=dict(reversed(list(world.checks.items()))))
    assert feed_files(world) == feed_files(backwards)


@pytest.mark.attack
@given(
    text=st.text(max_size=30)
    | st.sampled_from(
        ["</title><script>alert(1)</script>", "]]>", "<!--", "&amp;&lt;", "\x00\x0b\ufffe", "\ud800", "a\r\nb", "\"'"]
    )
)
@settings(max_examples=50, deadline=None)
def test_whatever_a_title_holds_the_feeds_are_whole(text: str) -> None:
    said = statement(title=text, summary=text, topics=(text,), desk=text)
    withdrawn = statement(act="withdraw", title=text, why=text)
    files = feed_files(site(check(1, said=said), check(2, said=withdrawn), name=text, languages=("en",)))
    for name, data in files.items():
        if name.endswith(".json"):
            valid(data) if text.strip() else json.loads(data)
            continue
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
        assert {element.tag for element in root} <= {
            f"{ATOM}{tag}" for tag in ("id", "title", "updated", "author", "link", "entry")
        }
        assert not root.findall(".//{*}script")
    titles = [each.findtext(f"{ATOM}title") for each in etree.fromstring(files["en/atom.xml"]).iter(f"{ATOM}entry")]
    assert text in titles or not text.isprintable()

"""`factdesk claim`: a claim in its own words, and who may be named for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.actions.desks_of_people import SAID
from tests.cli.newsroom import Newsroom

BRIDGE = "Cầu sẽ đóng từ thứ Hai."


def test_a_claim_is_added_with_who_made_it_where_and_when(newsroom: Newsroom, tmp_path: Path) -> None:
    file = tmp_path / "claim.txt"
    file.write_text(BRIDGE, encoding="utf-8")
    words = ["--claimant", "Sở X", "--claimant-kind", "organisation", "--same-as", "https://sox.example"]
    words += ["--date", "2026-01-31", "--topic", "giao thông", "--kind", "checkable"]
    row = newsroom.read("claim", "add", str(file), *words, "--appearance", newsroom.world.fetched, by="an")
    assert (row["text"], row["language"], row["kind"], row["version"]) == (BRIDGE, "vi", "checkable", 1)
    assert row["claimant"] == {"name": "Sở X", "kind": "organisation", "same_as": ["https://sox.example"]}
    assert row["appearances"][0]["capture"] == newsroom.world.fetched
    shown = newsroom.do("claim", "show", row["id"][-12:]).out
    for part in (BRIDGE, "checkable · vi", "Sở X (an organisation)", "https://sox.example", "made on 2026-01-31"):
        assert f"  {part}\n" in shown
    assert f"captured: {newsroom.world.fetched[-12:]}" in shown
    assert "  giao thông\n" in shown
    assert "Sở X (tổ chức)" in newsroom.do("claim", "show", row["id"], "--ui-language", "vi").out


def test_the_machine_says_what_kind_a_claim_seems_to_be(newsroom: Newsroom) -> None:
    ran = newsroom.do("claim", "add", "I think red is the nicest colour.", by="an")
    assert "The machine takes it for: opinion, since it" in ran.err
    assert f"factdesk claim edit {ran.out[24:36]} --kind KIND" in ran.err
    assert "opinion · en" in ran.out


def test_a_claim_is_shown_and_listed_with_the_checks_about_it(newsroom: Newsroom) -> None:
    check = newsroom.draft()
    line = f"check {check[-12:]}: draft"
    assert line in newsroom.do("claim", "show", newsroom.world.claim).out
    assert line in newsroom.do("claim", "list").out
    row = newsroom.read("claim", "show", newsroom.world.claim)
    assert [each["id"] for each in row["checks"]] == [check]
    rows = newsroom.read("claim", "list")
    assert [each["id"] for each in rows] == [
        newsroom.world.unseen,
        newsroom.world.opinion,
        newsroom.world.claim,
    ]
    assert newsroom.read("claim", "list", "--limit", "1") == rows[:1]


def test_what_is_given_is_changed_and_the_rest_stays(newsroom: Newsroom) -> None:
    own = newsroom.world.claim
    row = newsroom.read("claim", "edit", own, "--claimant", "Ministry X", "--claimant-kind", "organisation", by="an")
    assert (row["text"], row["version"], row["claimant"]["name"]) == (SAID, 2, "Ministry X")
    row = newsroom.read("claim", "edit", own, "--claimant-kind", "public-figure", "--topic", "food", by="an")
    assert (row["claimant"]["kind"], row["topics"]) == ("public figure", ["food"])
    row = newsroom.read("claim", "edit", own, "--claimant", "", by="an")
    assert row["claimant"]["name"] == ""
    assert len(row["appearances"]) == 1


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_list_fits_a_narrow_window(language: str, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    newsroom.draft()
    for words in (["claim", "list"], ["claim", "show", newsroom.world.claim]):
        lines = newsroom.do(*words, "--ui-language", language).out.splitlines()
        assert [line for line in lines if len(line) > 40 and not line.startswith("0")] == []


ADD = ["add", BRIDGE]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([*ADD, "--claimant", "Lan"], 8, "recorded only if it is an organisation or a public figure. Say which"),
        ([*ADD, "--claimant-kind", "organisation"], 2, "It is not said who the claimant is. Name the organisation"),
        ([*ADD, "--same-as", "https://x.example"], 2, "It is not said who the claimant is."),
        (["edit", "{claim}", "--claimant-kind", "organisation"], 2, "It is not said who the claimant is."),
        ([*ADD, "--claimant-kind", "neighbour"], 2, "--claimant-kind takes one of organisation, public-figure"),
        ([*ADD, "--kind", "rumour"], 2, "--kind takes one of checkable,"),
        ([*ADD, "--date", "yesterday"], 3, "yesterday is no day. Write it as 2026-01-31."),
        ([*ADD, "--appearance", "nowhere"], 4, "There is no capture nowhere."),
        ([*ADD, "--appearance", "file:///etc/passwd"], 3, "file:///etc/passwd is no address of a page."),
        (["add", ""], 3, "The message is empty."),
        (["add", "a " * 2_000], 3, "A claim has from 1 to 2,000 characters"),
        (["edit", "{claim}", "--text", " "], 3, "A claim has from 1 to 2,000 characters"),
        (
            ["edit", "00000000", "--kind", "opinion"],
            4,
            "There is no claim 00000000. See them with: factdesk claim list",
        ),
        (["edit", "{claim:.8}", "--kind", "opinion"], 3, "can mean several things"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    words: list[str], code: int, said: str, newsroom: Newsroom
) -> None:
    before = newsroom.read("claim", "list")
    ran = newsroom.do("claim", *(word.format(claim=newsroom.world.claim) for word in words), by="an", code=code)
    assert ran.out == ""
    assert said in ran.err
    assert newsroom.read("claim", "list") == before


def test_showing_what_is_not_there(newsroom: Newsroom) -> None:
    assert "There is no claim zz." in newsroom.do("claim", "show", "zz", code=4).err
    assert "--limit takes a whole number" in newsroom.do("claim", "list", "--limit", "-1", code=2).err
    assert json.loads(newsroom.do("checks", "--json").out) == []


def test_an_appearance_that_was_none_is_left_out(newsroom: Newsroom) -> None:
    claim = newsroom.world.claim
    newsroom.do("claim", "edit", claim, "--appearance", "https://example.org/elsewhere", by="an")
    places = [each["url"] for each in newsroom.read("claim", "show", claim)["appearances"]]
    assert "https://example.org/elsewhere" in places
    newsroom.do("claim", "edit", claim, "--drop-appearance", "https://example.org/elsewhere", by="an")
    left = [each["url"] for each in newsroom.read("claim", "show", claim)["appearances"]]
    assert left == [url for url in places if url != "https://example.org/elsewhere"]
    again = newsroom.do("claim", "edit", claim, "--drop-appearance", "https://example.org/elsewhere", by="an", code=4)
    assert "The claim has no appearance" in again.err

"""What programs read: every file, and the list with which a reader begins to verify the site."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.publish.plain_site import BASE, check, claim, site, statement, told, whole

from factdesk import __version__
from factdesk.interchange.trust_file import read_trust
from factdesk.publish.machine import Page, machine_files, machine_paths, site_json

GONE = check(2, said=statement(act="withdraw", why="It was forged."), bundle=None)
WORLD = site(check(1), GONE)
TRUST = read_trust('social = "https://social.example/@desk"')


def test_every_file_has_its_place() -> None:
    files = machine_files(WORLD, told(WORLD), [Page("/en/")], TRUST)
    feeds = [f"{language}/{name}" for language in ("en", "vi") for name in ("atom.xml", "feed.json")]
    corrections = [f"{language}/corrections.{kind}" for language in ("en", "vi") for kind in ("xml", "json")]
    own = ["data/datafeed.json", "data/heads.json", "data/site.json", "sitemap.xml", "robots.txt"]
    own += ["trust.txt", ".well-known/trust.txt"]
    assert sorted(files) == sorted([*feeds, *corrections, *own])
    assert machine_paths(WORLD.desk, TRUST) == set(files)
    assert machine_paths(WORLD.desk) == set(machine_files(WORLD, told(WORLD)))


def test_the_list_names_each_check_with_what_proves_it() -> None:
    made = json.loads(site_json(WORLD.desk, {own: line for own, (_, line) in told(WORLD).items()}))
    assert (made["format"], made["version"], made["url"]) == ("factdesk-site", 1, BASE)
    assert made["generator"] == f"factdesk {__version__}"
    assert made["log"] == {"seq": 42, "hash": "ef" * 32}
    first, gone = made["checks"]
    one = next(each for each in whole(WORLD) if each.id == first["id"])
    assert first == {
        "id": one.id,
        "language": "en",
        "page": "/en/checks/carrots-1/",
        "act": "publish",
        "number": 1,
        "published": "2026-01-03T03:04:05Z",
        "changed": "2026-01-03T03:04:05Z",
        "statement": one.statement.digest,
        "signer": "ab" * 32,
        "bundle": {"path": "/bundles/carrots-1-1.wacz", "sha256": "cd" * 32, "size": 1234},
    }
    assert (gone["act"], gone["bundle"]) == ("withdraw", None)


def test_the_same_data_gives_the_same_bytes() -> None:
    backwards = replace(WORLD, checks=dict(reversed(list(WORLD.checks.items()))))
    pages = [Page("/en/"), Page("/vi/")]
    files = machine_files(WORLD, told(WORLD), pages, TRUST)
    assert files == machine_files(backwards, told(backwards), reversed(pages), TRUST)


def test_nothing_private_is_in_any_of_them() -> None:
    private = claim(
        claimant="Nguyen Van Private", claimant_kind="unclassified", claimant_same_as=("https://p.example",)
    )
    world = site(check(said=statement(claims=(private,), writers=("private-name",))))
    files = machine_files(world, told(world))
    assert not [name for name, data in files.items() if b"rivate" in data or b"p.example" in data]

"""A published site is verified by whoever reads it, and what anybody changed on it is found, and where."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.actions.desks_of_people import World
from tests.publish.browsing import served
from tests.publish.site_copies import (
    URL,
    bundle_of,
    edit,
    failed,
    listed,
    page_of,
    pinned,
    relist,
    steps_of,
    unchecked,
)
from tests.publish.site_edits import CORRECTED, PLAIN

from factdesk.errors import InputError, NotFoundError
from factdesk.publish.site_source import Folder, web
from factdesk.publish.verify_site import verify_site
from factdesk.queries.verify_held import How

OWN_PAGES = ("about", "funding", "methods", "contact", "tip", "scale", "people", "log", "balance")


def test_a_site_says_what_was_signed(verified_site: Path, press: World) -> None:
    steps = steps_of(verified_site, pinned(press))
    assert not failed(steps)
    assert not unchecked(steps)
    pages = {each.subject for each in steps if each.name == "page"} - {"cards/"}
    assert {each["page"] for each in listed(verified_site)} < pages
    kinds = ("", "checks/", "sources/00000000001b/", "corrections/", "ratings/false/", "atom.xml", "corrections.json")
    assert {f"/en/{kind}" for kind in kinds} < pages
    assert {"/vi/", "/vi/checks/", "/vi/feed.json", "/vi/sources/00000000001b/"} < pages
    assert not pages & {f"/en/{name}/" for name in OWN_PAGES}
    assert {each.outcome for each in steps if each.name == "signature"} == {"pass"}


def test_a_site_cannot_vouch_for_itself(verified_site: Path) -> None:
    steps = steps_of(verified_site)
    assert not failed(steps)
    assert {each.outcome for each in steps if each.name == "signature"} == {"not checked"}


def test_texts_are_made_again_from_the_bundles(verified_site: Path, press: World) -> None:
    steps = list(verify_site(Folder(verified_site), How(pins=pinned(press))))
    assert {each.outcome for each in steps if each.name == "text"} == {"pass"}


def test_a_site_is_verified_by_its_address(verified_site: Path, press: World) -> None:
    with served(verified_site) as url:
        steps = list(verify_site(web(f"{url}/", allow_private=True), How(quick=True, pins=pinned(press))))
    assert not failed(steps)
    assert unchecked(steps) == [
        ("data/site.json", f"It says that its address is {URL}: this is a copy of it, or it moved.")
    ]
    passed = [each.subject for each in steps if each.name == "page" and each.outcome == "pass"]
    assert set(passed) == {each.subject for each in steps_of(verified_site) if each.name == "page"} - {"cards/"}


@pytest.mark.attack
def test_styles_and_scripts_that_are_not_ours_are_said(site_copy: Path) -> None:
    with (site_copy / "static/site.css").open("a") as file:
        file.write('.word::after { content: " (not at all)" }')
    edit(page_of(site_copy, PLAIN), "</head>", '<script src="../../../static/theme.js"></script></head>')
    (site_copy / "static/theme.js").write_text("document.body.innerHTML = 'True'")
    (site_copy / "static/search.js").write_text("document.body.innerHTML = 'True'")
    (site_copy / "static/print.css").unlink()
    steps = steps_of(site_copy)
    assert not failed(steps)
    wrong = ["print.css", "search.js", "site.css", "theme.js"]
    assert [subject for subject, _ in unchecked(steps)] == [f"/static/{each}" for each in wrong]


@pytest.mark.attack
@pytest.mark.parametrize(
    "url",
    ["https://elsewhere.example/a", "//elsewhere.example/a", "/\\elsewhere.example/a", " HTTPS://elsewhere.example"],
)
def test_what_is_loaded_from_somewhere_else_is_found(site_copy: Path, url: str) -> None:
    edit(page_of(site_copy, PLAIN), "</head>", f'<script src="{url}"></script></head>')
    edit(page_of(site_copy, CORRECTED), "</head>", f'<link rel="x StyleSheet" href="{url}"></head>')
    found = failed(steps_of(site_copy))
    assert [subject for subject, _ in found] == [listed(site_copy)[which]["page"] for which in (PLAIN, CORRECTED)]
    assert all("from somewhere else" in why for _, why in found)


@pytest.mark.attack
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("statement", "0" * 64),
        ("signer", "0" * 64),
        ("act", "withdraw"),
        ("number", 2),
        ("changed", "2027-01-13T16:50:58Z"),
        ("published", "2025-01-13T16:50:57Z"),
    ],
)
def test_a_list_that_says_something_else_is_found(site_copy: Path, field: str, value: object) -> None:
    relist(site_copy, PLAIN, **{field: value})
    found = failed(steps_of(site_copy))
    assert (listed(site_copy)[PLAIN]["page"], True) in [(subject, f"as its {field}" in why) for subject, why in found]


@pytest.mark.attack
@pytest.mark.parametrize(
    "fields",
    [
        {"page": "/en/checks/../../../etc/passwd/"},
        {"page": "/en/checks/another-111111/"},
        {"page": "https://elsewhere.example/en/checks/a-000000/"},
        {"page": "/en/checks/a-second-check-of-carrots-000009/"},
        {"id": "019b7ca5-cf80-7000-8000-010000000009"},
        {"id": 7},
        {"language": "vi"},
        {"number": -1},
        {"number": True},
        {"act": "praise"},
        {"published": "yesterday"},
        {"published": "2026-01-13T16:50:58"},
        {"bundle": {"path": "/../secret.wacz", "sha256": "0" * 64, "size": 1}},
        {"bundle": {"path": "/bundles/a.wacz", "sha256": "0", "size": 1}},
        {"bundle": []},
        {"statement": "\u202e"},
    ],
)
def test_a_list_that_is_none_is_refused(site_copy: Path, fields: dict[str, Any]) -> None:
    relist(site_copy, PLAIN, **fields)
    with pytest.raises(InputError, match="no list of a site's checks"):
        steps_of(site_copy)


@pytest.mark.attack
@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"[" * 200_000, b'{"format":"factdesk-site","version":1,"checks":7}', b"\xff", b"1e999999"],
)
def test_what_is_no_list_at_all_is_refused(site_copy: Path, data: bytes) -> None:
    (site_copy / "data/site.json").write_bytes(data)
    with pytest.raises(InputError, match="no list of a site's checks"):
        steps_of(site_copy)
    (site_copy / "data/site.json").unlink()
    with pytest.raises(NotFoundError):
        steps_of(site_copy)


def test_a_site_without_checks_is_no_pass(site_copy: Path) -> None:
    file = site_copy / "data/site.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"checks": []}))
    steps = steps_of(site_copy)
    assert ("data/site.json", "The site lists no check.") in unchecked(steps)
    # And the checks that stand there all the same are found.
    assert len([why for _, why in failed(steps) if "does not list" in why]) == 8
    assert not [each for each in steps if each.outcome == "pass"]


@pytest.mark.attack
@pytest.mark.parametrize("share", [0, 0.2, 0.5, 0.8, 0.999])
def test_a_byte_of_a_bundle_is_found(site_copy: Path, share: float) -> None:
    bundle = bundle_of(site_copy, PLAIN)
    data = bytearray(bundle.read_bytes())
    data[int(len(data) * share)] ^= 1
    bundle.write_bytes(data)
    found = failed(steps_of(site_copy))
    path = f"/bundles/{bundle.name}"
    assert (path, True) in [(subject, "Its digest is" in why) for subject, why in found]
    assert any(subject.startswith(f"{path} ") or "changed" in why for subject, why in found[1:])


@pytest.mark.attack
def test_the_bundle_of_another_check_is_found(site_copy: Path) -> None:
    bundle_of(site_copy, PLAIN).write_bytes(bundle_of(site_copy, CORRECTED).read_bytes())
    bundle = listed(site_copy)[PLAIN]["bundle"]
    relist(site_copy, PLAIN, bundle=bundle | {"sha256": listed(site_copy)[CORRECTED]["bundle"]["sha256"]})
    found = failed(steps_of(site_copy))
    assert [subject for subject, why in found if "no publication of this check" in why] == [
        listed(site_copy)[PLAIN]["page"]
    ]


@pytest.mark.attack
@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), bytes(1 << 20)])
def test_what_is_no_bundle_is_found(site_copy: Path, data: bytes) -> None:
    bundle = bundle_of(site_copy, PLAIN)
    bundle.write_bytes(data)
    assert {subject for subject, _ in failed(steps_of(site_copy))} == {f"/bundles/{bundle.name}"}


@pytest.mark.attack
def test_a_bundle_that_unpacks_to_far_more_is_found(site_copy: Path) -> None:
    with zipfile.ZipFile(bundle_of(site_copy, PLAIN), "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("factdesk/manifest.json", bytes(8 << 20))
    assert any("no publication of this check" in why for _, why in failed(steps_of(site_copy)))


@pytest.mark.attack
@pytest.mark.parametrize("where", ["page", "bundle"])
def test_what_is_missing_is_found(site_copy: Path, where: str) -> None:
    (page_of if where == "page" else bundle_of)(site_copy, PLAIN).unlink()
    named = listed(site_copy)[PLAIN]
    assert failed(steps_of(site_copy)) == [
        (named["page"] if where == "page" else named["bundle"]["path"], "There is no such file.")
    ]


def test_a_check_without_a_bundle_was_not_checked(site_copy: Path) -> None:
    relist(site_copy, PLAIN, bundle=None)
    assert [subject for subject, why in unchecked(steps_of(site_copy)) if "has no bundle" in why] == [
        listed(site_copy)[PLAIN]["page"]
    ]


@pytest.mark.attack
@pytest.mark.parametrize("where", ["en/checks/another-111111/index.html", "en/new/index.html", "Một Trang.html"])
def test_a_page_of_a_check_that_is_not_listed_is_found(site_copy: Path, where: str) -> None:
    (site_copy / where).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(page_of(site_copy, PLAIN), site_copy / where)
    assert failed(steps_of(site_copy)) == [
        ("/" + where.removesuffix("index.html"), "It is a page of a check that the site does not list.")
    ]


@pytest.mark.attack
def test_a_check_that_the_sitemap_has_and_the_list_has_not_is_found(site_copy: Path) -> None:
    edit(site_copy / "sitemap.xml", "</urlset>", f"<url><loc>{URL}/en/checks/another-111111/</loc></url></urlset>")
    with served(site_copy) as url:
        found = failed(verify_site(web(url, allow_private=True), How(quick=True)))
    assert [subject for subject, _ in found] == ["/en/checks/another-111111/"]


@pytest.mark.attack
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"ratingValue":1', '"ratingValue":4', "entry in the feed"),
        ('"url":"https://desk.example/en/checks/carrots', '"url":"https://desk.example/en/checks/parrots', "no entry"),
        ('"item":null', '"item":[]', "entry in the feed"),
        (
            '"dataFeedElement":[',
            '"dataFeedElement":[{"url":"https://desk.example/x"},',
            "which the site does not list",
        ),
        ('"dataFeedElement":[', '"dataFeedElement":[1,', "no feed of data"),
        ('"dataFeedElement"', '"elements"', "no feed of data"),
        ("{", "", "no feed of data"),
    ],
)
def test_an_edit_of_the_feed_is_found(site_copy: Path, old: str, new: str, reason: str) -> None:
    edit(site_copy / "data/datafeed.json", old, new)
    assert any(reason in why for _, why in failed(steps_of(site_copy)))


@pytest.mark.attack
def test_links_that_lead_out_of_a_folder_are_not_followed(site_copy: Path, tmp_path: Path) -> None:
    page = page_of(site_copy, PLAIN)
    shutil.move(page, tmp_path / "outside.html")
    page.symlink_to(tmp_path / "outside.html")
    assert failed(steps_of(site_copy)) == [(listed(site_copy)[PLAIN]["page"], "There is no such file.")]

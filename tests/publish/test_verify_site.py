"""A published site is verified by whoever reads it, and what anybody changed on it is found, and where."""

from __future__ import annotations

import io
import json
import re
import shutil
import socket
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest
from tests.actions.desks_of_people import World, again, clock_from, copied, opened, published, written
from tests.capture.servers import serving
from tests.publish.browsing import served
from tests.publish.hostile_site import site_of
from tests.publish.payloads import PAYLOADS
from tests.publish.site_edits import CORRECTED, EDITS, HIDING, PLAIN, WHY

from factdesk.actions.publish import publish
from factdesk.actions.sign import sign
from factdesk.actions.workflow import correct, withdraw
from factdesk.domain.keys import fingerprint
from factdesk.domain.verification import Step
from factdesk.errors import InputError, NetworkError, NotFoundError, RefusedAddressError
from factdesk.publish.build import build
from factdesk.publish.remade import our_page
from factdesk.publish.site_source import Folder, web
from factdesk.publish.verify_page import page_steps
from factdesk.publish.verify_site import verify_site
from factdesk.queries.verify_held import How

URL = "https://desk.example"
WRONG = "We wrote that nobody needs vitamin A."


@pytest.fixture(scope="session")
def verified_site(press: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a check, a corrected one, one that was withdrawn, and one in Vietnamese; never changed by a test."""
    folder = tmp_path_factory.mktemp("verified")
    with opened(copied(press, folder / "press"), clock_from(1)) as desk:
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


@pytest.fixture
def site(verified_site: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(verified_site, tmp_path / "site"))


def pinned(press: World) -> dict[str, str]:
    return {fingerprint(press.keys["binh"].public): "Bình, Test desk"}


def steps_of(site: Path, pins: dict[str, str] | None = None) -> list[Step]:
    return list(verify_site(Folder(site), How(quick=True, pins=pins or {})))


def failed(steps: Iterable[Step]) -> list[tuple[str, str]]:
    return [(each.subject, str(each.reason)) for each in steps if each.outcome == "fail"]


def unchecked(steps: Iterable[Step]) -> list[tuple[str, str]]:
    """Of pages; a bundle has its own."""
    return [(each.subject, str(each.reason)) for each in steps if each.name == "page" and each.outcome == "not checked"]


def listed(site: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "data/site.json").read_bytes())["checks"]
    return found


def page_of(site: Path, which: int) -> Path:
    path: str = listed(site)[which]["page"]
    return site / path.strip("/") / "index.html"


def edit(file: Path, old: str, new: str, count: int = 1) -> None:
    text = file.read_text("utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new, count), encoding="utf-8")


def test_a_site_says_what_was_signed(verified_site: Path, press: World) -> None:
    steps = steps_of(verified_site, pinned(press))
    assert not failed(steps)
    assert not unchecked(steps)
    assert [each.subject for each in steps if each.name == "page"] == [each["page"] for each in listed(verified_site)]
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
    assert len([each for each in steps if each.name == "page" and each.outcome == "pass"]) == 4


@pytest.mark.attack
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_a_page_is_found(verified_site: Path, name: str) -> None:
    which, old, new, reason = EDITS[name]
    found = failed(edited(verified_site, which, old, new))
    assert {subject for subject, _ in found} == {listed(verified_site)[which]["page"]}
    assert any(reason in why for _, why in found), found


@pytest.mark.attack
@pytest.mark.parametrize("name", HIDING)
def test_what_hides_or_changes_what_is_shown_is_found(verified_site: Path, name: str) -> None:
    old, new, reason = HIDING[name]
    found = failed(edited(verified_site, PLAIN, old, new))
    assert {subject for subject, _ in found} == {listed(verified_site)[PLAIN]["page"]}
    assert any(re.search(reason.replace("(", "[(]"), why) for _, why in found), found


BESIDE: dict[str, tuple[str, str]] = {
    "a paragraph more": ("</article>", "<p>In truth they do.</p></article>"),
    "colours of another answer": ("verdict low", "verdict high"),
    "what says it is signed": ('<p class="label">Our rating</p>', '<p class="label">Not our rating</p>'),
    "a banner before it": ('<main class="wrap"', '<p>This check was withdrawn.</p><main class="wrap"'),
    "a picture after it": ("</main>", '</main><img src="/static/true.png" alt="True">'),
    "no promise about rules": ("No rule of ours was set aside", "All rules of ours were set aside"),
}


@pytest.mark.attack
@pytest.mark.parametrize("name", BESIDE)
def test_what_stands_beside_the_signed_parts_is_said(verified_site: Path, name: str) -> None:
    steps = edited(verified_site, PLAIN, *BESIDE[name])
    assert not failed(steps)
    ((subject, why),) = unchecked(steps)
    assert subject == listed(verified_site)[PLAIN]["page"]
    assert "Beside what was signed" in why


@pytest.mark.attack
def test_styles_and_scripts_that_are_not_ours_are_said(site: Path) -> None:
    with (site / "static/site.css").open("a") as file:
        file.write('.word::after { content: " (not at all)" }')
    edit(page_of(site, PLAIN), "</head>", '<script src="../../../static/theme.js"></script></head>')
    (site / "static/theme.js").write_text("document.body.innerHTML = 'True'")
    steps = steps_of(site)
    assert not failed(steps)
    assert [subject for subject, _ in unchecked(steps)] == ["/static/site.css", "/static/theme.js"]


@pytest.mark.attack
@pytest.mark.parametrize(
    "url",
    ["https://elsewhere.example/a", "//elsewhere.example/a", "/\\elsewhere.example/a", " HTTPS://elsewhere.example"],
)
def test_what_is_loaded_from_somewhere_else_is_found(site: Path, url: str) -> None:
    edit(page_of(site, PLAIN), "</head>", f'<script src="{url}"></script></head>')
    edit(page_of(site, CORRECTED), "</head>", f'<link rel="x StyleSheet" href="{url}"></head>')
    found = failed(steps_of(site))
    assert [subject for subject, _ in found] == [listed(site)[which]["page"] for which in (PLAIN, CORRECTED)]
    assert all("from somewhere else" in why for _, why in found)


THEME = """{% extends "base.html" %}
{% block head %}{{ json_ld|safe }}{% endblock %}
{% block main %}
<article data-check="{{ check.id }}" data-rating="{{ said.rating.key }}" data-statement="{{ said.digest }}">
<h1 data-fd="title">{{ said.title }}</h1><!-- a theme -->
<div><p>Our answer:</p>
<p data-fd="rating">{{ rating }}</p><p data-fd="definition">{{ said.rating.definition }}</p></div>
{% for claim in check.claims %}<p data-fd="claim">“{{ claim.text }}”</p>{% endfor %}
<p data-fd="summary">{{ said.summary }}</p>
<div data-fd="body" class="mine">{{ body|safe }}</div>
{% for each, source, stance in quotations %}
<blockquote id="e{{ each.number }}" data-fd="quotation">“{{ each.quotation }}”</blockquote>
{% endfor %}
{% for line in unchecked %}<p data-fd="unchecked">{{ line }}</p>{% endfor %}
<p>By <span data-fd="authors">{{ said.authors|join(", ") }}</span></p>
<code data-fd="fingerprint">{{ fingerprint }}</code>
</article>
{% endblock %}
"""


def relist(site: Path, which: int, **fields: Any) -> None:
    file = site / "data/site.json"
    read = json.loads(file.read_bytes())
    read["checks"][which] |= fields
    file.write_text(json.dumps(read), encoding="utf-8")


@pytest.mark.attack
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("statement", "0" * 64),
        ("signer", "0" * 64),
        ("act", "withdraw"),
        ("number", 2),
        ("changed", "2026-01-13T16:50:58Z"),
        ("published", "2025-01-13T16:50:57Z"),
    ],
)
def test_a_list_that_says_something_else_is_found(site: Path, field: str, value: object) -> None:
    relist(site, PLAIN, **{field: value})
    found = failed(steps_of(site))
    assert (listed(site)[PLAIN]["page"], True) in [(subject, f"as its {field}" in why) for subject, why in found]


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
def test_a_list_that_is_none_is_refused(site: Path, fields: dict[str, Any]) -> None:
    relist(site, PLAIN, **fields)
    with pytest.raises(InputError, match="no list of a site's checks"):
        steps_of(site)


@pytest.mark.attack
@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"[" * 200_000, b'{"format":"factdesk-site","version":1,"checks":7}', b"\xff", b"1e999999"],
)
def test_what_is_no_list_at_all_is_refused(site: Path, data: bytes) -> None:
    (site / "data/site.json").write_bytes(data)
    with pytest.raises(InputError, match="no list of a site's checks"):
        steps_of(site)
    (site / "data/site.json").unlink()
    with pytest.raises(NotFoundError):
        steps_of(site)


def test_a_site_without_checks_is_no_pass(site: Path) -> None:
    file = site / "data/site.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"checks": []}))
    steps = steps_of(site)
    assert ("data/site.json", "The site lists no check.") in unchecked(steps)
    # And the checks that stand there all the same are found.
    assert len([why for _, why in failed(steps) if "does not list" in why]) == 8
    assert not [each for each in steps if each.outcome == "pass"]


@dataclass(frozen=True)
class Edited(Folder):
    """A site of one check of a folder's, with its page edited, without a copy of all of it."""

    which: int = 0
    page: bytes = b""

    def open(self, path: str, most: int) -> IO[bytes]:
        if path == listed(self.folder)[self.which]["page"]:
            return io.BytesIO(self.page)
        if path in ("/data/site.json", "/data/datafeed.json"):
            read = json.loads((self.folder / path[1:]).read_bytes())
            name = "checks" if "checks" in read else "dataFeedElement"
            read[name] = [read[name][self.which]]
            return io.BytesIO(json.dumps(read).encode())
        return super().open(path, most)

    def pages(self, base_url: str) -> Iterator[str]:
        return (path for path in super().pages(base_url) if path == listed(self.folder)[self.which]["page"])


def edited(site: Path, which: int, old: str, new: str) -> list[Step]:
    """The steps of a check whose page was edited."""
    text = page_of(site, which).read_text("utf-8")
    assert old in text, old
    page = text.replace(old, new, 1).encode()
    return list(verify_site(Edited(site, which=which, page=page), How(quick=True)))


def bundle_of(site: Path, which: int) -> Path:
    path: str = listed(site)[which]["bundle"]["path"]
    return site / path[1:]


@pytest.mark.attack
@pytest.mark.parametrize("share", [0, 0.2, 0.5, 0.8, 0.999])
def test_a_byte_of_a_bundle_is_found(site: Path, share: float) -> None:
    bundle = bundle_of(site, PLAIN)
    data = bytearray(bundle.read_bytes())
    data[int(len(data) * share)] ^= 1
    bundle.write_bytes(data)
    found = failed(steps_of(site))
    path = f"/bundles/{bundle.name}"
    assert (path, True) in [(subject, "Its digest is" in why) for subject, why in found]
    assert any(subject.startswith(f"{path} ") or "changed" in why for subject, why in found[1:])


@pytest.mark.attack
def test_the_bundle_of_another_check_is_found(site: Path) -> None:
    bundle_of(site, PLAIN).write_bytes(bundle_of(site, CORRECTED).read_bytes())
    bundle = listed(site)[PLAIN]["bundle"]
    relist(site, PLAIN, bundle=bundle | {"sha256": listed(site)[CORRECTED]["bundle"]["sha256"]})
    found = failed(steps_of(site))
    assert [subject for subject, why in found if "no publication of this check" in why] == [listed(site)[PLAIN]["page"]]


@pytest.mark.attack
@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), bytes(1 << 20)])
def test_what_is_no_bundle_is_found(site: Path, data: bytes) -> None:
    bundle = bundle_of(site, PLAIN)
    bundle.write_bytes(data)
    assert {subject for subject, _ in failed(steps_of(site))} == {f"/bundles/{bundle.name}"}


@pytest.mark.attack
def test_a_bundle_that_unpacks_to_far_more_is_found(site: Path) -> None:
    with zipfile.ZipFile(bundle_of(site, PLAIN), "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("factdesk/manifest.json", bytes(8 << 20))
    assert any("no publication of this check" in why for _, why in failed(steps_of(site)))


@pytest.mark.attack
@pytest.mark.parametrize("where", ["page", "bundle"])
def test_what_is_missing_is_found(site: Path, where: str) -> None:
    (page_of if where == "page" else bundle_of)(site, PLAIN).unlink()
    named = listed(site)[PLAIN]
    assert failed(steps_of(site)) == [
        (named["page"] if where == "page" else named["bundle"]["path"], "There is no such file.")
    ]


def test_a_check_without_a_bundle_was_not_checked(site: Path) -> None:
    relist(site, PLAIN, bundle=None)
    assert [subject for subject, why in unchecked(steps_of(site)) if "has no bundle" in why] == [
        listed(site)[PLAIN]["page"]
    ]


@pytest.mark.attack
@pytest.mark.parametrize("where", ["en/checks/another-111111/index.html", "en/new/index.html", "hidden.html"])
def test_a_page_of_a_check_that_is_not_listed_is_found(site: Path, where: str) -> None:
    (site / where).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(page_of(site, PLAIN), site / where)
    assert failed(steps_of(site)) == [
        ("/" + where.removesuffix("index.html"), "It is a page of a check that the site does not list.")
    ]


@pytest.mark.attack
def test_a_check_that_the_sitemap_has_and_the_list_has_not_is_found(site: Path) -> None:
    edit(site / "sitemap.xml", "</urlset>", f"<url><loc>{URL}/en/checks/another-111111/</loc></url></urlset>")
    with served(site) as url:
        found = failed(verify_site(web(url, allow_private=True), How(quick=True)))
    assert [subject for subject, _ in found] == ["/en/checks/another-111111/"]


@pytest.mark.attack
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"ratingValue":1', '"ratingValue":4', "entry in the feed"),
        ('"url":"https://desk.example/en/checks/carrots', '"url":"https://desk.example/en/checks/parrots', "no entry"),
        ('"item":null', '"item":[]', "entry in the feed"),
        ('"dataFeedElement":[', '"dataFeedElement":[{"url":"https://desk.example/x"},', "which the site does not list"),
        ('"dataFeedElement":[', '"dataFeedElement":[1,', "no feed of data"),
        ('"dataFeedElement"', '"elements"', "no feed of data"),
        ("{", "", "no feed of data"),
    ],
)
def test_an_edit_of_the_feed_is_found(site: Path, old: str, new: str, reason: str) -> None:
    edit(site / "data/datafeed.json", old, new)
    assert any(reason in why for _, why in failed(steps_of(site)))


@pytest.mark.attack
def test_links_that_lead_out_of_a_folder_are_not_followed(site: Path, tmp_path: Path) -> None:
    page = page_of(site, PLAIN)
    shutil.move(page, tmp_path / "outside.html")
    page.symlink_to(tmp_path / "outside.html")
    assert failed(steps_of(site)) == [(listed(site)[PLAIN]["page"], "There is no such file.")]


@pytest.mark.attack
@pytest.mark.parametrize(
    "html",
    [b"<div>" * 1_000_000, b"<b>" * 50_000 + b"<p>" * 50_000, b"<p " + b"a=b " * 500_000 + b">", bytes(20 << 20)],
    ids=["deep", "formatting", "attributes", "large"],
)
def test_a_page_that_takes_a_parser_forever_is_found_at_once(verified_site: Path, html: bytes) -> None:
    source = Edited(verified_site, which=PLAIN, page=b"<!DOCTYPE html>" + html)
    found = failed(verify_site(source, How(quick=True)))
    assert {subject for subject, _ in found} == {listed(verified_site)[PLAIN]["page"]}


@pytest.mark.attack
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (
            "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n",
            "redirects more",
        ),
        ("HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n", "redirects more"),
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "status 404"),
        (f"HTTP/1.1 200 OK\r\nContent-Length: {1 << 40}\r\n\r\n", "sends more than"),
    ],
)
def test_a_server_that_leads_away_or_sends_too_much(answer: str, error: str) -> None:
    def respond(client: socket.socket, _head: bytes) -> None:
        client.sendall(answer.encode())

    with serving(respond) as server, pytest.raises(NetworkError, match=error):
        list(verify_site(web(server.url("/"), allow_private=True), How(quick=True)))


@pytest.mark.attack
def test_a_list_that_never_ends_is_cut_off() -> None:
    packed = zlib.compressobj(1, zlib.DEFLATED, 31)
    bomb = packed.compress(bytes(80 << 20)) + packed.flush()

    def respond(client: socket.socket, _head: bytes) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n"
        client.sendall(head.encode() + bomb)

    with serving(respond) as server, pytest.raises(NetworkError, match="sends more than 64 MB"):
        list(verify_site(web(server.url("/"), allow_private=True), How(quick=True)))


@pytest.mark.attack
def test_a_private_network_is_refused(verified_site: Path) -> None:
    with served(verified_site) as url, pytest.raises(RefusedAddressError):
        list(verify_site(web(url), How(quick=True)))


@pytest.mark.parametrize("path", ["/a/../b", "//a", "/.hidden", "a", "/a/%2e%2e/", "/A?b", "/a/..", "/a b"])
def test_a_path_leads_nowhere_else(tmp_path: Path, path: str) -> None:
    for source in (Folder(tmp_path), web("https://desk.example")):
        with pytest.raises(InputError, match="no path of a site"):
            source.open(path, 1)


@pytest.mark.attack
@pytest.mark.parametrize("text", [*PAYLOADS, "Data: what javascript: is", "a &notit b &amp;amp; c", "x\u2028y", "“”"])
def test_no_text_of_a_check_is_taken_for_an_edit(text: str) -> None:
    site = site_of(text)
    for check in site.checks.values():
        _, page = our_page(site, check)
        found = list(page_steps(page, site, check))
        assert [each.outcome for each in found] == ["pass"], found


def test_a_theme_of_the_desk_keeps_what_is_signed(press: World, tmp_path: Path) -> None:
    with opened(copied(press, tmp_path / "press"), clock_from(1)) as desk:
        published(desk, press)
        own = desk.config.folder / "site" / "templates"
        own.mkdir(parents=True)
        (own / "check.html").write_text(THEME, encoding="utf-8")
        build(desk, tmp_path / "site", URL)
    steps = steps_of(tmp_path / "site")
    assert not failed(steps)
    assert ["Beside what was signed" in why for _, why in unchecked(steps)] == [True]
    edit(page_of(tmp_path / "site", PLAIN), "vitamin A, and most", "vitamin C, and most")
    assert any("vitamin C" in why for _, why in failed(steps_of(tmp_path / "site")))


@pytest.mark.attack
@pytest.mark.parametrize("mark", ["rating", "body", "unchecked", "quotation", "fingerprint"])
def test_a_theme_that_leaves_out_what_must_be_there(press: World, tmp_path: Path, mark: str) -> None:
    with opened(copied(press, tmp_path / "press"), clock_from(1)) as desk:
        published(desk, press)
        own = desk.config.folder / "site" / "templates"
        own.mkdir(parents=True)
        (own / "check.html").write_text(THEME.replace(f'data-fd="{mark}"', ""), encoding="utf-8")
        build(desk, tmp_path / "site", URL)
    assert failed(steps_of(tmp_path / "site"))

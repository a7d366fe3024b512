"""A published site is verified by whoever reads it, and what anybody changed on it is found, and where."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from tests.actions.desks_of_people import World, again, clock_from, copied, opened, published, written
from tests.publish.browsing import served
from tests.publish.site_edits import EDITS, HIDING, PLAIN, WHY

from factdesk.actions.publish import publish
from factdesk.actions.sign import sign
from factdesk.actions.workflow import correct, withdraw
from factdesk.domain.keys import fingerprint
from factdesk.domain.verification import Step
from factdesk.publish.build import build
from factdesk.publish.site_source import Folder, web
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
def test_an_edit_of_a_page_is_found(site: Path, name: str) -> None:
    which, old, new, reason = EDITS[name]
    edit(page_of(site, which), old, new)
    found = failed(steps_of(site))
    assert {subject for subject, _ in found} == {listed(site)[which]["page"]}
    assert any(reason in why for _, why in found), found


@pytest.mark.attack
@pytest.mark.parametrize("name", HIDING)
def test_what_hides_or_changes_what_is_shown_is_found(site: Path, name: str) -> None:
    old, new, reason = HIDING[name]
    edit(page_of(site, PLAIN), old, new)
    found = failed(steps_of(site))
    assert {subject for subject, _ in found} == {listed(site)[PLAIN]["page"]}
    assert any(re.search(reason.replace("(", "[(]"), why) for _, why in found), found

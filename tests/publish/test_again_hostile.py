"""What may stand in a site, beside it, or in what is kept of it, and must not come into the site built again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from tests.actions.desks_of_people import World, begun, published, written
from tests.publish.test_again import URL, another, built_both, corrected
from tests.publish.test_build import contents

from factdesk.actions.keys import revoke_key
from factdesk.domain.keys import fingerprint
from factdesk.publish import spare
from factdesk.publish.build import build
from factdesk.queries.desk import Desk


@pytest.fixture(autouse=True)
def _spare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every site has a spare folder."""
    monkeypatch.setattr(spare, "LARGE", 1)


def test_a_preview_in_the_same_folder(press_desk: Desk, press: World, tmp_path: Path) -> None:
    """Each knows how the spare folder stood when it was done itself."""
    published(press_desk, press)
    built_both(press_desk, tmp_path)
    own = another(press_desk, press)
    built_both(press_desk, tmp_path)
    site = tmp_path / "site"
    build(press_desk, site, URL, drafts=True)
    another(press_desk, press, "Third of them")
    build(press_desk, site, URL, drafts=True)
    another(press_desk, press, "Fourth of them")
    for number in range(3):
        built_both(press_desk, tmp_path)
        build(press_desk, site, URL, drafts=True)
        build(press_desk, tmp_path / "drafts", URL, drafts=True, anew=True)
        assert contents(site) == contents(tmp_path / "drafts")
        another(press_desk, press, f"Number {number}")
    assert own


def test_the_same_folder_by_another_name(press_desk: Desk, press: World, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "named").symlink_to(tmp_path / "real")
    published(press_desk, press)
    for number in range(3):
        for name in ("real", "named", "named"):
            another(press_desk, press, f"Number {number} {name}")
            build(press_desk, tmp_path / name / "site", URL)
            build(press_desk, tmp_path / "anew", URL, anew=True)
            assert contents(tmp_path / "real/site") == contents(tmp_path / "anew")


def test_a_preview_whose_first_draft_comes(press_desk: Desk, press: World, tmp_path: Path) -> None:
    published(press_desk, press)
    site = tmp_path / "site"
    build(press_desk, site, URL, drafts=True)
    begun(press_desk, written(press, title="The draft of a quokka"))
    build(press_desk, site, URL, drafts=True)
    build(press_desk, tmp_path / "anew", URL, drafts=True, anew=True)
    assert contents(site) == contents(tmp_path / "anew")


@pytest.mark.parametrize("what", ["half", "file", "link", "stray", "folder"])
def test_a_spare_folder_that_somebody_changed(press_desk: Desk, press: World, tmp_path: Path, what: str) -> None:
    published(press_desk, press)
    built_both(press_desk, tmp_path)
    folder = spare.spare_of(tmp_path / "site")
    if what == "half":
        shutil.rmtree(folder / "en")
    elif what == "stray":
        (folder / "en/stray.html").write_text("stray")
    elif what == "folder":
        (folder / "en/index.html").unlink()
        (folder / "en/index.html").mkdir()
    else:
        shutil.rmtree(folder)
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine/letter").write_text("mine")
        folder.symlink_to(tmp_path / "mine") if what == "link" else folder.write_text("mine")
    another(press_desk, press)
    built_both(press_desk, tmp_path)
    another(press_desk, press, "Third of them")
    built_both(press_desk, tmp_path)
    assert what != "link" or (tmp_path / "mine/letter").read_text() == "mine"


@pytest.mark.parametrize("what", ["folder", "folders", "link", "dangling", "linked folder", "file"])
def test_what_is_no_file_in_the_site(press_desk: Desk, press: World, tmp_path: Path, what: str) -> None:
    published(press_desk, press)
    built_both(press_desk, tmp_path)
    page = tmp_path / "site/en/about/index.html"
    text = page.read_bytes()
    page.unlink()
    if what == "folder":
        page.mkdir()
        (page / "within").write_text("x")
    elif what == "folders":
        (page / "deep/er").mkdir(parents=True)
        (page / "deep/er/within").write_text("x")
    elif what == "link":
        (tmp_path / "elsewhere").write_bytes(text)
        page.symlink_to(tmp_path / "elsewhere")
    elif what == "dangling":
        page.symlink_to("x" * len(text[:200]))
    elif what == "linked folder":
        shutil.rmtree(page.parent)
        (tmp_path / "mine").mkdir()
        page.parent.symlink_to(tmp_path / "mine")
    else:
        page.parent.rmdir()
        page.parent.write_text("x")
    built_both(press_desk, tmp_path)
    built_both(press_desk, tmp_path)
    assert not page.is_symlink()
    assert [each.name for each in tmp_path.glob(".site*")] == [".site.spare"]


def test_what_a_killed_build_of_the_same_number_left(press_desk: Desk, press: World, tmp_path: Path) -> None:
    """In a container every build may have the same number."""
    published(press_desk, press)
    left = tmp_path / f".site.{os.getpid()}.new"
    left.mkdir()
    (left / "stray").write_text("x")
    built_both(press_desk, tmp_path)
    assert not left.exists()


def test_a_key_that_is_revoked(press_desk: Desk, press: World, tmp_path: Path) -> None:
    published(press_desk, press)
    built_both(press_desk, tmp_path)
    for name in ("binh", "an", "chi"):
        revoke_key(press_desk.record, fingerprint(press.keys[name].public), "lost", actor="dung")
        built_both(press_desk, tmp_path)


@pytest.mark.parametrize("part", range(0, 100, 5))
def test_what_is_known_is_damaged_in_the_middle(press_desk: Desk, press: World, tmp_path: Path, part: int) -> None:
    published(press_desk, press)
    another(press_desk, press)
    build(press_desk, tmp_path / "site", URL)
    (state,) = (press_desk.config.cache_dir / "site").glob("*.sqlite")
    data = bytearray(state.read_bytes())
    at = len(data) * part // 100 // 4096 * 4096
    data[at : at + 4096] = b"\xff" * 4096
    state.write_bytes(data)
    corrected(press_desk, press, another(press_desk, press, "Third of them"))
    built_both(press_desk, tmp_path)
    built_both(press_desk, tmp_path)

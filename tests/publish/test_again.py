"""A site that is built again is the site that would be built anew, whatever happened since; and only that is made which
changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.actions.desks_of_people import FOUND, World, again, begun, cited, published, written
from tests.publish.test_build import contents

from factdesk.actions.checks import save
from factdesk.actions.publish import publish as publish_check
from factdesk.actions.redact import plan_redaction, redact
from factdesk.actions.sign import sign
from factdesk.actions.workflow import correct, withdraw
from factdesk.publish import crew, site_search, spare
from factdesk.publish.build import Built, build
from factdesk.queries.desk import Desk

URL = "https://desk.example"
Step = Callable[[Desk, World, str], None]


def another(desk: Desk, world: World, title: str = "Night stays night", language: str = "en") -> str:
    evidence = f"The source says: “{FOUND}”[^cite:{cited(desk, world.fetched, FOUND, world.claim)}]."
    source = written(world, title=title, evidence=evidence).replace("language: en", f"language: {language}")
    return published(desk, world, source).check.id


def a_check(desk: Desk, world: World, own: str) -> None:
    another(desk, world)


def a_twin(desk: Desk, world: World, own: str) -> None:
    another(desk, world, "Ban đêm vẫn là ban đêm", "vi")


def corrected(desk: Desk, world: World, own: str) -> None:
    correct(desk.record, own, "It said raw where it meant cooked.", "minor", actor="an")
    save(desk.record, own, written(world, title="Carrots do little for eyes"), actor="an")
    again(desk, world, own)


def withdrawn(desk: Desk, world: World, own: str) -> None:
    asked = withdraw(desk.record, own, "The source was a joke.", actor="chi")
    publish_check(desk, sign(desk, asked, world.keys["binh"], actor="binh").check, actor="chi")


def redacted(desk: Desk, world: World, own: str) -> None:
    redact(desk, plan_redaction(desk, f"check:{own}", actor="dung"), why="Asked to.", actor="dung")


def no_source(desk: Desk, world: World, own: str) -> None:
    redact(desk, plan_redaction(desk, f"capture:{world.fetched}", actor="dung"), why="Asked to.", actor="dung")


def another_page(desk: Desk, world: World, own: str) -> None:
    (desk.config.folder / "site").mkdir(exist_ok=True)
    (desk.config.folder / "site/about.en.md").write_text("We are two cooks.\n", encoding="utf-8")


def another_template(desk: Desk, world: World, own: str) -> None:
    place = desk.config.folder / "site/templates"
    place.mkdir(parents=True)
    (place / "scale.html").write_text("{% extends 'base.html' %}{% block main %}{{ desk.head }}{% endblock %}")


def a_draft(desk: Desk, world: World, own: str) -> None:
    begun(desk, written(world, title="The draft of a quokka"))


STEPS: dict[str, Step] = {
    "nothing": lambda desk, world, own: None,
    "another check": a_check,
    "a twin": a_twin,
    "a correction": corrected,
    "a withdrawal": withdrawn,
    "a redaction": redacted,
    "a source gone": no_source,
    "a page": another_page,
    "a template": another_template,
    "a draft": a_draft,
}


def built_both(desk: Desk, folder: Path) -> Built:
    """Build again, and hold it against the site built anew elsewhere."""
    done = build(desk, folder / "site", URL)
    build(desk, folder / "anew", URL, anew=True)
    assert contents(folder / "site") == contents(folder / "anew")
    return done


@pytest.mark.parametrize("large", [1, spare.LARGE], ids=["spare", "no spare"])
@pytest.mark.parametrize("step", STEPS)
def test_built_again_it_is_as_built_anew(
    press_desk: Desk, press: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, large: int
) -> None:
    monkeypatch.setattr(spare, "LARGE", large)
    own = published(press_desk, press).check.id
    another(press_desk, press, "Eyes need more than carrots")
    built_both(press_desk, tmp_path)
    for _ in range(2):
        STEPS[step](press_desk, press, own)
        built_both(press_desk, tmp_path)
        if step in ("a template", "a redaction", "a source gone", "a withdrawal", "a correction"):
            break


def test_one_step_after_another(
    press_desk: Desk, press: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the spare folder one step behind."""
    monkeypatch.setattr(spare, "LARGE", 1)
    own = published(press_desk, press).check.id
    for name in ("another check", "nothing", "a twin", "a correction", "a draft", "a page", "a withdrawal", "nothing"):
        STEPS[name](press_desk, press, own)
        built_both(press_desk, tmp_path)


def test_only_what_changed_is_made(press_desk: Desk, press: World, tmp_path: Path) -> None:
    published(press_desk, press)
    first = build(press_desk, tmp_path / "site", URL)
    assert first.made == first.pages
    again_built = build(press_desk, tmp_path / "site", URL)
    assert (again_built.made, again_built.added, again_built.changed) == (0, (), ())
    begun(press_desk, written(press, title="The draft of a quokka"))
    # The log went on: its page and the list that names its head.
    third = build(press_desk, tmp_path / "site", URL)
    assert third.made == 2
    assert third.changed == ("data/heads.json", "data/site.json", "en/log/index.html", "vi/log/index.html")


def test_files_that_stay_are_not_touched(press_desk: Desk, press: World, tmp_path: Path) -> None:
    published(press_desk, press)
    build(press_desk, tmp_path / "site", URL)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*.html")}
    another(press_desk, press)
    done = build(press_desk, tmp_path / "site", URL)
    stayed = [path for path, time in before.items() if path.stat().st_mtime_ns == time]
    assert len(stayed) == len(before) - sum(path.endswith(".html") for path in done.changed)


@pytest.mark.attack
@pytest.mark.parametrize("name", ["check", "card", "bundle", "style", "search"])
@pytest.mark.parametrize("large", [1, spare.LARGE], ids=["spare", "no spare"])
def test_what_somebody_changed_in_the_site_is_made_again(
    press_desk: Desk, press: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, large: int
) -> None:
    """Where it lies, so that a second name of the file changes with it; or taken out, or put in."""
    monkeypatch.setattr(spare, "LARGE", large)
    published(press_desk, press)
    built_both(press_desk, tmp_path)
    patterns = {"check": "en/checks/*/*.html", "card": "cards/*", "bundle": "bundles/*", "style": "static/site.css"}
    (path,) = (tmp_path / "site").glob(patterns.get(name, "search/en/index.json"))
    with path.open("r+b") as file:
        file.write(b"edited")
    done = built_both(press_desk, tmp_path)
    assert path.relative_to(tmp_path / "site").as_posix() in done.changed
    path.unlink()
    (tmp_path / "site/stray").mkdir()
    (tmp_path / "site/stray/page.html").write_text("stray")
    done = built_both(press_desk, tmp_path)
    assert done.removed == ("stray/page.html",)


@pytest.mark.parametrize("large", [1, spare.LARGE], ids=["spare", "no spare"])
def test_a_site_that_was_taken_away_is_made_anew(
    press_desk: Desk, press: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(spare, "LARGE", large)
    published(press_desk, press)
    built_both(press_desk, tmp_path)
    shutil.rmtree(tmp_path / "site")
    built_both(press_desk, tmp_path)
    (tmp_path / "site").rename(tmp_path / "elsewhere")
    (tmp_path / "site").mkdir()
    built_both(press_desk, tmp_path)
    if large == 1:
        shutil.rmtree(spare.spare_of(tmp_path / "site"))
        another(press_desk, press)
        built_both(press_desk, tmp_path)


def test_what_is_known_can_be_lost(press_desk: Desk, press: World, tmp_path: Path) -> None:
    published(press_desk, press)
    build(press_desk, tmp_path / "site", URL)
    (state,) = (press_desk.config.cache_dir / "site").glob("*.sqlite")
    for data in (b"", b"no database", state.read_bytes()[:5000]):
        state.write_bytes(data)
        another(press_desk, press, f"Another {len(data)}")
        built_both(press_desk, tmp_path)
        (state,) = [each for each in (press_desk.config.cache_dir / "site").glob("*.sqlite") if each == state]


def test_processes_make_the_same_site(
    press_desk: Desk, press: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(press_desk, press)
    another(press_desk, press)
    build(press_desk, tmp_path / "here", URL)
    monkeypatch.setattr(crew, "FEW", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    build(press_desk, tmp_path / "there", URL)
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


def test_the_index_is_made_whole_after_many_changes(
    press_desk: Desk, press: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(press_desk, press)
    build(press_desk, tmp_path / "site", URL)
    monkeypatch.setattr(site_search, "MANY", 0)
    another(press_desk, press)
    built_both(press_desk, tmp_path)


def test_a_preview_follows_drafts(press_desk: Desk, press: World, tmp_path: Path) -> None:
    published(press_desk, press)
    draft = begun(press_desk, written(press, title="The draft of a quokka"))
    build(press_desk, tmp_path / "site", URL, drafts=True)
    (page,) = (tmp_path / "site/en/drafts").glob("*/index.html")
    save(press_desk.record, draft.check.id, written(press, title="The draft of a wombat"), actor="an")
    build(press_desk, tmp_path / "site", URL, drafts=True)
    build(press_desk, tmp_path / "anew", URL, drafts=True, anew=True)
    assert "wombat" in page.read_text("utf-8")
    assert contents(tmp_path / "site") == contents(tmp_path / "anew")

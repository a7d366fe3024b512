"""A site is whole, the same for the same record, and never takes away what is not its own."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.actions.desks_of_people import World, again, published, written

from factdesk.actions.checks import save
from factdesk.actions.workflow import correct
from factdesk.errors import FactdeskError, InputError, IntegrityError, RefusedError, UsageError
from factdesk.publish.build import base_of, build
from factdesk.queries.desk import Desk
from factdesk.queries.verify_bundle import verify_bundle
from factdesk.queries.verify_held import How

URL = "https://desk.example"


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def site(press_desk: Desk, press: World, tmp_path: Path) -> Path:
    """A site with one check."""
    published(press_desk, press)
    build(press_desk, tmp_path / "site", URL)
    return tmp_path / "site"


def test_the_same_record_gives_the_same_bytes(press_desk: Desk, site: Path, tmp_path: Path) -> None:
    done = build(press_desk, tmp_path / "other", URL)
    assert contents(tmp_path / "other") == contents(site)
    assert set(done.added) == set(contents(site))
    again_done = build(press_desk, site, URL)
    assert (again_done.added, again_done.changed, again_done.removed) == ((), (), ())


def test_and_without_what_it_knows(press_desk: Desk, site: Path, tmp_path: Path) -> None:
    """Though the desk went on, a bundle is what it was."""
    from factdesk.actions.claims import add_claim

    before = contents(site)
    add_claim(press_desk.record, "Something new", actor="an")
    done = build(press_desk, site, URL, anew=True)
    bundles = {path for path in before if path.endswith(".wacz")}
    assert bundles
    assert {path: contents(site)[path] for path in bundles} == {path: before[path] for path in bundles}
    # The head of the log is on its page and in the list for programs, and nowhere else.
    assert {path for path in done.changed if path.endswith(".html")} == {"en/log/index.html", "vi/log/index.html"}


def test_every_page_of_the_first_slice_is_there(site: Path) -> None:
    files = set(contents(site))
    for language in ("en", "vi"):
        for name in [
            "checks",
            "corrections",
            "methods",
            "about",
            "funding",
            "contact",
            "tip",
            "people",
            "scale",
            "log",
        ]:
            assert f"{language}/{name}/index.html" in files
        assert f"{language}/ratings/not-checkable/index.html" in files
    assert {"index.html", "404.html", "en/index.html", "vi/index.html", "en/topics/health/index.html"} <= files
    assert "en/months/2026-01/index.html" in files
    assert {"data/site.json", "sitemap.xml", "robots.txt", "en/atom.xml", "static/fonts/OFL.txt"} <= files
    assert sum(path.startswith("en/sources/") for path in files) == sum(
        path.startswith("vi/sources/") for path in files
    )


def test_the_balance_is_there_in_figures_too(site: Path) -> None:
    page = (site / "en/balance/index.html").read_text("utf-8")
    assert "<td>False</td><td>1</td><td>100%</td>" in page
    assert '<img class="picture" src="../balance.svg" alt="' in page
    assert (site / "en/balance.svg").read_text("utf-8").startswith("<svg")
    assert "Giang" not in page


def test_the_bundle_of_a_page_is_what_the_page_says(site: Path, press: World) -> None:
    (page,) = site.glob("en/checks/*/index.html")
    command = re.search(r"factdesk verify (\S+) --expect (\w+) --pin (\w+)", page.read_text("utf-8"))
    assert command is not None
    bundle = site / "bundles" / command[1]
    assert hashlib.sha256(bundle.read_bytes()).hexdigest() == command[2]
    steps = list(verify_bundle(bundle, How(pins={command[3]: "binh"})))
    assert {step.outcome for step in steps if step.name == "signature"} == {"pass"}
    assert not [step for step in steps if step.outcome == "fail"]


def test_what_changed_is_said(press_desk: Desk, press: World, site: Path) -> None:
    (check,) = (each["id"] for each in json.loads((site / "data/site.json").read_text("utf-8"))["checks"])
    correct(press_desk.record, check, "A comma.", "minor", actor="an")
    save(press_desk.record, check, written(press, ending="So that is that for carrots and eyes."), actor="an")
    again(press_desk, press, check)
    before = contents(site)
    planned = build(press_desk, site, URL, dry_run=True)
    assert contents(site) == before
    done = build(press_desk, site, URL)
    assert (planned.added, planned.changed, planned.removed) == (done.added, done.changed, done.removed)
    assert [path.endswith("-2.wacz") for path in done.added] == [True]
    assert [path.endswith("-1.wacz") for path in done.removed] == [True]
    assert "en/corrections/index.html" in done.changed
    assert "vi/about/index.html" not in done.changed
    assert sorted(each.name for each in site.parent.iterdir()) == ["press", "site"]


@pytest.mark.attack
@pytest.mark.parametrize(
    "prepare",
    [
        lambda folder: (folder / "thesis.txt").write_text("mine"),
        lambda folder: (folder / "data").mkdir() or (folder / "data" / "site.json").write_text('{"format":"other"}'),
        lambda folder: (folder / "data").mkdir() or (folder / "data" / "site.json").symlink_to("/nowhere"),
        lambda folder: folder.rmdir() or folder.write_text("a file"),
        lambda folder: folder.rmdir() or folder.symlink_to(folder.parent / "press"),
    ],
    ids=["a file of somebody's", "another format", "a dead link", "no folder", "a link to a folder"],
)
def test_what_is_no_site_of_ours_is_refused(
    press_desk: Desk, tmp_path: Path, prepare: Callable[[Path], object]
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    prepare(folder)
    before = contents(tmp_path)
    with pytest.raises(RefusedError, match="something else"):
        build(press_desk, folder, URL)
    assert contents(tmp_path) == before


def test_an_empty_folder_is_taken(press_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert build(press_desk, tmp_path / "empty", URL).pages > 20


def test_a_page_of_the_desk_that_leads_nowhere_leaves_the_old_site(press_desk: Desk, site: Path) -> None:
    templates = press_desk.config.folder / "site" / "templates"
    templates.mkdir(parents=True)
    (templates / "log.html").write_text(
        '{% extends "base.html" %}{% block main %}<a href="../quokka/">q</a>{% endblock %}'
    )
    before = contents(site.parent / "site")
    with pytest.raises(IntegrityError, match="leads to /en/quokka/"):
        build(press_desk, site, URL)
    assert contents(site) == before
    assert sorted(each.name for each in site.parent.iterdir()) == ["press", "site"]


@pytest.mark.parametrize(
    ("template", "kind"),
    [("<p>{{ nothing }}</p>", InputError), ("{% if %}", InputError), ("<p>no page</p>", IntegrityError)],
)
def test_a_template_of_the_desk_that_cannot_be_used(
    press_desk: Desk, site: Path, template: str, kind: type[FactdeskError]
) -> None:
    templates = press_desk.config.folder / "site" / "templates"
    templates.mkdir(parents=True)
    (templates / "log.html").write_text(template)
    with pytest.raises(kind):
        build(press_desk, site, URL)


def test_the_pages_of_the_desk_itself(press_desk: Desk, site: Path) -> None:
    assert "has not written this page yet" in (site / "en/about/index.html").read_text("utf-8")
    own = press_desk.config.folder / "site"
    own.mkdir()
    (own / "about.en.md").write_text("# Who we are\n\nA *sample* desk. <script>alert(1)</script>\n", encoding="utf-8")
    (own / "corrections.en.md").write_text("Write to us, we answer in *two days*.\n", encoding="utf-8")
    (own / "static").mkdir()
    (own / "static" / "site.css").write_text("body { color: red }")
    build(press_desk, site, URL)
    page = (site / "en/about/index.html").read_text("utf-8")
    assert "<h2>Who we are</h2>" in page
    assert "<em>sample</em>" in page
    assert "<script>" not in page
    assert "<em>two days</em>" in (site / "en/corrections/index.html").read_text("utf-8")
    assert (site / "static/site.css").read_text() == "body { color: red }"


def test_below_another_address(press_desk: Desk, press: World, tmp_path: Path) -> None:
    """A site in a folder of somebody's host: its pages lead to each other all the same, the one for what is missing by
    the whole way."""
    published(press_desk, press)
    build(press_desk, tmp_path / "site", "https://host.example/a/desk/")
    missing = (tmp_path / "site/404.html").read_text("utf-8")
    assert 'href="/a/desk/en/checks/"' in missing
    assert '<link rel="canonical" href="https://host.example/a/desk/en/">' in (
        tmp_path / "site/en/index.html"
    ).read_text("utf-8")


@pytest.mark.parametrize(
    "url", ["", "  ", "desk.example", "ftp://desk.example", "https://a/?q", "https://a/#f", "https://"]
)
def test_what_is_no_address_of_a_site(url: str) -> None:
    with pytest.raises(UsageError):
        base_of(url)


def test_an_address_has_no_slash_at_its_end() -> None:
    assert base_of(" https://desk.example/a/ ") == "https://desk.example/a"

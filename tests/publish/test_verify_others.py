"""What anybody changed on the pages of sources, on lists and in feeds is found, and where."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.publish.other_edits import ALL, CORRECTIONS, FEEDS, LISTS, SOURCE, SOURCES, Edit
from tests.publish.site_copies import (
    bundle_of,
    edit,
    edited,
    failed,
    listed,
    page_of,
    relist,
    steps_of,
    unchecked,
)
from tests.publish.site_edits import CORRECTED, PLAIN, VIETNAMESE

EVERY: dict[str, Edit] = {
    f"{kind}: {name}": row
    for kind, table in (("source", SOURCES), ("list", LISTS), ("feed", FEEDS))
    for name, row in table.items()
}


@pytest.mark.attack
@pytest.mark.parametrize("name", EVERY)
def test_an_edit_is_found_and_where(verified_site: Path, name: str) -> None:
    path, old, new, reason = EVERY[name]
    found = failed(edited(verified_site, path, old, new))
    assert any(subject == path and reason in why for subject, why in found), found
    missing = ("missing from the list", "of corrections")
    assert all(subject == path or any(each in why for each in missing) for subject, why in found)


@pytest.mark.attack
@pytest.mark.parametrize("path", [SOURCE, f"/vi{SOURCE[3:]}", "/en/feed.json", "/vi/corrections.xml"])
def test_what_is_missing_is_found(site_copy: Path, path: str) -> None:
    (site_copy / path[1:] / ("index.html" if path.endswith("/") else "")).unlink()
    assert (path, "There is no such file.") in failed(steps_of(site_copy))


@pytest.mark.attack
def test_a_check_that_no_list_names_is_found(site_copy: Path) -> None:
    page = site_copy / ALL[1:] / "index.html"
    text = page.read_text("utf-8")
    start = text.index('<li data-entry="019b7ca5-cf80-7000-8000-010000000000"')
    page.write_text(text[:start] + text[text.index("</li>", start) + 5 :], encoding="utf-8")
    assert failed(steps_of(site_copy)) == [
        (listed(site_copy)[PLAIN]["page"], "The check is missing from the list of all checks.")
    ]


@pytest.mark.attack
def test_a_correction_that_is_not_told_is_found(site_copy: Path) -> None:
    page = site_copy / CORRECTIONS[1:] / "index.html"
    text = page.read_text("utf-8")
    page.write_text(text[: text.index("<section")] + text[text.rindex("</section>") + 10 :], encoding="utf-8")
    found = dict(failed(steps_of(site_copy)))
    assert "nobody needs vitamin A" in found.pop(listed(site_copy)[CORRECTED]["page"])
    assert list(found.values()) == ["That it was withdrawn is missing from the list of corrections."]


@pytest.mark.attack
def test_a_check_is_listed_on_any_page_of_the_list(site_copy: Path) -> None:
    shutil.copytree(site_copy / "en/checks", site_copy / "copy")
    (site_copy / "en/checks/1").mkdir()
    shutil.move(site_copy / "en/checks/index.html", site_copy / "en/checks/1/index.html")
    page = site_copy / "en/checks/1/index.html"
    page.write_text(page.read_text("utf-8").replace('href="', 'href="../'), encoding="utf-8")
    shutil.rmtree(site_copy / "copy")
    assert not [why for _, why in failed(steps_of(site_copy)) if "missing from the list" in why]


@pytest.mark.attack
def test_a_source_that_no_check_relies_on_is_found(site_copy: Path) -> None:
    shutil.copytree(site_copy / SOURCE[1:], site_copy / "en/sources/00000000009b")
    assert failed(steps_of(site_copy)) == [
        ("/en/sources/00000000009b/", "It is a page of a source that no check of the site relies on.")
    ]


@pytest.mark.attack
def test_a_check_that_relies_on_a_source_is_named_there(site_copy: Path) -> None:
    page = site_copy / SOURCE[1:] / "index.html"
    text = page.read_text("utf-8")
    start = text.index('<li data-entry="019b7ca5-cf80-7000-8000-010000000000"')
    page.write_text(text[:start] + text[text.index("</li>", start) + 5 :], encoding="utf-8")
    assert failed(steps_of(site_copy)) == [
        (SOURCE, f"It does not name a check that relies on it: {listed(site_copy)[PLAIN]['page']}.")
    ]


@pytest.mark.attack
def test_what_cannot_be_told_for_want_of_a_bundle_is_not_checked(site_copy: Path) -> None:
    relist(site_copy, PLAIN, bundle=None)
    steps = steps_of(site_copy)
    assert not failed(steps)
    told = [why for _, why in unchecked(steps)]
    assert any("feeds were not compared" in why for why in told)
    assert any("what was signed of that check cannot be read" in why for why in told)


@pytest.mark.attack
def test_an_edit_of_a_source_is_not_excused_by_a_bundle_that_fails(site_copy: Path) -> None:
    bundle_of(site_copy, PLAIN).write_bytes(b"")
    edit(site_copy / SOURCE[1:] / "index.html", "Vitamin A prevents", "Vitamin A causes")
    steps = steps_of(site_copy)
    assert failed(steps)
    assert any("frozen text says" in why for subject, why in unchecked(steps) if subject == SOURCE)


@pytest.mark.attack
def test_a_twin_is_called_by_its_name(site_copy: Path) -> None:
    page = page_of(site_copy, PLAIN)
    edit(page, ">Cà rốt, 1", ">Ca rốt, 1")
    ((subject, why),) = failed(steps_of(site_copy))
    assert subject == listed(site_copy)[PLAIN]["page"]
    assert listed(site_copy)[VIETNAMESE]["page"] in why


@pytest.mark.attack
def test_a_picture_of_somebody_elses_when_shared(site_copy: Path) -> None:
    page = page_of(site_copy, PLAIN)
    edit(page, 'og:image" content="https://desk.example/cards/', 'og:image" content="https://x.example/cards/')
    ((subject, why),) = failed(steps_of(site_copy))
    assert (subject, "(og:image)" in why) == (listed(site_copy)[PLAIN]["page"], True)


def made_by(site: Path, version: str) -> None:
    file = site / "data/site.json"
    file.write_text(json.dumps(json.loads(file.read_bytes()) | {"generator": version}), encoding="utf-8")


def test_a_site_of_another_version_is_held_against_what_was_signed(site_copy: Path) -> None:
    made_by(site_copy, "factdesk 0.0.1")
    page = page_of(site_copy, PLAIN)
    edit(page, "Speaks against the claim", "Contradicts the claim")
    edit(page, "</article>", "<p>More of an older template.</p></article>")
    steps = steps_of(site_copy)
    assert not failed(steps)
    assert [subject for subject, _ in unchecked(steps)] == ["data/site.json", listed(site_copy)[PLAIN]["page"]]
    edit(page, 'data-fd="rating">False', 'data-fd="rating">True')
    assert any("rating is “True”" in why for _, why in failed(steps_of(site_copy)))

"""A build that is killed leaves the old site or the new one, whole, at any moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.actions.desks_of_people import World, published
from tests.publish.test_build import contents

from factdesk.publish.build import build
from factdesk.publish.swap import restore, swap
from factdesk.queries.desk import Desk

ROOT = Path(__file__).parents[2]
URLS = ("https://one.example", "https://two.example")
TIMES = 14
LAST = 7
"""Calls at the end of a build, among them those that swap: each of them is tried."""


def beside(site: Path) -> list[str]:
    """What a build left beside its site: the copy that it keeps for the next one, and nothing else."""
    return [each.name for each in site.parent.iterdir() if each.name.startswith(f".{site.name}.")]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_killed_at_any_time_the_site_is_whole(press_desk: Desk, press: World, tmp_path: Path) -> None:
    published(press_desk, press)
    sites = []
    for number, url in enumerate(URLS):
        build(press_desk, tmp_path / f"whole-{number}", url)
        sites.append(contents(tmp_path / f"whole-{number}"))
    site = tmp_path / "site"
    build(press_desk, site, URLS[0])
    line = [sys.executable, "-m", "tests.publish.killed_builder", str(press_desk.config.folder), str(site), *URLS]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(line, cwd=ROOT, text=True, bufsize=1, **pipes) as builder:  # type: ignore[call-overload]
        try:
            calls = int(builder.stdout.readline())
            killed, spread = 0, range(1, calls - LAST, (calls - LAST) // (TIMES - LAST))
            for call in [*spread, *range(calls - LAST, calls)]:
                builder.stdin.write(f"{call}\n")
                # How many calls a build makes may differ a little: one that was done is whole as well.
                answer = builder.stdout.readline().strip()
                assert answer == "killed" or answer.isdigit(), f"{call}: {answer}"
                killed += answer == "killed"
                assert contents(site) in sites, call
        finally:
            builder.stdin.close()
    build(press_desk, site, URLS[1])
    assert contents(site) == sites[1]
    assert killed >= TIMES - LAST
    assert len(beside(site)) <= 1


def made(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "page").write_text(text)
    return folder


def test_two_folders_change_places(tmp_path: Path) -> None:
    new, old = made(tmp_path / "new", "new"), made(tmp_path / "old", "old")
    swap(new, old, tmp_path / "aside")
    assert (old / "page").read_text() == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["old"]


def test_where_the_system_cannot_do_it_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factdesk.publish.swap._exchanged", lambda *_: False)
    new, old = made(tmp_path / "new", "new"), made(tmp_path / "old", "old")
    swap(new, old, tmp_path / "aside")
    assert (old / "page").read_text() == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["old"]


def test_a_swap_that_was_cut_short_is_taken_back(tmp_path: Path) -> None:
    made(tmp_path / "aside", "old")
    restore(tmp_path / "site", tmp_path / "aside")
    assert (tmp_path / "site" / "page").read_text() == "old"


def test_or_finished(tmp_path: Path) -> None:
    made(tmp_path / "aside", "old")
    made(tmp_path / "site", "new")
    restore(tmp_path / "site", tmp_path / "aside")
    assert (tmp_path / "site" / "page").read_text() == "new"
    assert not (tmp_path / "aside").exists()


def test_what_a_killed_build_left_behind_goes(press_desk: Desk, tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, other = tmp_path / f".site.{gone.pid}.new", tmp_path / ".site.notes.new"
    made(left, "half")
    made(other, "mine")
    build(press_desk, tmp_path / "site", URLS[0])
    assert not left.exists()
    assert other.exists()

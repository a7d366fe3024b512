"""`factdesk import`, `import undo` and `sync`, as far as the command line goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factdesk.cli.imports import changed, counted
from factdesk.domain.runs import RunCounts
from factdesk.sample.feed import feed_json
from factdesk.wording import sayer

Run = Callable[..., Any]
ROW = {"id": "1", "text": "Carrots let you see in the dark.", "language": "en"}


def test_counts_in_words() -> None:
    say = sayer("en")
    assert counted(say, RunCounts(read=0)) == "0 read"
    assert counted(say, RunCounts(read=1200, new=1000, skipped=200)) == "1,200 read: 1,000 new, 200 skipped"
    assert counted(sayer("vi"), RunCounts(read=2, new=2)) == "Đã đọc 2: 2 mới"


@pytest.mark.parametrize(
    ("counts", "answer"),
    [
        (RunCounts(), False),
        (RunCounts(read=5, unchanged=5), False),
        (RunCounts(new=1), True),
        (RunCounts(withdrawn=1), True),
    ],
)
def test_whether_anything_changed(counts: RunCounts, answer: bool) -> None:
    assert changed(counts) is answer


@pytest.fixture
def empty(say: Run, tmp_path: Path) -> Path:
    assert say("init", tmp_path / "desk").code == 0
    return tmp_path / "desk"


def test_twice_the_same_changes_nothing(say: Run, empty: Path, tmp_path: Path) -> None:
    feed = tmp_path / "sample.json"
    feed.write_text(feed_json(), encoding="utf-8")
    first = say("import", feed, "--desk", empty)
    again = say("import", feed, "--desk", empty)
    count = first.out.split(" ", 1)[0]
    assert (first.code, first.out) == (0, f"{count} read: {count} new\n")
    assert (again.code, again.out) == (0, f"{count} read: {count} unchanged\n")
    assert "Nothing has changed." in again.err


def test_an_import_is_taken_back(say: Run, empty: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps(ROW), encoding="utf-8")
    run = json.loads(say("import", rows, "--desk", empty, "--json").out)
    assert run["counts"]["new"] == 1
    assert say("import", "undo", run["run"], "--desk", empty).code == 0
    assert json.loads(say("status", "--desk", empty, "--json").out)["reviews"] == 0


def test_a_dry_run_changes_nothing(say: Run, empty: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps(ROW), encoding="utf-8")
    ran = say("import", rows, "--desk", empty, "--dry-run")
    assert (ran.code, ran.out) == (0, "1 read: 1 new\n")
    assert "this was a dry run" in ran.err
    assert json.loads(say("status", "--desk", empty, "--json").out)["reviews"] == 0


def test_what_was_skipped_is_in_a_report(say: Run, empty: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(f'{json.dumps(ROW)}\n{{"id": "2"}}\nno json\n', encoding="utf-8")
    ran = say("import", rows, "--desk", empty, "--json")
    data = json.loads(ran.out)
    assert (data["counts"]["new"], data["counts"]["skipped"]) == (1, 2)
    assert data["report"] in ran.err
    assert Path(data["report"]).is_file()


def test_the_sample_is_at_hand(say: Run, empty: Path) -> None:
    counts = json.loads(say("import", "--sample", "--desk", empty, "--json").out)["counts"]
    assert counts["new"] == counts["read"] > 300


@pytest.mark.parametrize("args", [[], ["--sample", "file.json"]])
def test_what_to_import_must_be_clear(say: Run, empty: Path, args: list[str]) -> None:
    ran = say("import", "--desk", empty, *args)
    assert (ran.code, ran.out) == (2, "")
    assert "Name what to import" in ran.err


@pytest.mark.parametrize(("name", "content"), [("empty.json", b""), ("binary.json", bytes(range(256)))])
def test_what_cannot_be_read_is_said(say: Run, empty: Path, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    ran = say("import", tmp_path / name, "--desk", empty)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"factdesk: {name}: ")
    assert ran.err.count("\n") == 1


def test_a_missing_file_and_an_unknown_run_are_said(say: Run, empty: Path) -> None:
    assert say("import", "nowhere.json", "--desk", empty).code == 3
    assert say("import", "undo", "nothing", "--desk", empty).code == 4


def test_without_a_feed_sync_says_so(say: Run, empty: Path) -> None:
    ran = say("sync", "--desk", empty)
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("factdesk: This desk has no feed yet.")

"""`factdesk status`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factdesk.cli.status import size
from factdesk.cli.terminal import columns

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (717_000, "717 kB"), (2_340_000, "2.3 MB"), (5 * 10**12, "5.0 TB")],
)
def test_sizes(count: int, text: str) -> None:
    assert size(count) == text


def test_a_desk_at_a_glance(say: Run, made_desk: Path) -> None:
    ran = say("status", "--desk", made_desk)
    assert (ran.code, ran.err) == (0, "")
    names = {line[:11].strip() for line in ran.out.splitlines()} - {""}
    assert {"Desk", "Record", "Reviews", "Publishers", "Judgements", "Events", "Index", "Model", "Import"} <= names
    assert "Sample" in ran.out
    assert "up to date" in ran.out
    assert "done" in ran.out
    data = json.loads(say("status", "--desk", made_desk, "--json").out)
    assert data["reviews"] == sum(data["languages"].values()) == data["index"]["documents"]
    assert data["index"]["lag"] == 0


def test_on_a_phone(say: Run, made_desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = say("status", "--desk", made_desk, "--ui-language", "vi").out.splitlines()
    assert lines[0] == "Bàn"
    assert all(columns(line) <= 40 for line in lines)


def test_without_or_with_a_broken_index_it_says_that_there_is_none(say: Run, desk: Path) -> None:
    (desk / "index" / "manifest.json").write_text("no manifest")
    ran = say("status", "--desk", desk)
    assert ran.code == 0
    assert "none yet" in ran.out

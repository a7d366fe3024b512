"""`factdesk readiness`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factdesk.cli.terminal import columns

Run = Callable[..., Any]


def test_what_is_missing_is_said_with_where_and_how(say: Run, made_desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    ran = say("readiness", "--desk", made_desk)
    assert (ran.code, ran.err) == (1, "")
    assert "Who runs it, and who pays" in ran.out
    assert "missing  The page “about” is missing." in ran.out
    assert "→ site/about.en.md" in ran.out
    assert ran.out.splitlines()[-1].endswith("for you to judge.")
    assert all(columns(line) <= 60 for line in ran.out.splitlines())


def test_programs_get_every_point(say: Run, made_desk: Path) -> None:
    ran = say("readiness", "--desk", made_desk, "--json")
    assert ran.code == 1
    found = {each["code"]: each for each in json.loads(ran.out)}
    assert found["trust"] == {
        "code": "trust",
        "commitment": "organisation",
        "status": "not met",
        "says": "There is no trust.txt.",
        "where": "site/trust.toml",
        "how": "Write the file, with the desk's accounts, a contact and a disclosure: "
        "docs/how-to/be-found-by-machines.md",
    }
    assert {each["status"] for each in found.values()} == {"met", "not met", "unknown"}


def test_it_speaks_vietnamese(say: Run, made_desk: Path) -> None:
    ran = say("readiness", "--desk", made_desk, "--ui-language", "vi")
    assert "còn thiếu  Chưa có trang “about”." in ran.out


def test_a_page_that_steers_a_terminal_does_not(say: Run, desk: Path) -> None:
    (desk / "site").mkdir()
    (desk / "site" / "about.en.md").write_text("{{\x1b[31mred\u202e}} and more words\n", encoding="utf-8")
    ran = say("readiness", "--desk", desk)
    assert "[31mred" in ran.out
    assert not set(ran.out) & {"\x1b", "\u202e"}

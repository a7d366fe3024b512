"""`factdesk backup`, `restore` and `upgrade`, as far as the command line goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_a_restored_desk_holds_what_was_backed_up(say: Run, made_desk: Path, tmp_path: Path) -> None:
    saved = say("backup", tmp_path / "saved", "--desk", made_desk)
    assert saved.code == 0
    assert saved.out.startswith(f"Backed up into {tmp_path / 'saved'}: ")
    restored = say("restore", tmp_path / "saved", tmp_path / "again")
    assert (restored.code, restored.out.split(": ")[0]) == (0, f"Restored into {tmp_path / 'again'}")
    before, after = (json.loads(say("audit", "--json", "--desk", desk).out) for desk in (made_desk, tmp_path / "again"))
    assert before == after
    assert before["broken"] is None


def test_a_backup_is_restored_where_one_stands(say: Run, made_desk: Path, tmp_path: Path, monkeypatch: Any) -> None:
    say("backup", tmp_path / "saved", "--desk", made_desk)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert say("restore", "../saved").code == 0
    assert say("status").code == 0


def test_a_desk_makes_way_only_when_forced(say: Run, desk: Path, tmp_path: Path) -> None:
    say("backup", tmp_path / "saved", "--desk", desk)
    refused = say("restore", tmp_path / "saved", desk)
    assert (refused.code, refused.out) == (2, "")
    forced = say("restore", tmp_path / "saved", desk, "--force", "--json")
    assert forced.code == 0
    assert json.loads(forced.out)["replaced"] in forced.err


@pytest.mark.parametrize("content", [b"", b"no backup", b"PK\x03\x04"])
def test_what_is_no_backup_is_said(say: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    ran = say("restore", tmp_path / "file", tmp_path / "new")
    assert ran.code == 3
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "new" / "desk.toml").exists()


def test_an_upgrade_with_nothing_to_do_says_so(say: Run, desk: Path) -> None:
    ran = say("upgrade", "--desk", desk)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "The desk was up to date already.\n"
    assert json.loads(say("upgrade", "--desk", desk, "--json").out) == {"applied": []}

"""`factdesk init`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from factdesk.config import load_desk

Run = Callable[..., Any]


def test_a_desk_is_made_and_the_next_step_said(say: Run, tmp_path: Path) -> None:
    ran = say("init", tmp_path / "my-desk", "--name", "City Library", "--language", "vi")
    assert (ran.code, ran.out) == (0, f"{tmp_path / 'my-desk'}\n")
    assert "“City Library” is ready" in ran.err
    config = load_desk(str(tmp_path / "my-desk"), {})
    assert (config.name, config.language) == ("City Library", "vi")
    assert json.loads(say("status", "--desk", tmp_path / "my-desk", "--json").out)["reviews"] == 0


def test_a_desk_is_found_from_within(say: Run, tmp_path: Path, monkeypatch: Any) -> None:
    say("init", tmp_path / "my-desk")
    (tmp_path / "my-desk" / "below").mkdir()
    monkeypatch.chdir(tmp_path / "my-desk" / "below")
    assert say("status").code == 0
    monkeypatch.chdir(tmp_path)
    assert say("status").code == 5
    monkeypatch.setenv("FACTDESK_DESK", str(tmp_path / "my-desk"))
    assert say("status").code == 0


def test_quiet_says_data_alone(say: Run, tmp_path: Path) -> None:
    ran = say("init", tmp_path / "my-desk", "--quiet", "--json")
    assert ran.err == ""
    assert json.loads(ran.out) == {"folder": str(tmp_path / "my-desk"), "name": "my-desk", "language": "en"}


def test_a_desk_is_never_made_over_another(say: Run, desk: Path) -> None:
    ran = say("init", desk)
    assert (ran.code, ran.out) == (2, "")
    assert "is a desk already" in ran.err

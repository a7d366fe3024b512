"""`factdesk doctor`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factdesk.cli.terminal import columns

Run = Callable[..., Any]


def test_a_sound_desk(say: Run, made_desk: Path) -> None:
    ran = say("doctor", "--desk", made_desk)
    assert (ran.code, ran.err) == (0, "")
    assert all(line.startswith(("ok", "look", " ")) for line in ran.out.splitlines())
    findings = json.loads(say("doctor", "--desk", made_desk, "--json").out)
    assert {"record", "chain", "index", "model"} <= {finding["code"] for finding in findings}


def test_a_problem_is_said_with_what_to_do(say: Run, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    (desk / "record.sqlite").write_bytes(b"no record")
    ran = say("doctor", "--desk", desk)
    assert ran.code == 1
    assert "problem" in ran.out
    assert "factdesk" in ran.out
    assert all(columns(line) <= 50 for line in ran.out.splitlines())

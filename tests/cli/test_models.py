"""`factdesk models`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factdesk.encode.weights import FILE, SHA256

Run = Callable[..., Any]


def test_the_weights_are_listed(say: Run) -> None:
    ran = say("models")
    if "not on this machine" in ran.out:
        pytest.skip("needs the weights: factdesk models fetch")
    assert (ran.code, ran.err) == (0, "")
    assert say("models", "list").out == ran.out
    (row,) = json.loads(say("models", "--json").out)
    assert (row["name"], row["digest"], row["state"]) == ("e5-small", SHA256, "ready")


def test_wrong_weights_are_said(say: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTDESK_MODELS_DIR", str(tmp_path))
    (tmp_path / FILE).write_bytes(b"other")
    ran = say("models")
    assert ran.code == 0
    assert "damaged or of another version" in " ".join(ran.out.split())

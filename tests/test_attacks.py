"""There are at least sixty distinct attacks, each a test that carries the mark `attack`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LEAST = 60


def test_there_are_as_many_attacks_as_were_promised(request: pytest.FixtureRequest) -> None:
    found = {item.nodeid for item in request.session.items if item.get_closest_marker("attack")}
    if len(found) < LEAST:
        # This test was asked for by itself: the others have to be looked up.
        found = _collected()
    assert len(found) >= LEAST


def _collected() -> set[str]:
    line = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "attack", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    return {name for name in done.stdout.splitlines() if "::" in name}

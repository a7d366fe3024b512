"""`kill -9` at any moment of a capture: what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.actions.killed_capturer import what_is_wrong

from factdesk.config import DeskConfig

KILLS = 4
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")


def acknowledged(config: DeskConfig, lines: int, delay: float) -> list[str]:
    """Start a capturer, let it acknowledge something and go on for a moment, kill it; what it acknowledged."""
    script = Path(__file__).with_name("killed_capturer.py")
    command = [sys.executable, str(script), config.database_url, str(config.folder)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(lines)]
        # A moment of its own length, so that the blow falls anywhere in a capture.
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(delay)
        os.killpg(child.pid, signal.SIGKILL)
        told += child.stdout.readlines()
    return [line.strip() for line in told if line.endswith("\n")]


def test_killed_at_any_moment(desk_config: DeskConfig) -> None:
    chance = random.Random(20260102)
    kept: list[str] = []
    for _ in range(KILLS):
        kept += acknowledged(desk_config, chance.randint(1, 6), chance.uniform(0.001, 0.1))
        assert what_is_wrong(desk_config, kept) == ""
    assert len(kept) >= KILLS

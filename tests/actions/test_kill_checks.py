"""`kill -9` in every act: what was acknowledged is there, and no act is half done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.actions.busy_newsroom import what_is_wrong
from tests.actions.desks_of_people import World, built, config_in, copied

from factdesk.config import DeskConfig

KILLS = 4
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")


def at_work(config: DeskConfig, world: World, *more: str) -> subprocess.Popen[str]:
    """People at work in a process of their own."""
    arguments = [config.database_url, str(config.folder), world.claim, world.cited, *more]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.actions.busy_newsroom", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        start_new_session=True,
    )


def acknowledged(config: DeskConfig, world: World, seed: int, lines: int, delay: float) -> list[str]:
    """Let people do something and go on for a moment, kill them; what they acknowledged."""
    with at_work(config, world, str(seed)) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(lines)]
        # A moment of its own length, so that the blow falls anywhere in an act.
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(delay)
        os.killpg(child.pid, signal.SIGKILL)
        told += child.stdout.readlines()
    return [line.strip() for line in told if line.endswith("\n")]


def killed(config: DeskConfig, world: World, kills: int) -> None:
    chance = random.Random(20260102)
    told: list[str] = []
    for seed in range(kills):
        told += acknowledged(config, world, seed, chance.randint(1, 50), chance.uniform(0.001, 0.05))
        assert what_is_wrong(config, told) == ""
    assert len(told) >= kills


def test_killed_at_any_moment(world: World, tmp_path: Path) -> None:
    killed(copied(world, tmp_path / "newsroom"), world, KILLS)


def test_killed_on_postgresql(prepared_postgres_url: str, tmp_path: Path) -> None:
    config = DeskConfig(tmp_path, prepared_postgres_url, "Test desk", allow_private=True)
    killed(config, built(config, None), KILLS // 2)


def test_what_is_lost_is_seen(world: World, tmp_path: Path) -> None:
    """The look at what is left is no look if nothing can be missing."""
    folder = copied(world, tmp_path / "newsroom").folder
    assert "not there" in what_is_wrong(config_in(folder), ["fact 0190"])
    assert "was at 2" in what_is_wrong(config_in(folder), [f"item {world.claim} 2 checkable"])
    assert "was opinion" in what_is_wrong(config_in(folder), [f"item {world.claim} 1 opinion"])

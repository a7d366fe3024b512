"""`kill -9` at any moment: what was acknowledged is there, and what was not is there whole or not at all."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from factdesk.config import DeskConfig
from factdesk.store.chain import verify
from factdesk.store.events import get_event
from factdesk.store.record import Record
from factdesk.store.reviews import VERSIONS

KILLS = 8
SOURCE = Path(__file__).parents[2] / "src"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")


def acknowledged(config: DeskConfig, lines: int, delay: float) -> Iterator[tuple[int, str]]:
    """Start a writer, let it acknowledge a few batches and go on for a moment, kill it; what it acknowledged."""
    command = [
        sys.executable,
        str(Path(__file__).with_name("killed_writer.py")),
        config.database_url,
        str(config.folder),
    ]
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(lines)]
        # A moment of its own length, so that the blow falls anywhere in a transaction.
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(delay)
        child.send_signal(signal.SIGKILL)
        told += child.stdout.readlines()
    for line in told:
        seq, _, digest = line.strip().partition(" ")
        if len(digest) == 64:
            yield int(seq), digest


def test_killed_at_any_moment(desk_config: DeskConfig) -> None:
    chance = random.Random(20260102)
    kept: dict[int, str] = {}
    for _ in range(KILLS):
        kept |= dict(acknowledged(desk_config, chance.randint(1, 4), chance.uniform(0.001, 0.08)))
        with Record.open(desk_config, patience=60) as record:
            # Waits until the database has let go of what the dead writer had begun.
            with record.write():
                pass
            with record.read() as session:
                assert verify(session).broken is None
                found = {seq: event.hash for seq in kept if (event := get_event(session, seq))}
                assert found == kept
                batches = session.execute(select(func.count(VERSIONS.c.seq.distinct()))).scalar_one()
                vectors = session.execute(text("SELECT count(*) FROM vectors")).scalar_one()
        # Vectors are in no event: that there are as many as events says that no batch is half there.
        assert vectors == 40 * batches
    assert len(kept) >= KILLS

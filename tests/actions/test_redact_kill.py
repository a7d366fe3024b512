"""`kill -9` in the middle of a redaction: all of a thing is there or none of it, and asked for again it is finished."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.actions.redact_world import ORDER, SECRETS, done, everything, made

from factdesk.config import DeskConfig
from factdesk.queries.desk import Desk
from factdesk.store.chain import verify
from factdesk.store.record import Record
from factdesk.store.sealed import all_sealed, redactions, subject_of

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")


def killed(config: DeskConfig, subjects: list[str], delay: float) -> int:
    """Start to redact these, and kill it a moment after it begins; how many it said were done."""
    script = Path(__file__).with_name("redact_world.py")
    command = [sys.executable, str(script), config.database_url, str(config.folder), *subjects]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, start_new_session=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        try:
            child.wait(delay)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
        return len(child.stdout.readlines())


def left_of(config: DeskConfig) -> set[str]:
    """What the record still holds, by the secrets in its facts; and the chain holds."""
    with Record.open(config) as record, record.read() as session:
        assert verify(session).broken is None
        contents = "".join(row.content or "" for row in all_sealed(session))
        taken = redactions(session)
        assert [row.id for row in all_sealed(session) if row.content and subject_of(row.kind, row.id) in taken] == []
        return {kind for kind, word in SECRETS.items() if word in contents}


@pytest.mark.parametrize("chance", [1, 2])
def test_killed_at_any_moment(desk_config: DeskConfig, record: Record, chance: int) -> None:
    """The chain tells that nothing is gone without its event; here, that no event is there without its effect."""
    world = made(record, desk_config)
    record.close()
    subjects = [world.subjects[kind] for kind in ORDER]
    told = killed(desk_config, subjects, random.Random(chance).uniform(0.01, 0.6))
    assert not left_of(desk_config) & set(ORDER[:told])
    with Desk(desk_config, Record.open(desk_config), writable=True) as desk:
        for subject in subjects:
            assert done(desk, subject).clean
    assert left_of(desk_config) == set()
    whole = everything(desk_config)
    assert [word for word in SECRETS.values() if word in whole] == []

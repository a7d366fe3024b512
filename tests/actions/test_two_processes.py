"""Two processes at one check: what either of them saved is in it, and every act is in the log."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.actions.busy_newsroom import what_is_wrong
from tests.actions.desks_of_people import World, begun, built, clock_from, copied, now, opened, written
from tests.actions.test_kill_checks import at_work

from factdesk.clock import Clock
from factdesk.config import DeskConfig
from factdesk.store.checks import get_revision, revisions_of, steps_of
from factdesk.store.record import Record

ROUNDS = 60


def together(config: DeskConfig, world: World, rounds: int) -> None:
    with opened(config, Clock()) as desk:
        check = begun(desk, written(world)).check.id
    children = [at_work(config, world, side, str(rounds), check) for side in ("1", "2")]
    told = [child.communicate(timeout=300)[0].splitlines() for child in children]
    assert [child.returncode for child in children] == [0, 0]
    assert what_is_wrong(config, [line for lines in told for line in lines]) == ""
    with Record.open(config) as record, record.read() as session:
        head = get_revision(session, now(record, check).now.head)
        assert head is not None
        # Nobody took anything out: whatever was saved, by whom, on which revision, is still in the text.
        words = [line.split()[1] for lines in told for line in lines if line.startswith("word ")]
        assert [word for word in words if word not in head.fact.source] == []
        assert words
        revisions = revisions_of(session, check)
        assert [each.fact.number for each in revisions] == list(range(1, len(revisions) + 1))
        assert [each.fact.parent for each in revisions] == ["", *(each.id for each in revisions)][:-1]
        # Each act was done by one of them, once: no step of the check is anybody else's.
        acks = [line for lines in told for line in lines if line.startswith(f"item {check} ")]
        assert len(acks) == len(set(acks)) == len(steps_of(session, check)) - 1


def test_on_sqlite(world: World, tmp_path: Path) -> None:
    together(copied(world, tmp_path / "newsroom"), world, ROUNDS)


@pytest.mark.parametrize("rounds", [ROUNDS // 2])
def test_on_postgresql(prepared_postgres_url: str, tmp_path: Path, rounds: int) -> None:
    config = DeskConfig(tmp_path, prepared_postgres_url, "Test desk", allow_private=True)
    together(config, built(config, clock_from(0)), rounds)

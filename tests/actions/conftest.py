"""A desk in use, with the real encoder, and rows to bring into it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.actions.desks_of_people import World, built, clock_from, config_in, copied, opened

from factdesk.clock import Clock
from factdesk.config import DeskConfig
from factdesk.queries.desk import Desk


@pytest.fixture
def desk(sqlite_desk: DeskConfig, clock: Clock) -> Iterator[Desk]:
    """A fresh desk that may fetch from this machine."""
    with Desk.open(replace(sqlite_desk, allow_private=True), clock) as opened:
        yield opened


@pytest.fixture
def write_rows(tmp_path: Path) -> Callable[..., str]:
    """Write rows into a JSON Lines file; its path. A row is its claim, or its fields; text is written as it is."""

    def write(*rows: str | dict[str, Any], name: str = "rows.jsonl", raw: str = "") -> str:
        lines = [json.dumps({"text": row} if isinstance(row, str) else row, ensure_ascii=False) for row in rows]
        (tmp_path / name).write_text("\n".join(lines) + raw, encoding="utf-8")
        return str(tmp_path / name)

    return write


@pytest.fixture(scope="session")
def world(prepared_record: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A desk with people, keys and evidence, to be copied."""
    folder = tmp_path_factory.mktemp("world")
    shutil.copyfile(prepared_record, folder / "record.sqlite")
    return built(config_in(folder), clock_from(0))


@pytest.fixture
def newsroom(world: World, tmp_path: Path) -> Iterator[Desk]:
    """A copy of that desk."""
    with opened(copied(world, tmp_path / "newsroom"), clock_from(1)) as desk:
        yield desk

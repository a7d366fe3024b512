"""`factdesk audit`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from factdesk.cli.kept import kept_heads
from factdesk.domain.heads import read_head
from factdesk.errors import UsageError

Run = Callable[..., Any]


def test_a_sound_desk_shows_its_head(say: Run, made_desk: Path) -> None:
    ran = say("audit", "--desk", made_desk)
    assert (ran.code, ran.err) == (0, "")
    first, second = ran.out.splitlines()
    assert first.endswith(" events, every link holds.")
    head = second.removeprefix("Head: ")
    assert say("audit", "--desk", made_desk, "--against", head).code == 0
    kept = read_head(head)
    assert kept is not None
    assert kept[0] == json.loads(say("audit", "--desk", made_desk, "--json").out)["events"]


def test_the_first_broken_link_is_named(say: Run, desk: Path) -> None:
    with closing(sqlite3.connect(desk / "record.sqlite")) as record, record:
        record.execute("UPDATE events SET actor = 'somebody else' WHERE seq = 2")
    ran = say("audit", "--desk", desk)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("factdesk: The event log is broken: event 2 was changed after it was written.")
    assert "sự kiện 2 đã bị sửa sau khi ghi" in say("audit", "--desk", desk, "--ui-language", "vi").err
    assert json.loads(say("audit", "--desk", desk, "--json").out)["broken"]["seq"] == 2


def test_a_log_that_was_cut_off_is_seen_by_who_kept_its_head(say: Run, desk: Path, tmp_path: Path) -> None:
    ran = say("audit", "--desk", desk, "--against", f"999:{'a' * 64}")
    assert ran.code == 1
    assert "cut off" in ran.err


@pytest.mark.parametrize("text", ["", "1", "1:abc", f"x:{'a' * 64}", f"1 {'a' * 64}", f"{'9' * 18}:{'a' * 64}"])
def test_what_is_no_head(text: str) -> None:
    with pytest.raises(UsageError, match="is no head"):
        kept_heads(text)

"""`factdesk learn`, as far as the command line goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_too_few_judgements_are_said(say: Run, desk: Path) -> None:
    ran = say("learn", "--desk", desk)
    assert (ran.code, ran.out) == (3, "")
    assert "There are 0 confirmed and 0 rejected matches" in ran.err


def test_without_anything_learned_there_is_nothing_to_forget(say: Run, desk: Path) -> None:
    ran = say("learn", "--forget", "--desk", desk)
    assert (ran.code, ran.out) == (0, "Nothing had been learned.\n")
    assert json.loads(say("learn", "--forget", "--json", "--desk", desk).out) == {"forgotten": False}

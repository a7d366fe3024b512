"""`factdesk show`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factdesk.cli.show import lines
from factdesk.cli.terminal import Terminal, columns
from factdesk.wording import sayer

Run = Callable[..., Any]


def test_a_review_is_shown_by_its_own_id(say: Run, made_desk: Path) -> None:
    ran = say("show", "knuckles-arthritis.en", "--desk", made_desk)
    assert ran.code == 0
    assert "Kind: Review" in ran.out
    assert "Cracking your knuckles causes arthritis." in ran.out
    data = json.loads(say("show", "knuckles-arthritis.en", "--desk", made_desk, "--json").out)
    again = json.loads(say("show", data["id"][:30], "--desk", made_desk, "--json").out)
    assert data["kind"] == "review"
    assert again == data


def test_an_event_and_a_run_are_shown(say: Run, made_desk: Path) -> None:
    event = json.loads(say("show", "event:1", "--desk", made_desk, "--json").out)
    assert (event["kind"], event["data"]["action"], event["data"]["actor"]) == ("event", "desk.create", "tester")
    run = json.loads(say("status", "--desk", made_desk, "--json").out)["runs"][0]["id"]
    assert json.loads(say("show", run, "--desk", made_desk, "--json").out)["kind"] == "run"


@pytest.mark.parametrize("word", ["nothing-has-this-id", "", "%", "'", "9" * 30])
def test_what_is_not_there_is_said(say: Run, made_desk: Path, word: str) -> None:
    ran = say("show", word, "--desk", made_desk)
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("factdesk: ")


@pytest.mark.parametrize("width", [30, 80])
def test_lines_fit_and_leave_out_what_is_empty(width: int) -> None:
    value = {"a": "word " * 40, "b": "", "c": {"d": [{"e": 0}, {"e": 2}], "f": None}, "g": "\x1b[31mred"}
    shown = lines(value, Terminal(width), sayer("en"))
    assert all(columns(line) <= width for line in shown)
    assert "\n".join(shown).count("word") == 40
    assert shown[-5:] == ["c:", "  d:", "    e: 0", "    e: 2", "g: [31mred"]

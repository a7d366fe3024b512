"""`factdesk publishers`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_publishers_are_listed_with_their_reviews(say: Run, made_desk: Path) -> None:
    ran = say("publishers", "--desk", made_desk)
    assert ran.code == 0
    head, row = ran.out.splitlines()
    assert head.split() == ["No.", "Publisher", "Site", "Reviews", "Status"]
    assert row.split()[1:5] == ["factdesk", "sample", "desk", "sample.example"]
    assert say("publishers", "list", "--desk", made_desk).out == ran.out
    (data,) = json.loads(say("publishers", "--json", "--desk", made_desk).out)
    assert (data["site"], data["status"]) == ("sample.example", "")
    assert data["reviews"] > 300


def test_a_blocked_publisher_no_longer_answers(say: Run, desk: Path) -> None:
    message = "Cracking your knuckles causes arthritis."
    assert "sample.example" in say("match", message, "--desk", desk).out
    assert say("publishers", "block", "sample.example", "--desk", desk).out.endswith(" is blocked.\n")
    assert say("match", message, "--desk", desk).out == "No known check.\n"
    assert "blocked" in say("publishers", "--desk", desk).out
    assert say("publishers", "unset", "sample.example", "--desk", desk).code == 0
    assert "sample.example" in say("match", message, "--desk", desk).out


def test_allowing_one_leaves_out_the_others(say: Run, desk: Path) -> None:
    assert say("publishers", "allow", "other.example", "--desk", desk).code == 0
    assert say("match", "Cracking your knuckles causes arthritis.", "--desk", desk).out == "No known check.\n"


def test_an_unknown_publisher_is_said(say: Run, desk: Path) -> None:
    ran = say("publishers", "block", "Nobody at All", "--desk", desk)
    assert (ran.code, ran.out) == (4, "")
    assert "Nobody at All" in ran.err


def test_an_empty_desk_says_so(say: Run, tmp_path: Path) -> None:
    say("init", tmp_path / "desk")
    ran = say("publishers", "--desk", tmp_path / "desk")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("There are no publishers yet")

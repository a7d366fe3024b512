"""Confirming and rejecting: kept under the message, obeyed, exported."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
MESSAGE = "My aunt says that cracking knuckles gives you arthritis"


def judged(say: Run, desk: Path) -> dict[str, str | None]:
    data = json.loads(say("match", MESSAGE, "--desk", desk, "--json", "--top", "20").out)
    return {match["review"]["own_id"]: match["judged"] for claim in data["claims"] for match in claim["matches"]}


def test_a_match_is_confirmed_by_the_id_that_was_shown(say: Run, desk: Path) -> None:
    shown = say("match", MESSAGE, "--desk", desk).out
    found = re.search(r"match confirm ([0-9a-f]{12}) ID", shown)
    assert found is not None
    ran = say("match", "confirm", found[1], "knuckles-arthritis.en", "--desk", desk)
    assert (ran.code, ran.out) == (0, "Confirmed: knuckles-arthritis.en answers this message.\n")
    assert judged(say, desk)["knuckles-arthritis.en"] == "confirmed"
    assert "Same" in say("match", MESSAGE, "--desk", desk).out


def test_a_rejected_match_is_not_shown_again(say: Run, desk: Path) -> None:
    assert "knuckles-arthritis.en" in say("match", MESSAGE, "--desk", desk).out
    assert say("match", "--desk", desk, "reject", MESSAGE, "knuckles-arthritis.en").code == 0
    assert "ID knuckles-arthritis.en" not in say("match", MESSAGE, "--desk", desk).out


def test_what_was_said_is_labelled_data(say: Run, desk: Path) -> None:
    say("match", "confirm", MESSAGE, "knuckles-arthritis.en", "--desk", desk)
    say("match", "reject", MESSAGE, "sugar-hyperactive.en", "--desk", desk)
    rows = [json.loads(line) for line in say("export", "-", "--format", "judgements", "--desk", desk).out.splitlines()]
    assert [(row["message"], row["verdict"]) for row in rows] == [(MESSAGE, "confirmed"), (MESSAGE, "rejected")]


def test_an_id_that_is_not_remembered_is_said(say: Run, desk: Path) -> None:
    ran = say("match", "confirm", "0123456789ab", "knuckles-arthritis.en", "--desk", desk)
    assert (ran.code, ran.out) == (4, "")
    assert "Give the message itself" in ran.err


def test_an_unknown_review_is_said(say: Run, desk: Path) -> None:
    ran = say("match", "confirm", MESSAGE, "no-such-review", "--desk", desk)
    assert (ran.code, ran.out) == (4, "")
    assert "no-such-review" in ran.err

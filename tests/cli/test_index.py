"""`factdesk rebuild-index`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
MESSAGE = "Cracking your knuckles causes arthritis."


def test_an_index_is_made_from_the_record(say: Run, desk: Path) -> None:
    answer = say("match", MESSAGE, "--desk", desk).out
    shutil.rmtree(desk / "index")
    ran = say("rebuild-index", "--desk", desk)
    reviews = json.loads(say("status", "--desk", desk, "--json").out)["reviews"]
    assert (ran.code, ran.out) == (0, f"The index is built: {reviews} reviews.\n")
    assert say("match", MESSAGE, "--desk", desk).out == answer
    assert json.loads(say("rebuild-index", "--desk", desk, "--json").out) == {"reviews": reviews, "passages": 0}


def test_a_damaged_index_is_made_anew_with_a_word(say: Run, desk: Path) -> None:
    answer = say("match", MESSAGE, "--desk", desk).out
    (desk / "index" / "manifest.json").write_text("{}")
    ran = say("match", MESSAGE, "--desk", desk)
    assert (ran.code, ran.out) == (0, answer)
    assert "built anew from the record" in ran.err

"""`factdesk claims` for people."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from factdesk.cli.claims import claim_lines
from factdesk.cli.terminal import Terminal, columns
from factdesk.domain.claims import ClaimSentence
from factdesk.domain.matches import Reason, Span
from factdesk.wording import sayer

Run = Callable[..., Any]
FOUND = (
    ClaimSentence(
        "Half of us\nslept badly.",
        Span(0, 23),
        "checkable",
        True,
        0.91,
        Reason("figures", "it counts: {n}", {"n": "half"}),
    ),
    ClaimSentence("How sad!", Span(24, 32), "opinion", False, 0.004, Reason("cue", "it values")),
)


def test_sentences_stand_in_their_order() -> None:
    assert claim_lines(FOUND, Terminal(80), sayer("en")) == [
        "checkable · worth checking · 91%",
        "  Half of us slept badly.",
        "  it counts: half",
        "",
        "opinion · not worth checking · < 1%",
        "  How sad!",
        "  it values",
    ]
    assert claim_lines((), Terminal(80), sayer("en")) == ["No sentence found."]


@pytest.mark.parametrize("width", [24, 80])
def test_lines_fit_in_vietnamese(width: int) -> None:
    lines = claim_lines(FOUND, Terminal(width), sayer("vi"))
    assert lines[0].startswith("kiểm chứng được")
    assert all(columns(line) <= width for line in lines)


def test_no_desk_is_needed(say: Run) -> None:
    ran = say("claims", "The bridge was built in 1990 and cost 4 million euros. I love it!", "--json")
    assert (ran.code, ran.err) == (0, "")
    first, second = json.loads(ran.out)["claims"]
    assert (first["kind"], first["checkworthy"]) == ("checkable", True)
    assert second["kind"] != "checkable"
    assert second["checkworthy"] is False

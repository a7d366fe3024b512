"""`factdesk stance` for people and for files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factdesk.cli.stance import hint_lines, shape
from factdesk.cli.terminal import Terminal, columns
from factdesk.domain.matches import Reason
from factdesk.domain.stance import StanceHint
from factdesk.wording import sayer

Run = Callable[..., Any]
TEMPLATE = "the source says {source} where the claim says {claim}"
REFUTES = StanceHint("refutes", 0.912, True, (Reason("number_other", TEMPLATE, {"source": "18\n89", "claim": "1925"}),))
TOWER = "The tower was completed in 1889."


def test_a_hint_says_what_it_seems_why_and_that_it_is_one() -> None:
    assert hint_lines(REFUTES, Terminal(80), sayer("en")) == [
        "seems to refute the claim · 91%",
        "  the source says 18 89 where the claim says 1925",
        "A hint, no judgement: read the source.",
    ]


@pytest.mark.parametrize("found", [StanceHint("refutes", 0.9, False, ()), StanceHint("neither", 0.99, True, ())])
def test_what_is_not_sure_or_neither_is_unclear_and_has_no_figure(found: StanceHint) -> None:
    assert hint_lines(found, Terminal(80), sayer("en"))[0] == "unclear"
    assert (shape(found)["hint"], shape(found)["label"]) == ("unclear", found.label)


def test_lines_fit_in_vietnamese() -> None:
    lines = hint_lines(REFUTES, Terminal(24), sayer("vi"))
    assert lines[0].startswith("có vẻ bác bỏ")
    assert all(columns(line) <= 24 for line in lines)


def test_no_desk_is_needed(say: Run) -> None:
    ran = say("stance", "The tower was completed in 1925.", TOWER, "--json")
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    assert (found["hint"], found["sure"]) == ("refutes", True)
    assert "1889" in found["reasons"][0]


def test_one_word_or_none_is_a_usage_error(say: Run) -> None:
    assert "A claim and its evidence are needed." in say("stance", "The tower was completed in 1925.").err
    assert say("stance").code == 2
    assert say("stance", "…", TOWER).code not in (0, 2)


def test_a_file_is_answered_row_by_row(say: Run, tmp_path: Path) -> None:
    rows = [
        {"id": "a", "claim": "The tower was completed in 1889.", "evidence": TOWER},
        {"id": "b", "claim": "no evidence"},
        {"id": 3, "text": "The tower was completed in 1925.", "evidence": TOWER},
        {"id": "d", "claim": "", "evidence": ""},
        {"claim": "no id", "evidence": "at all"},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ran = say("stance", "--input", str(source), "--output", str(target))
    assert ran.code == 0
    found = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in found] == ["a", "b", 3, "d"]
    assert [row.get("hint") for row in found] == ["supports", None, "refutes", "unclear"]
    assert found[1]["error"] == "The row has no claim and evidence."
    report = (tmp_path / "out.jsonl.report.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["line"] for line in report.splitlines()] == [2, 5]


def test_a_file_without_one_pair_is_an_error(say: Run, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "1", "text": "a message"}\n', encoding="utf-8")
    ran = say("stance", "--input", str(source))
    assert ran.code != 0
    assert "No row could be read." in ran.err

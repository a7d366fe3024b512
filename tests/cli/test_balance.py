from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.queries.published import About, publish, statement

from factdesk.cli.balance import BAR, balance_lines, bar
from factdesk.cli.terminal import Terminal, columns
from factdesk.config import load_desk
from factdesk.domain.balance import Cell, Counted, balance, wilson
from factdesk.domain.scales import DEFAULT, NOT_CHECKABLE
from factdesk.queries.balance_plot import Naming
from factdesk.store.record import Record
from factdesk.wording import sayer

KEYS = [*(step.key for step in DEFAULT.steps), NOT_CHECKABLE]


@pytest.fixture
def ask(desk: Path, say: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command in a desk that has published two checks, one of which was withdrawn."""
    with Record.open(load_desk(str(desk))) as record:
        about = [About(kind="public figure", claimant="Somebody Famous")]
        publish(record, "k1", statement("misleading", about, topics=["health"]))
        publish(record, "k2", statement("true", about), statement("true", about, act="withdraw"))
    return lambda *words: say("--desk", desk, *words)


def test_it_is_printed_with_shares_and_intervals(ask: Callable[..., Any]) -> None:
    ran = ask("balance")
    assert ran.code == 0
    assert "Published checks: 1" in ran.out
    assert "1 more withdrawn" in ran.out
    line = next(line for line in ran.out.splitlines() if "Misleading" in line)
    assert "100%" in line
    assert "(21–100%)" in line
    assert "~ marks shares of fewer than 30 checks." in ran.out
    assert "Famous" not in ran.out + ran.err


def test_it_speaks_vietnamese(ask: Callable[..., Any]) -> None:
    out = ask("balance", "--ui-language", "vi").out
    assert "Gây hiểu lầm" in out
    assert "Nhân vật công chúng" in out


def test_json_has_every_cell(ask: Callable[..., Any]) -> None:
    found = json.loads(ask("balance", "--json").out)
    ratings = next(part for part in found["balance"]["parts"] if part["by"] == "rating")
    assert [cell["name"] for cell in ratings["cells"]] == KEYS
    assert ratings["cells"][2] | {"interval": None} == {
        "name": "misleading", "count": 1, "of": 1, "share": 1.0, "interval": None, "small": True, "lean": "",
    }  # fmt: skip
    assert [cross["by"] for cross in found["balance"]["crosses"]] == ["claimant", "topic"]
    assert found["redacted"] == 0


def test_since_leaves_out_what_was_published_before(ask: Callable[..., Any]) -> None:
    assert json.loads(ask("balance", "--since", "2026-02", "--json").out)["balance"]["checks"] == 0
    assert ask("balance", "--since", "2026-02").out.strip() == "Published checks: 0."


def test_the_plot_is_written_whole_and_the_same_each_time(ask: Callable[..., Any], tmp_path: Path) -> None:
    target = tmp_path / "balance.svg"
    ran = ask("balance", "--plot", target)
    assert (ran.code, ran.out) == (0, "")
    first = target.read_bytes()
    assert ElementTree.fromstring(first).tag.endswith("svg")
    assert b"Sample" in first
    ask("balance", "--plot", target)
    assert target.read_bytes() == first
    ask("balance", "--plot", target, "--ui-language", "vi")
    assert "Chủ đề" in target.read_text(encoding="utf-8")


def test_the_plot_goes_to_standard_output_alone(ask: Callable[..., Any]) -> None:
    ran = ask("balance", "--plot", "-", "--json")
    assert ElementTree.fromstring(ran.out).tag.endswith("svg")
    assert ran.err == ""


def test_a_plot_that_cannot_be_written_says_so(ask: Callable[..., Any], tmp_path: Path) -> None:
    ran = ask("balance", "--plot", tmp_path / "nowhere" / "balance.svg")
    assert ran.code != 0
    assert "nowhere" in ran.err


@pytest.mark.parametrize(("count", "of"), [(0, 10), (5, 10), (10, 10), (1, 100_000), (0, 0)])
def test_a_bar_ends_where_its_interval_does(count: int, of: int) -> None:
    interval = wilson(count, of)
    drawn = bar(Cell("x", count, of, count / of if of else 0, interval, small=False))
    assert len(drawn) == (round(interval.high * BAR) if of else 0)
    assert drawn == "".join(sorted(drawn, key="█▓░".index))


@pytest.mark.attack
@pytest.mark.parametrize("width", [30, 80])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_topic_cannot_steer_the_terminal_nor_break_its_lines(width: int, language: str) -> None:
    topic = "\x1b]0;pwned\x07a\r\nb\u202ec" + "漢x" * 60
    counted = Counted(frozenset({topic}), frozenset({topic}), topic, frozenset({"reader"}), topic, "2026-01-01")
    report = balance([counted], KEYS)
    lines = balance_lines(report, Naming(sayer(language), language, DEFAULT), Terminal(width))
    assert not set("\x1b\x07\r\n\u202e") & set("".join(lines))
    assert max(map(columns, lines)) <= width

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.actions.claims import add_claim
from factdesk.actions.people import add_person
from factdesk.cli.terminal import Terminal
from factdesk.cli.tips_view import LAST, LEVELS, group_lines, sparkline
from factdesk.config import load_desk
from factdesk.queries.inbox import TipGroup
from factdesk.store.record import Record
from factdesk.wording import sayer

Ask = Callable[..., Any]
LIGHTNING = "Lightning never strikes the same place twice"


@pytest.fixture
def ask(desk: Path, say: Callable[..., Any]) -> Ask:
    """Run a command in a desk whose admin is `tester`."""
    with Record.open(load_desk(str(desk))) as record:
        add_person(record, "tester", actor="tester")
    return lambda *words: say("--desk", desk, *words)


@pytest.fixture
def claim(desk: Path, ask: Ask) -> str:
    with Record.open(load_desk(str(desk))) as record:
        return add_claim(record, "Lightning never strikes one place twice.", actor="tester").id


def added(ask: Ask, *words: str) -> dict[str, Any]:
    ran = ask("tip", "add", *words, "--json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)  # type: ignore[no-any-return]


def test_a_tip_is_taken_in_and_what_is_known_is_said_at_once(ask: Ask, claim: str) -> None:
    ran = ask("tip", "add", LIGHTNING, "--origin", "hotline", "--day", "2026-03-01")
    assert ran.code == 0
    assert len(ran.out.splitlines()[0]) == 36
    assert f"perhaps claim {claim[-12:]}" in ran.out
    assert "2026-03-01 · en · hotline" in ran.out
    # The sample answers it.
    assert "https://sample.example/en/lightning-twice" in ran.out
    assert "factdesk match confirm" in ran.out


def test_the_message_can_be_confirmed_by_its_number(ask: Ask) -> None:
    ran = ask("tip", "add", LIGHTNING)
    number = ran.out.split("match confirm ")[1].split()[0]
    assert ask("match", "confirm", number, "lightning-twice.en").code == 0


def test_as_json_it_carries_group_suggestion_and_answers(ask: Ask, claim: str) -> None:
    first, found = added(ask, LIGHTNING), added(ask, LIGHTNING.upper())
    assert found["group"]["tips"] == [first["id"], found["id"]]
    assert found["group"]["suggestion"]["claim"] == claim
    assert found["known"]["claims"][0]["matches"][0]["decision"] == "same"
    assert found["private"] == []


def test_a_tip_comes_from_a_file_or_standard_input(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "tip.txt").write_text("Cầu sẽ đóng từ thứ Hai", encoding="utf-8")
    assert added(ask, str(tmp_path / "tip.txt"))["text"] == "Cầu sẽ đóng từ thứ Hai"


@pytest.mark.parametrize(
    ("text", "kind", "secret"),
    [
        ("Is it true? Call me: 0912 345 678", "phone", "0912 345 678"),
        ("Có thật không? Gọi tôi 0912345678 nhé", "phone", "0912345678"),
        ("---\nAnswer anna.berger@mail.example please", "email", "anna.berger"),
        ("- `anna.berger@mail.example` asks", "email", "anna.berger"),
        ("<!-- anna.berger@mail.example -->is it so?", "email", "anna.berger"),
        ("CCCD của tôi là 001085012345", "identity", "001085012345"),
    ],
)
def test_private_data_is_warned_of_and_never_repeated(ask: Ask, text: str, kind: str, secret: str) -> None:
    ran = ask("tip", "add", "--quiet", "--", text)
    assert ran.code == 0
    assert "factdesk redact tip:" in ran.err
    assert secret not in ran.err
    assert kind in json.loads(ask("tip", "add", "--json", "--", text).out)["private"]


def test_a_hotline_or_an_office_is_nobody(ask: Ask) -> None:
    ran = ask("tip", "add", "The hotline 1900 1234 and info@bridge.example say so")
    assert "redact" not in ran.err


def test_the_inbox_lists_groups_by_demand(ask: Ask, claim: str) -> None:
    empty = ask("tips")
    assert (empty.out, "No tip has come in" in empty.err) == ("", True)
    ids = [added(ask, text)["id"] for text in (LIGHTNING, "Snails sleep for three years", LIGHTNING + "!")]
    found = json.loads(ask("tips", "--json").out)
    assert [group["count"] for group in found["groups"]] == [2, 1]
    assert found["groups"][0]["tips"] == [ids[0], ids[2]]
    assert (found["tips"], found["more"], sum(found["groups"][0]["demand"])) == (3, 0, 2)
    listed = ask("tips")
    assert listed.out.index("2 tips") < listed.out.index("Snails")
    assert "tip link TIP CLAIM --group" in listed.err
    assert ask("tip").out == listed.out


def test_the_most_wanted_are_listed_and_all_when_asked(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factdesk.cli.tips.TOP", 1)
    for text in (LIGHTNING, "Snails sleep for three years"):
        added(ask, text)
    few = ask("tips")
    assert "Groups not shown: 1." in few.err
    assert len(json.loads(ask("tips", "--all", "--json").out)["groups"]) == 2
    assert json.loads(ask("tips", "--since", "2999", "--json").out)["groups"] == []


def test_a_group_is_put_to_a_claim_at_once_and_taken_from_it(ask: Ask, claim: str) -> None:
    first, other = added(ask, LIGHTNING)["id"], added(ask, LIGHTNING + "?")["id"]
    alone = added(ask, "Snails sleep for three years")["id"]
    assert "2 tips are put to claim" in ask("tip", "link", first[-12:], claim[-12:], "--group").out
    groups = json.loads(ask("tips", "--json").out)["groups"]
    assert [(group["claim"], group["tips"]) for group in groups] == [(claim, [first, other]), ("", [alone])]
    assert ask("tip", "unlink", first).out.strip() == "The tip is put to no claim."
    (row,) = json.loads(ask("tip", "link", alone, claim, "--json").out)
    assert (row["id"], row["claim"]) == (alone, claim)


def test_a_tip_is_shown_whole(ask: Ask) -> None:
    own = added(ask, "The bridge closes on Monday\n\n\x1b[31mAnd the ferry too", "--origin", "desk")["id"]
    shown = ask("tip", "show", own[-12:])
    assert "The bridge closes on Monday\n" in shown.out
    assert "And the ferry too" in shown.out
    assert "\x1b" not in shown.out
    assert "the desk itself" in shown.out
    assert json.loads(ask("tip", "show", own, "--json").out)["origin"] == "desk"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("tip", "add", ""), 3, "The message is empty."),
        (("tip", "add", "Snails sleep", "--origin", "gossip"), 2, "--origin takes one of reader"),
        (("tip", "add", "Snails sleep", "--as", "nobody"), 8, "Nobody at this desk is called nobody."),
        (("tip", "add", "Snails sleep", "--claim", "123456"), 4, "There is no claim 123456."),
        (("tip", "show", "123456"), 4, "There is no tip 123456."),
        (("tip", "link", "123456", "123456"), 4, "There is no claim 123456."),
        (("tip", "unlink", "123456", "--as", "nobody"), 8, "Nobody at this desk"),
    ],
)
def test_what_cannot_be_done_says_why(ask: Ask, words: tuple[str, ...], code: int, says: str) -> None:
    ran = ask(*words)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err


def group(text: str, **more: Any) -> TipGroup:
    return TipGroup("", text, ("t1",), "2026-01-01", "2026-01-02", (1, 0), {"": 1}, {"reader": 1}, (), **more)


@pytest.mark.attack
@pytest.mark.parametrize("width", [30, 80])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_message_cannot_steer_the_terminal(width: int, language: str) -> None:
    lines = list(group_lines(group("\x1b]0;pwned\x07a\r\nb\u202ec{x}%s" + "x" * 400), Terminal(width), sayer(language)))
    assert not set("\x1b\x07\r\u202e") & set("".join(lines))
    assert all(len(line) <= width for line in lines)


@given(st.lists(st.integers(0, 100_000), max_size=40))
def test_a_sparkline_is_high_where_demand_is(demand: list[int]) -> None:
    drawn = sparkline(demand)
    shown = demand[-LAST:]
    assert len(drawn) == len(shown)
    heights = ["·", *LEVELS]
    for (one, mark), (other, mark2) in zip(
        zip(shown, drawn, strict=True), zip(shown[1:], drawn[1:], strict=True), strict=False
    ):
        assert (one == 0) == (mark == "·")
        assert one > other or heights.index(mark) <= heights.index(mark2)
    if any(shown):
        assert drawn[shown.index(max(shown))] == "█"

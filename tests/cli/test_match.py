"""`factdesk match` for people: one message, however it comes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
KNUCKLES = "Cracking your knuckles causes arthritis."


def test_a_message_is_answered(say: Run, made_desk: Path) -> None:
    ran = say("match", KNUCKLES, "--desk", made_desk)
    assert (ran.code, ran.err) == (0, "")
    for words in ("Same", KNUCKLES, "“False” · factdesk sample desk · 2024-06-27", "ID knuckles-arthritis.en"):
        assert words in ran.out
    assert "https://sample.example/en/knuckles-arthritis" in ran.out


def test_a_file_and_a_pipe_are_answered_alike(program: Run, made_desk: Path, tmp_path: Path) -> None:
    (tmp_path / "message.txt").write_text(KNUCKLES, encoding="utf-8")
    desk = ("--desk", str(made_desk))
    said = program("match", KNUCKLES, *desk).out
    assert "knuckles-arthritis.en" in said
    assert program("match", "message.txt", *desk).out == said
    assert program("match", "-", *desk, stdin=KNUCKLES.encode()).out == said
    assert program("match", *desk, stdin=KNUCKLES.encode()).out == said


def test_json_holds_everything(say: Run, made_desk: Path) -> None:
    data = json.loads(say("match", KNUCKLES, "--desk", made_desk, "--json", "--top", "2").out)
    assert set(data) == {"message_id", "message", "language", "claims"}
    assert data["message"] == KNUCKLES
    best = data["claims"][0]["matches"][0]
    assert best["review"]["own_id"] == "knuckles-arthritis.en"
    assert best["review"]["rating"]["text"] == "False"
    assert len(data["claims"][0]["matches"]) <= 2


def test_filters(say: Run, made_desk: Path) -> None:
    def ids(*options: str) -> list[str]:
        data = json.loads(say("match", KNUCKLES, "--desk", made_desk, "--json", *options).out)
        return [match["review"]["own_id"] for claim in data["claims"] for match in claim["matches"]]

    assert "knuckles-arthritis.en" in ids("--language", "en")
    assert ids("--language", "vi")
    assert all(own.endswith(".vi") for own in ids("--language", "vi"))
    assert "knuckles-arthritis.en" not in ids("--since", "2024-06-28")
    assert "knuckles-arthritis.en" in ids("--since", "2024-06-27")
    assert "knuckles-arthritis.en" in ids("--publisher", "sample.example")


def test_a_message_that_nobody_has_checked(say: Run, made_desk: Path) -> None:
    ran = say("match", "Thư viện phường vừa mua thêm bốn chiếc ghế đá cho sân sau.", "--desk", made_desk)
    assert (ran.code, ran.out) == (0, "No known check.\n")


def test_a_message_that_begins_with_a_subcommand(say: Run, made_desk: Path) -> None:
    for args in (["confirm that cracking your knuckles causes arthritis"], ["--", "confirm"], ["--", "reject"]):
        assert say("match", "--desk", made_desk, *args).code == 0


@pytest.mark.parametrize(
    "message",
    ["https://sample.example/en/knuckles-arthritis", "تناول الجزر يجعلك ترى في الظلام", "\u202eabc", "a\x00b", "😀 ok"],
)
def test_odd_messages_are_answered(say: Run, made_desk: Path, message: str) -> None:
    ran = say("match", message, "--desk", made_desk)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.strip()
    assert "\u202e" not in ran.out


@pytest.mark.parametrize("message", ["😀😀😀", "?", "\x01\x02", "— …"])
def test_a_message_without_words_is_said(say: Run, made_desk: Path, message: str) -> None:
    ran = say("match", message, "--desk", made_desk)
    assert (ran.code, ran.out) == (3, "")
    assert "no words" in ran.err


def test_a_long_message_is_answered(say: Run, made_desk: Path) -> None:
    assert say("match", "word " * 20_000, "--desk", made_desk).code == 0


def test_an_empty_message_is_said(say: Run, made_desk: Path) -> None:
    ran = say("match", "  ", "--desk", made_desk)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("factdesk: The message is empty.")


def test_bytes_that_are_no_text_are_answered(program: Run, made_desk: Path) -> None:
    assert program("match", "--desk", str(made_desk), b"caf\xe9 knuckles", env={"LC_ALL": "C"}).code == 0


def test_it_speaks_vietnamese(say: Run, made_desk: Path) -> None:
    ran = say("match", KNUCKLES, "--desk", made_desk, "--ui-language", "vi")
    assert "Trùng khớp" in ran.out
    assert "“False”" in ran.out

"""The shapes that others read: `match --input` and `claims --input`, by the real program on a real desk."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

ROWS: list[Any] = [
    {"id": "tip-1", "text": "Cracking your knuckles causes arthritis."},
    {"id": 2, "text": "Ăn đường khiến trẻ em hiếu động quá mức."},
    {"id": "empty", "text": ""},
    {"id": "emoji", "text": "😀😀"},
    {"id": "no text"},
    {"text": "no id"},
    {"id": "two claims", "text": "Sugar makes children hyperactive. Cracking your knuckles causes arthritis."},
    {"id": "half", "text": "\ud800 half a letter"},
    {"id": "tip-1", "text": "An id may come twice."},
]
IDS = [row["id"] for row in ROWS if "id" in row]
REPORTED = [
    {"line": 5, "id": "no text", "error": "The row has no text."},
    {"line": 6, "id": None, "error": "The row has no id that is a text or a number."},
    {"line": 10, "id": None, "error": "This line is not JSON."},
]


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    path = tmp_path / "messages.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS) + "no json\n", encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, Any]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


def check_match_row(row: dict[str, Any], top: int) -> None:
    assert set(row) == ({"id", "matches", "error"} if row["id"] == "no text" else {"id", "matches"})
    assert len(row["matches"]) <= top
    scores = [match["score"] for match in row["matches"]]
    assert scores == sorted(scores, reverse=True)
    assert len({match["id"] for match in row["matches"]}) == len(row["matches"])
    for match in row["matches"]:
        assert set(match) == {"id", "score", "decision", "reasons"}
        assert isinstance(match["id"], str)
        assert isinstance(match["score"], float)
        assert 0 <= match["score"] <= 1
        assert match["decision"] in ("same", "related", "conflicting", "none")
        assert all(isinstance(reason, str) and reason for reason in match["reasons"])


def test_match_answers_every_row_in_its_place(program: Run, made_desk: Path, messages: Path, tmp_path: Path) -> None:
    out = tmp_path / "matches.jsonl"
    ran = program("match", "--desk", str(made_desk), "--input", str(messages), "--output", str(out), "--top", "20")
    assert (ran.code, ran.out) == (0, "")
    found = rows_of(out)
    assert [row["id"] for row in found] == IDS
    for row in found:
        check_match_row(row, 20)
    assert found[0]["matches"][0]["id"] == "knuckles-arthritis.en"
    assert found[0]["matches"][0]["decision"] == "same"
    assert found[1]["matches"][0]["id"] == "sugar-hyperactive.vi"
    assert found[2]["matches"] == []
    assert {match["id"] for match in found[5]["matches"][:4]} >= {"knuckles-arthritis.en", "sugar-hyperactive.en"}
    assert rows_of(tmp_path / "matches.jsonl.report.jsonl") == REPORTED
    assert f"{messages}, line 10: This line is not JSON." in ran.err


def test_twenty_ranked_rows_whatever_their_decision(program: Run, made_desk: Path, messages: Path) -> None:
    ran = program("match", "--desk", str(made_desk), "--input", str(messages), "--top", "20", "--quiet")
    assert len(json.loads(ran.out.splitlines()[0])["matches"]) == 20


def test_packed_files_and_pipes_give_the_same(program: Run, made_desk: Path, messages: Path, tmp_path: Path) -> None:
    packed, out = tmp_path / "messages.jsonl.gz", tmp_path / "matches.jsonl.gz"
    packed.write_bytes(gzip.compress(messages.read_bytes()))
    ran = program("match", "--desk", str(made_desk), "--input", str(packed), "--output", str(out), "--top", "3")
    piped = program("match", "--desk", str(made_desk), "--input", "-", "--top", "3", stdin=messages.read_bytes())
    assert (ran.code, piped.code) == (0, 0)
    assert gzip.decompress(out.read_bytes()).decode() == piped.out
    assert all(len(row["matches"]) <= 3 for row in rows_of(out))


def test_ids_of_a_table_come_back(program: Run, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    rows = [
        {"id": "7", "title": "Carrots", "text": "Carrots let you see in the dark."},
        {"id": "8", "title": "Garlic", "text": "Garlic cures the flu."},
    ]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert program("init", "small").code == 0
    assert program("import", "--desk", "small", str(corpus)).code == 0
    query = json.dumps({"id": "q", "text": "Can carrots let you see in the dark?"}).encode()
    (row,) = (
        json.loads(line) for line in program("match", "--desk", "small", "--input", "-", stdin=query).out.splitlines()
    )
    assert row["id"] == "q"
    assert row["matches"][0]["id"] == "7"


def test_claims_answers_every_row_in_its_place(program: Run, messages: Path, made_desk: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.jsonl"
    ran = program("claims", "--desk", str(made_desk), "--input", str(messages), "--output", str(out))
    assert (ran.code, ran.out) == (0, "")
    found = rows_of(out)
    assert [row["id"] for row in found] == IDS
    texts = {row["id"]: row["text"] for row in ROWS if row.get("id") == "two claims"}
    for row in found:
        assert set(row) == ({"id", "claims", "error"} if row["id"] == "no text" else {"id", "claims"})
        for claim in row["claims"]:
            assert set(claim) == {"text", "start", "end", "kind", "checkworthy", "probability", "reason"}
            assert claim["kind"] in ("checkable", "opinion", "prediction", "question", "experience", "other")
            assert isinstance(claim["checkworthy"], bool)
            assert 0 <= claim["probability"] <= 1
            assert isinstance(claim["reason"], str)
            if row["id"] in texts:
                assert texts[row["id"]][claim["start"] : claim["end"]] == claim["text"]
    assert len(found[5]["claims"]) == 2


def test_when_no_row_can_be_read_that_is_an_error(program: Run, made_desk: Path) -> None:
    ran = program("match", "--desk", str(made_desk), "--input", "-", stdin=b"a\nb\n")
    assert (ran.code, ran.out) == (3, "")
    assert "No row could be read." in ran.err


def test_nothing_asked_is_nothing_answered(program: Run, made_desk: Path) -> None:
    ran = program("match", "--desk", str(made_desk), "--input", "-", "--quiet")
    assert (ran.code, ran.out, ran.err) == (0, "", "")

"""`factdesk evidence` as a person and as a program meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factdesk.cli.main import main

ROWS = [
    {
        "id": "tower",
        "title": "Lighthouses",
        "text": "It stands on a cape. The lighthouse of Zed was painted purple in 1905. It is 40 metres high.",
        "url": "https://a.example/tower",
        "date": "2010-05-06",
    },
    {"id": "tea", "title": "", "text": "Green tea has less caffeine than coffee."},
]
CLAIM = "The lighthouse of Zed was painted purple in 1907"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("evidence")
    texts = folder / "texts.jsonl"
    texts.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    desk = str(folder / "desk")
    for args in (["init", desk], ["--desk", desk, "capture", "--texts", str(texts)]):
        assert main([*args, "--quiet"]) == 0
    return desk


def test_a_person_sees_source_sentence_and_reasons(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", CLAIM, "--top", "1", "--desk", library]) == 0
    out = capsys.readouterr().out
    assert "1. Lighthouses" in out
    assert "https://a.example/tower\n" in out
    assert "2010-05-06 · captured" in out
    assert "supplied" in out
    assert "» The lighthouse of Zed was painted purple in 1905. «" in " ".join(out.split())
    assert "numbers differ: 1907 in the claim, 1905 in the passage" in " ".join(out.split())
    assert "Hint:" in out
    assert "\nID tower\n" in out


def test_a_program_gets_the_same_as_json(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", CLAIM, "--json", "--desk", library]) == 0
    answer = json.loads(capsys.readouterr().out)
    hit = answer["sources"][0]["passages"][0]
    assert answer["sources"][0]["own_id"] == "tower"
    start, end = hit["sentence"]["start"], hit["sentence"]["end"]
    assert ROWS[0]["text"][start:end] == "The lighthouse of Zed was painted purple in 1905."
    assert ROWS[0]["text"][hit["span"]["start"] : hit["span"]["end"]] == hit["text"]


def test_many_claims_are_answered_in_the_shape_of_match(library: str, tmp_path: Path) -> None:
    asked, found = tmp_path / "asked.jsonl", tmp_path / "found.jsonl"
    asked.write_text(f'{{"id": 7, "text": "{CLAIM}"}}\nnonsense\n{{"id": "b", "text": "caffeine"}}\n', encoding="utf-8")
    assert main(["evidence", "--input", str(asked), "--output", str(found), "--desk", library]) == 0
    rows = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [7, "b"]
    assert [row["matches"][0]["id"] for row in rows] == ["tower", "tea"]
    assert rows[0]["matches"][0]["sentence"] == "The lighthouse of Zed was painted purple in 1905."
    assert rows[0]["matches"][0]["score"] >= rows[0]["matches"][1]["score"]
    assert "nonsense" not in found.read_text(encoding="utf-8")


def test_vietnamese_words_for_vietnamese_readers(
    library: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTDESK_UI_LANGUAGE", "vi")
    assert main(["evidence", CLAIM, "--top", "1", "--desk", library]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "nhận định ghi 1907, đoạn văn ghi 1905" in out
    assert "do người khác cung cấp" in out


def test_nothing_found_is_an_answer(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", CLAIM, "--language", "xx", "--desk", library]) == 0
    assert capsys.readouterr().out == "Nothing in the library bears on this claim.\n"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["evidence", " "], 3),
        (["evidence", "🙂"], 3),
        (["evidence", CLAIM, "--input", "x.jsonl"], 2),
        (["evidence", CLAIM, "--output", "x.jsonl"], 2),
        (["evidence", "--input", "not-there.jsonl"], 3),
    ],
)
def test_bad_input_is_a_clear_error(
    library: str, args: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*args, "--desk", library]) == code
    assert capsys.readouterr().err.strip()


def test_what_bears_on_nothing_is_not_shown_to_a_person(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = "The swimming pool will be closed on Monday"
    assert main(["evidence", asked, "--desk", library]) == 0
    assert capsys.readouterr().out == "Nothing in the library bears on this claim.\n"
    assert main(["evidence", asked, "--json", "--desk", library]) == 0
    sources = json.loads(capsys.readouterr().out)["sources"]
    assert [(source["bears"], source["passages"][0]["hint"]) for source in sources] == [(False, None)] * 2


def test_only_what_bears_is_shown(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", CLAIM, "--desk", library]) == 0
    out = capsys.readouterr().out
    assert "ID tower" in out
    assert "ID tea" not in out

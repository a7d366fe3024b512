"""A library of texts: taken in once, again only what changed, and what cannot be taken named."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factdesk.actions import frozen, texts
from factdesk.actions.run import ImportResult
from factdesk.actions.texts import capture_texts
from factdesk.domain.runs import RunCounts
from factdesk.errors import InputError
from factdesk.queries.captures import list_captures, show_capture
from factdesk.queries.desk import Desk
from factdesk.store.events import read_events
from factdesk.store.runs import list_runs

Write = Callable[..., str]

FIRST = {
    "id": 1,
    "title": "Cầu",
    "text": "Cầu dài 1.682 m.",
    "url": "https://a.example/?utm_source=x",
    "date": "2024-05",
}
SECOND = {"id": "b", "text": "The bridge was opened in 1902."}


def counts(result: ImportResult) -> dict[str, int]:
    return {name: number for name, number in vars_of(result.counts).items() if number}


def vars_of(found: RunCounts) -> dict[str, int]:
    return {name: getattr(found, name) for name in RunCounts.__slots__}


def reported(result: ImportResult) -> list[str]:
    if result.report is None:
        return []
    return [json.loads(line)["code"] for line in result.report.read_text(encoding="utf-8").splitlines()]


def test_rows_become_supplied_captures(desk: Desk, write_rows: Write) -> None:
    result = capture_texts(desk, write_rows(FIRST, SECOND), note="why", primary=True, actor="an")
    assert counts(result) | {"repaired": 0} == {"read": 2, "new": 2, "repaired": 0}
    shown = show_capture(desk, "1")
    kept = shown.capture
    assert (kept.origin, kept.supplied, kept.supplied_by, kept.name) == ("text", True, "an", "rows.jsonl")
    assert (kept.about.title, kept.url, kept.about.language) == ("Cầu", "https://a.example/", "vi")
    assert (shown.text, kept.note, kept.primary) == ("Cầu dài 1.682 m.", "why", True)
    assert show_capture(desk, "https://a.example/").id == show_capture(desk, "https://a.example/?utm_source=x").id
    with desk.record.read() as session:
        assert [event.action for event in read_events(session)] == ["capture.start", "captures.add", "run.done"]
        assert list_runs(session, 1)[0].state == "done"


def test_the_same_again_changes_nothing_and_a_change_is_captured_anew(desk: Desk, write_rows: Write) -> None:
    capture_texts(desk, write_rows(FIRST, SECOND))
    assert counts(capture_texts(desk, write_rows(FIRST, SECOND)))["unchanged"] == 2
    for change in ({"text": "Cầu dài 1.683 m."}, {"title": "Cầu Long Biên"}, {"url": "https://b.example/"}):
        changed = counts(capture_texts(desk, write_rows(FIRST | change, SECOND)))
        assert (changed["changed"], changed["unchanged"]) == (1, 1)
    assert show_capture(desk, "1").capture.url == "https://b.example/"
    assert counts(capture_texts(desk, write_rows(SECOND), primary=True))["changed"] == 1
    assert counts(capture_texts(desk, write_rows(SECOND)))["unchanged"] == 1
    assert counts(capture_texts(desk, write_rows(SECOND, name="other.jsonl")))["new"] == 1
    assert len(list_captures(desk)) == 7


def test_what_cannot_be_taken_is_named(desk: Desk, write_rows: Write) -> None:
    rows = (
        SECOND,
        SECOND | {"text": "Another."},
        {"id": "x"},
        {"text": "x"},
        {"id": "y", "text": "  "},
        {"id": "z", "text": 7},
    )
    result = capture_texts(desk, write_rows(*rows, raw='\n[1]\n{"id": \nnonsense\n'))
    assert counts(result) == {"read": 9, "new": 1, "repeated": 1, "skipped": 7}
    assert reported(result) == ["no-text", "no-id", "no-text", "no-text", "not-a-text", "bad-json", "bad-json"]
    assert show_capture(desk, "b").text == SECOND["text"]


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"not JSON", b"[]", b'{"id": 1}', b"\x1f\x8bno gzip", gzip.compress(b"x"), bytes(range(256)) * 99],
    ids=["empty", "blank", "words", "list", "no text", "wrong gz", "gz of words", "rubbish"],
)
def test_a_file_without_one_row_writes_nothing(desk: Desk, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "rows.jsonl.gz").write_bytes(data)
    with pytest.raises(InputError, match="No row could be read"):
        capture_texts(desk, str(tmp_path / "rows.jsonl.gz"))
    assert desk.record.head()[0] == 0


def test_packed_rows_of_which_the_end_is_missing(desk: Desk, tmp_path: Path) -> None:
    rows = "".join(json.dumps({"id": number, "text": f"text {number} {number * 7919}"}) + "\n" for number in range(400))
    packed = gzip.compress(rows.encode())
    (tmp_path / "rows.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    result = capture_texts(desk, str(tmp_path / "rows.jsonl.gz"))
    assert 0 < result.counts.new < 400
    assert result.counts.skipped


def test_a_dry_run_says_what_would_change(desk: Desk, write_rows: Write) -> None:
    capture_texts(desk, write_rows(FIRST))
    before = desk.record.head()
    result = capture_texts(desk, write_rows(FIRST | {"text": "Khác."}, SECOND), dry_run=True)
    assert (result.counts.changed, result.counts.new, result.run_id) == (1, 1, "")
    assert desk.record.head() == before


def test_ten_megabytes_in_one_row(desk: Desk, write_rows: Write) -> None:
    capture_texts(desk, write_rows(SECOND, {"id": "big", "text": "x" * 10_000_000}))
    assert len(show_capture(desk, "big").text) == 10_000_000


def test_texts_that_are_odd_inside(desk: Desk, write_rows: Write) -> None:
    capture_texts(
        desk,
        write_rows(
            {"id": "odd", "text": "a\x00b\r\nc", "title": "t\x00"}, raw='\n{"id": "half", "text": "x \\ud800 y"}\n'
        ),
    )
    assert show_capture(desk, "odd").text == "a\ufffdb\nc"
    assert show_capture(desk, "half").text == "x ? y"


def test_much_text_is_written_in_several_transactions(
    desk: Desk, write_rows: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "MOST_TEXT", 100)
    capture_texts(desk, write_rows(*({"id": str(number), "text": f"{number} " * 30} for number in range(6))))
    with desk.record.read() as session:
        counted = [event.payload["count"] for event in read_events(session) if event.action == "captures.add"]
    assert counted == [2, 2, 2]


def test_a_file_taken_in_twice_at_once_is_there_once(
    desk: Desk, write_rows: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, encoded = write_rows(FIRST, SECOND), frozen.encoded
    other: list[ImportResult] = []

    def meanwhile(*given: Any) -> Any:
        monkeypatch.setattr(texts, "encoded", encoded)
        other.append(capture_texts(desk, path))
        return encoded(*given)

    monkeypatch.setattr(texts, "encoded", meanwhile)
    mine = capture_texts(desk, path)
    assert (other[0].counts.new, mine.counts.new, mine.counts.unchanged) == (2, 0, 2)
    assert len(list_captures(desk)) == 2

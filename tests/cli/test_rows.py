"""Many messages at once: their order, their ids, and rows that cannot be read."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.cli import rows
from factdesk.cli.rows import Row, answered, line_of, read_rows
from factdesk.errors import InputError


def read(text: str | bytes) -> list[Row]:
    return list(read_rows(io.BytesIO(text.encode() if isinstance(text, str) else text), "in"))


def test_ids_come_back_as_they_were_given() -> None:
    found = read('{"id": 1, "text": "a"}\n\n{"id": "x", "text": "b", "other": 2}\n{"id": 1.5, "text": ""}')
    assert found == [Row(1, 1, "a"), Row(3, "x", "b"), Row(4, 1.5, "")]


@pytest.mark.parametrize(
    ("line", "error", "own_id"),
    [
        ("{", rows.NOT_JSON, None),
        (b"\xff\xfe{", rows.NOT_JSON, None),
        ("[" * 100_000, rows.NOT_JSON, None),
        ("[1]", rows.NO_OBJECT, None),
        ('{"text": "a"}', rows.NO_ID, None),
        ('{"id": true, "text": "a"}', rows.NO_ID, None),
        ('{"id": [], "text": "a"}', rows.NO_ID, None),
        ('{"id": "7"}', rows.NO_TEXT, "7"),
        ('{"id": "7", "text": 5}', rows.NO_TEXT, "7"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(line: str | bytes, error: str, own_id: str | None) -> None:
    assert read(line) == [Row(1, own_id, "", error)]


def test_a_line_without_end_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_BYTES", 50)
    found = read('{"id": 1, "text": "' + "a" * 200 + '"}\n{"id": 2, "text": "b"}')
    assert found == [Row(1, error=rows.TOO_LONG), Row(2, 2, "b")]


def test_half_an_escape_is_made_whole() -> None:
    assert read('{"id": 1, "text": "a\\ud800b"}')[0].text.encode()


def test_a_damaged_file_is_said_with_its_line() -> None:
    whole = gzip.compress(b'{"id": 1, "text": "a"}\n' * 50_000)
    with gzip.open(io.BytesIO(whole[: len(whole) // 2])) as stream, pytest.raises(InputError, match="damaged after"):
        list(read_rows(cast(BinaryIO, stream), "in.gz"))


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.sampled_from(["good", "no text", "no id"])), st.integers(1, 5))
def test_order_holds_however_far_the_answerer_reads_ahead(kinds: list[str], ahead: int) -> None:
    given_rows = [
        Row(at, None if kind == "no id" else at, f"text {at}", "" if kind == "good" else kind)
        for at, kind in enumerate(kinds)
    ]
    reported: list[Row] = []

    def answer(pairs: Iterator[tuple[str, str]]) -> Iterator[str]:
        while batch := list(islice(pairs, ahead)):
            yield from (f"{own_id}: {text}" for own_id, text in batch)

    found = list(answered(given_rows, answer, reported.append))
    assert [row for row, _ in found] == [row for row in given_rows if row.answered]
    assert all(said == (None if row.error else f"{row.id}: {row.text}") for row, said in found)
    assert reported == [row for row in given_rows if row.error]


def test_lines_of_the_output() -> None:
    assert json.loads(line_of(Row(1, "x", "a"), "matches", [{"id": "1"}])) == {"id": "x", "matches": [{"id": "1"}]}
    odd = line_of(Row(1, "à\ud800", "a"), "matches", [])
    assert odd.encode()
    assert json.loads(odd)["id"] == "à\ud800"
    bad = json.loads(line_of(Row(1, 7, "", rows.NO_TEXT), "claims", None))
    assert bad == {"id": 7, "claims": [], "error": rows.NO_TEXT}

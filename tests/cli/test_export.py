"""`factdesk export`, as far as the command line goes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factdesk.cli.export import format_of

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("a.json", "datafeed"),
        ("a.jsonl", "jsonl"),
        ("a.JSONL.gz", "jsonl"),
        ("a.csv.gz", "csv"),
        ("a", "datafeed"),
        ("-", "datafeed"),
    ],
)
def test_the_format_is_told_from_the_name(name: str, shape: str) -> None:
    assert format_of(name) == shape


def test_an_export_imports_as_the_same(say: Run, made_desk: Path, tmp_path: Path) -> None:
    for name in ("all.json", "all.jsonl.gz", "all.csv"):
        ran = say("export", tmp_path / name, "--desk", made_desk)
        assert (ran.code, ran.out) == (0, "")
        again = say("import", tmp_path / name, "--desk", made_desk, "--dry-run", "--json")
        counts = json.loads(again.out)["counts"]
        assert counts["read"] == counts["unchanged"] > 300
    assert gzip.decompress((tmp_path / "all.jsonl.gz").read_bytes()).count(b"\n") == counts["read"]


def test_standard_output_holds_data_alone(say: Run, made_desk: Path) -> None:
    ran = say("export", "-", "--format", "jsonl", "--desk", made_desk)
    assert ran.code == 0
    assert all(json.loads(line)["id"] for line in ran.out.splitlines())
    assert "rows written" in ran.err


def test_an_unknown_format_is_said(say: Run, made_desk: Path) -> None:
    ran = say("export", "-", "--format", "xml", "--desk", made_desk)
    assert (ran.code, ran.out) == (2, "")
    assert "--format takes one of datafeed, jsonl, csv, judgements, not xml." in ran.err

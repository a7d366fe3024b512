"""What a desk exports imports as the same record."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factdesk.actions.judge import judge
from factdesk.domain.reviews import Claimant, Publisher, Rating, Review
from factdesk.errors import ResourceError, UsageError
from factdesk.interchange.read import Found, read_reviews
from factdesk.interchange.write import WRITERS
from factdesk.queries.export import export, export_counted
from factdesk.store.record import Record
from factdesk.store.reviews import all_reviews

FIELDS: dict[str, Any] = {
    "title": "Không: nước sôi ở 100 °C",
    "url": "https://kiemtin.example/1",
    "publisher": Publisher("Kiểm Tin", "kiemtin.example"),
    "rating": Rating("Sai", 0.0, 4.0, 0.0),
    "date": "2024-02-29",
    "language": "vi",
    "claimant": Claimant("Hội Nước", "organisation"),
    "appearances": ("https://a.example/1", "https://b.example/2"),
}


def stored(record: Record) -> list[Review]:
    with record.read() as session:
        return [review for _, review in all_reviews(session)]


def read_back(data: bytes) -> list[Review]:
    return [item.review for item in read_reviews(io.BytesIO(data), "back") if isinstance(item, Found)]


@pytest.mark.parametrize("kind", list(WRITERS))
@pytest.mark.parametrize("ending", ["", ".gz"])
def test_the_same_record_comes_back(
    record: Record, put_reviews: Callable[..., Any], tmp_path: Path, kind: str, ending: str
) -> None:
    put_reviews(record, "Nước sôi ở 90 độ", "Lửa lạnh, “thật”; đúng", **FIELDS)
    put_reviews(record, "Bare", first=3)
    seen: list[tuple[int, int | None]] = []
    target = tmp_path / f"out.{kind}{ending}"
    assert export(record, target, kind, progress=lambda done, total: seen.append((done, total))) == 3
    data = target.read_bytes()
    assert (data[:2] == b"\x1f\x8b") == bool(ending)
    assert read_back(data) == stored(record)
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_claimants_nobody_classified_are_withheld_and_counted(
    sqlite_record: Record, put_reviews: Callable[..., Any]
) -> None:
    put_reviews(sqlite_record, "A", "B", claimant=Claimant("Private Person"))
    put_reviews(sqlite_record, "C", first=3, claimant=Claimant("Minister", "public figure"))
    out = io.StringIO()
    done = export_counted(sqlite_record, out, "jsonl")
    assert (done.rows, done.withheld) == (3, 2)
    assert "Private" not in out.getvalue()
    assert "Minister" in out.getvalue()


def test_equal_exports_are_equal_bytes(sqlite_record: Record, put_reviews: Callable[..., Any], tmp_path: Path) -> None:
    put_reviews(sqlite_record, "A", "B")
    for name in ("one.json.gz", "two.json.gz"):
        export(sqlite_record, tmp_path / name, "datafeed")
    assert (tmp_path / "one.json.gz").read_bytes() == (tmp_path / "two.json.gz").read_bytes()
    assert gzip.decompress((tmp_path / "one.json.gz").read_bytes()).startswith(b'{"@context"')


def test_judgements_are_labelled_rows(sqlite_record: Record, put_reviews: Callable[..., Any]) -> None:
    put_reviews(sqlite_record, "Water boils at 90", "Fire is cold")
    judge(sqlite_record, "they say water boils at 90", 1, "confirmed", "an")
    judge(sqlite_record, "they say water boils at 90", 2, "rejected", "an")
    out = io.StringIO()
    assert export(sqlite_record, out, "judgements") == 2
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert {(row["claim"], row["verdict"]) for row in rows} == {
        ("Water boils at 90", "confirmed"),
        ("Fire is cold", "rejected"),
    }
    assert rows[0]["message"] == "they say water boils at 90"


def test_an_error_on_the_way_leaves_what_was_there(
    sqlite_record: Record, put_reviews: Callable[..., Any], tmp_path: Path
) -> None:
    put_reviews(sqlite_record, "A", "B")
    target = tmp_path / "out.json"
    target.write_text("before")

    def stop(done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(sqlite_record, target, "datafeed", progress=stop)
    assert target.read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk", "out.json"]


@pytest.mark.parametrize("name", ["missing/out.json", "."])
def test_places_that_cannot_be_written(sqlite_record: Record, tmp_path: Path, name: str) -> None:
    with pytest.raises(ResourceError):
        export(sqlite_record, tmp_path / name, "jsonl")


def test_another_format(sqlite_record: Record, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        export(sqlite_record, tmp_path / "x", "docx")

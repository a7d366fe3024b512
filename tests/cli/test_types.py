"""Values of options, and what is said of those that cannot be taken."""

from __future__ import annotations

import pytest

from factdesk.cli.types import Count, Day, OneOf
from factdesk.errors import UsageError


@pytest.mark.parametrize(("given", "number"), [("1", 1), ("20", 20), (5, 5)])
def test_count(given: object, number: int) -> None:
    assert Count(1, 20).convert(given, None, None) == number


@pytest.mark.parametrize("given", ["0", "21", "-1", "x", "", "²", "9" * 5000])
def test_count_out_of_bounds(given: str) -> None:
    with pytest.raises(UsageError, match="from 1 to 20"):
        Count(1, 20).convert(given, None, None)


@pytest.mark.parametrize(
    ("given", "day"), [("2024-05-06", "2024-05-06"), ("2024-05", "2024-05-01"), ("2024", "2024-01-01")]
)
def test_day(given: str, day: str) -> None:
    assert Day().convert(given, None, None) == day


@pytest.mark.parametrize("given", ["2024-02-30", "yesterday", "", "06/05/2024", "-", "2024-"])
def test_no_day(given: str) -> None:
    with pytest.raises(UsageError, match="a day such as"):
        Day().convert(given, None, None)


def test_one_of() -> None:
    assert OneOf(["csv", "jsonl"]).convert("csv", None, None) == "csv"
    with pytest.raises(UsageError, match="one of csv, jsonl"):
        OneOf(["csv", "jsonl"]).convert("xml", None, None)

"""Days as they are written, and what must not be guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.text.dates import read_day


@pytest.mark.parametrize(
    "written",
    [
        "2024-04-20",
        "2024-04-20T23:30:00Z",
        "2024-04-20T23:30:00-11:00",
        "2024-04-20 07:00:57",
        "2024-04-20T0700",
        " 2024-04-20 ",
    ],
)
def test_iso_needs_no_mending(written: str) -> None:
    assert read_day(written) == ("2024-04-20", "")


@pytest.mark.parametrize(
    "written",
    [
        *("2024-4-20", "2024/04/20", "2024.4.20", "20240420", "20240420T101500Z"),
        *("20/4/2024", "20-04-2024", "20.4.2024", "4/20/2024", "20 / 4 / 2024", "lúc 10:30, 20/4/2024"),
        *(
            "ngày 20 tháng 4 năm 2024",
            "20 tháng 4, 2024",
            "Ngày 20 Tháng 04 Năm 2024",
            "Thứ Bảy, ngày 20 tháng 4 năm 2024",
        ),
        *("20 April 2024", "April 20, 2024", "Apr 20 2024", "20-Apr-2024", "Sat, 20 Apr 2024 10:15:00 +0700"),
        *("Saturday, April 20th, 2024", "the 20th of April 2024", "1713600000", "1713600000000"),
    ],
)
def test_other_ways_of_writing_it(written: str) -> None:
    assert read_day(written) == ("2024-04-20", "date-format")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("02/07/2019", "date-ambiguous"),
        ("7-2-2019", "date-ambiguous"),
        ("2019", "date-incomplete"),
        ("2019-07", "date-incomplete"),
        ("07/2019", "date-incomplete"),
        ("July 2019", "date-incomplete"),
        ("tháng 7 năm 2019", "date-incomplete"),
        ("2019-02-29", "date-impossible"),
        ("2019-13-01", "date-impossible"),
        ("31/04/2019", "date-impossible"),
        ("31/31/2019", "date-impossible"),
        ("0000-00-00", "date-impossible"),
        ("0001-01-01T00:00:00", "date-impossible"),
        ("9999-12-31", "date-impossible"),
        ("ngày 30 tháng 2 năm 2024", "date-impossible"),
        ("yesterday", "date-unreadable"),
        ("20 Smarch 2024", "date-unreadable"),
        ("x" * 10_000, "date-unreadable"),
        ("２０２４-04-20x", "date-unreadable"),
        ("12345678901234567890", "date-unreadable"),
    ],
)
def test_what_is_no_single_day_is_none(written: str, code: str) -> None:
    assert read_day(written) == ("", code)


def test_the_same_number_twice_is_one_day() -> None:
    assert read_day("04/04/2024") == ("2024-04-04", "date-format")


def test_nothing_is_nothing() -> None:
    assert read_day("  ") == ("", "")


@given(st.text(max_size=120))
def test_never_raises_and_gives_days_only(text: str) -> None:
    day, code = read_day(text)
    if day:
        assert date.fromisoformat(day).isoformat() == day
        assert read_day(day) == (day, "")
    else:
        assert code or not text.strip()


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2199, 12, 31)))
def test_no_day_is_read_as_another(day: date) -> None:
    assert read_day(day.isoformat()) == (day.isoformat(), "")
    for written in (f"{day.day}/{day.month}/{day.year}", f"{day.month}/{day.day}/{day.year}"):
        assert read_day(written)[0] in ("", day.isoformat())
    assert read_day(f"ngày {day.day} tháng {day.month} năm {day.year}")[0] == day.isoformat()

"""Days as people and machines write them, read as ISO 8601 days. What could mean two days means none."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from unicodedata import normalize

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:\Z|[T ][0-9]{1,2}:?[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_YEAR_LAST = re.compile(r"(?<![0-9])([0-9]{1,2})\s?[-/.]\s?([0-9]{1,2})\s?[-/.]\s?([0-9]{4})(?![0-9])")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T[0-9]{4,6}Z?)?\Z")
_UNIX = re.compile(r"[0-9]{10}(?:[0-9]{3})?\Z")
_VIETNAMESE = re.compile(
    r"(?<![0-9])([0-9]{1,2})\s*tháng\s*([0-9]{1,2}),?\s*(?:năm\s*)?([0-9]{4})(?![0-9])", re.IGNORECASE
)
_DAY_MONTH = re.compile(
    r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([a-z]{3,9})\.?,?[\s-]+([0-9]{4})(?![0-9])", re.IGNORECASE
)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})(?![0-9])", re.IGNORECASE)
_NO_DAY = re.compile(
    r"[0-9]{4}(?:[-/.][0-9]{1,2})?\Z|[0-9]{1,2}[-/.][0-9]{4}\Z|(?:[a-z]{3,9}\.?|tháng\s*[0-9]{1,2}),?\s+(?:năm\s*)?[0-9]{4}\Z",
    re.I,
)
_MONTH_NAMES = (
    "jan january,feb february,mar march,apr april,may,jun june,jul july,aug august,sep sept september,"
    "oct october,nov november,dec december"
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES.split(","), start=1) for name in names.split()}
EARLIEST, LATEST = 1000, 2199
"""Years outside are a default value or a slip of the keyboard, not a day on which something was published."""


def read_day(text: str) -> tuple[str, str]:
    """The day as `YYYY-MM-DD`, or empty; and the code of what was done, or empty.

    A time of day is dropped and its zone is not applied: the day is the one the publisher wrote. Codes: `date-format`
    (another way of writing it), `date-ambiguous`, `date-incomplete`, `date-impossible`, `date-unreadable`.
    """
    text = text.strip()
    # Letters and their marks may come apart; the names of months are looked for whole.
    return _read(text if text.isascii() else normalize("NFC", text)) if text else ("", "")


@lru_cache(maxsize=8192)
def _read(text: str) -> tuple[str, str]:
    if len(text) > 100:
        return "", "date-unreadable"
    if found := _ISO.match(text):
        return _day(found[1], found[2], found[3], "")
    for pattern, reader in _READERS:
        if found := pattern.search(text) if pattern in _ANYWHERE else pattern.match(text):
            answer = reader(found)
            if answer is not None:
                return answer
    return "", "date-incomplete" if _NO_DAY.match(text) else "date-unreadable"


def _day(year: str, month: str | int, day: str, code: str = "date-format") -> tuple[str, str]:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return "", "date-impossible"
    return (made.isoformat(), code) if EARLIEST <= made.year <= LATEST else ("", "date-impossible")


def _numbers(found: re.Match[str]) -> tuple[str, str]:
    """`20/4/2024`: day or month first, when only one of them can be a month; `4/4/2024` is one day either way."""
    first, second, year = int(found[1]), int(found[2]), found[3]
    if first <= 12 and second <= 12 and first != second:
        return "", "date-ambiguous"
    return _day(year, second, found[1]) if second <= 12 else _day(year, first, found[2])


def _named(day: str, month: str, year: str) -> tuple[str, str] | None:
    number = _MONTHS.get(month.lower())
    return _day(year, number, day) if number else None


def _unix(found: re.Match[str]) -> tuple[str, str] | None:
    made = datetime.fromtimestamp(int(found[0][:10]), UTC)
    return _day(str(made.year), made.month, str(made.day))


_ANYWHERE = frozenset({_VIETNAMESE, _DAY_MONTH, _MONTH_DAY, _YEAR_LAST})
_READERS = (
    (_YEAR_FIRST, lambda found: _day(found[1], found[2], found[3])),
    (_UNIX, _unix),
    (_COMPACT, lambda found: _day(found[1], found[2], found[3])),
    (_VIETNAMESE, lambda found: _day(found[3], found[2], found[1])),
    (_DAY_MONTH, lambda found: _named(found[1], found[2], found[3])),
    (_MONTH_DAY, lambda found: _named(found[2], found[1], found[3])),
    (_YEAR_LAST, _numbers),
)

"""The day on which a page was published, as the page says: in its data, else where a reader sees it.

`12/5/2024` is the 12th of May on a Vietnamese page, and nothing at all on another. Days before 1900 are
slips. There is no clock here: the same bytes give the same day; `run` drops days to come.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from unicodedata import normalize

from factdesk.text.dates import read_day

EARLIEST = 1900
_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate",
    "publishdate", "publish_date", "publish-date", "published_time", "publication_date", "dc.date.issued",
    "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "citation_publication_date",
    "citation_date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "its_publication", "date",
)  # fmt: skip
_DMY = r"([0-3]?[0-9])\s?([-/.])\s?([01]?[0-9])\s?\2\s?((?:19|20)[0-9]{2})"
_IN_WORDS = r"ngày\s{1,3}([0-3]?[0-9])\s{1,3}tháng\s{1,3}([01]?[0-9])\s{0,3},?\s{0,3}(?:năm\s{1,3})?((?:19|20)[0-9]{2})"
_PLAIN_WORDS = r"([0-3]?[0-9])\s{1,3}tháng\s{1,3}([01]?[0-9])\s{0,3},?\s{0,3}(?:năm\s{1,3})?((?:19|20)[0-9]{2})"
# A day of the week, a word for publishing, or a time of day beside it tell a day of publication from any other.
_WEEKDAY = r"(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s?nhật)"
_PUBLISHED = r"(?:ngày\s(?:đăng|xuất bản|phát hành|cập nhật)|đăng\s(?:ngày|lúc)|cập nhật|xuất bản)"
_CLOCK = r"[0-2]?[0-9][:h][0-5][0-9](?::[0-5][0-9])?"
_SEEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}\s?,?\s{{0,2}}(?:ngày\s)?{_DMY}(?![0-9])",
        rf"{_WEEKDAY}\s?,?\s{{0,2}}{_IN_WORDS}(?![0-9])",
        rf"{_PUBLISHED}\s?:?\s{{0,2}}(?:{_CLOCK}\s?[-,|]?\s?)?(?:ngày\s)?{_DMY}(?![0-9])",
        rf"{_PUBLISHED}\s?:?\s{{0,2}}(?:ngày\s)?{_PLAIN_WORDS}(?![0-9])",
        rf"(?<![0-9/.-]){_DMY}\s?[-,|]?\s?(?:lúc\s)?{_CLOCK}",
        rf"{_CLOCK}\s?[-,|]?\s?(?:ngày\s)?{_DMY}(?![0-9])",
        _IN_WORDS + r"(?![0-9])",
    )
)
_SEEN_LENGTH = 120
"""Characters of a block that may be a line with a date; longer ones are prose, whose dates are of what it tells."""

_IN_URL = re.compile(r"/((?:19|20)[0-9]{2})[/-]([01][0-9])[/-]([0-3][0-9])(?:[/-]|\Z)")


def published(
    meta: dict[str, str], linked: list[Any], times: list[str], lines: Iterable[str], url: str, language: str
) -> str:
    """The day as YYYY-MM-DD, or empty. Linked data first, then meta tags, `<time>`, what is seen, the address."""
    vietnamese = language.startswith("vi")
    for said in (*_linked(linked), *(meta[name] for name in _META if name in meta), *times):
        if day := day_of(said, vietnamese):
            return day
    for line in lines if vietnamese else ():
        if len(line) <= _SEEN_LENGTH and (day := _seen(normalize("NFC", line))):
            return day
    found = _IN_URL.search(url)
    return _day(found[1], found[2], found[3]) if found else ""


def day_of(said: str, day_first: bool) -> str:
    """A day that is written in one way or another; `day_first` decides between two readings."""
    day, _ = read_day(said[:100])
    if not day and day_first and (found := re.search(_DMY, said[:100])):
        day = _day(found[4], found[3], found[1])
    return day if day and int(day[:4]) >= EARLIEST else ""


def _seen(line: str) -> str:
    for pattern in _SEEN:
        if found := pattern.search(line):
            parts = [part for part in found.groups() if part and part.isdigit()]
            if len(parts) == 3 and (day := _day(parts[2], parts[1], parts[0])):
                return day
    return ""


def _linked(linked: list[Any]) -> Iterator[str]:
    for thing in linked:
        for name in ("datePublished", "dateCreated", "uploadDate"):
            if isinstance(said := thing.get(name), str):
                yield said


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""

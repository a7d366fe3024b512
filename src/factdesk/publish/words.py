"""Words of the site that are not templates' own: names of what the record has by key, days and times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.domain.statements import StatedRating
from factdesk.wording import Say

Tone = Literal["low", "mid", "high", "none"]

STANCES: Mapping[str, str] = {
    "refutes": "Speaks against the claim",
    "supports": "Speaks for the claim",
    "context": "Gives context",
}
SEVERITIES: Mapping[str, str] = {
    "minor": "A slip that changed nothing",
    "substantial": "Something that readers relied on",
    "serious": "The answer itself was wrong",
}
ACTS: Mapping[str, str] = {"publish": "Published", "correct": "Corrected", "withdraw": "Withdrawn"}
WHYS: Mapping[str, str] = {
    "rotated": "replaced by another",
    "lost": "lost",
    "compromised": "somebody else may have it: trust nothing that it signed",
}
FIELDS: Mapping[str, str] = {
    "title": "Title",
    "rating": "Rating",
    "reason": "Why it cannot be checked",
    "summary": "Summary",
    "language": "Language",
    "authors": "Authors",
    "topics": "Topics",
}
"""Fields of a check whose changes readers are shown; what others hold is ids."""
LANGUAGE_NAMES: Mapping[str, str] = {"en": "English", "vi": "Tiếng Việt"}
"""Each in its own language."""

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day(time: date, language: str) -> str:
    """A day as it is written in a language."""
    if language == "vi":
        return f"{time.day} tháng {time.month}, {time.year}"
    return f"{time.day} {_MONTHS[time.month - 1]} {time.year}"


def month(key: str, language: str) -> str:
    """A month `2026-01` as it is written in a language."""
    year, number = key.split("-")
    return f"Tháng {int(number)}, {year}" if language == "vi" else f"{_MONTHS[int(number) - 1]} {year}"


def date_said(text: str, language: str) -> str:
    """A date as a claim has it, `2026-01-31`, as it is written in a language; what is no whole date as it stands."""
    try:
        return day(date.fromisoformat(text), language)
    except ValueError:
        return text


def size(count: int) -> str:
    """Bytes for people."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"


def rating_name(rating: StatedRating, say: Say) -> str:
    """A rating in the words of its check."""
    return rating.name or say("Not checkable" if rating.key == NOT_CHECKABLE else "Not rated yet")


def tone(rating: StatedRating) -> Tone:
    """How a rating is coloured: by the third of the scale that it lies in."""
    if rating.key == NOT_CHECKABLE or rating.value < rating.worst or rating.best <= rating.worst:
        return "none"
    share = (rating.value - rating.worst) / (rating.best - rating.worst)
    return "low" if share < 1 / 3 else "high" if share > 2 / 3 else "mid"


def scale_tone(value: int, steps: int) -> Tone:
    """How a step of the desk's scale is coloured."""
    return tone(StatedRating("", value, 1, steps, "", ""))


def said_in(names: Mapping[str, str], language: str) -> str:
    """A name in a language, else in one that it has."""
    return names.get(language) or names.get("en") or next(iter(names.values()), "")

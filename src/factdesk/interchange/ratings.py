"""Ratings: the words verbatim, the numbers only where the publisher's own scale makes them mean something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from factdesk.domain.reviews import Rating
from factdesk.interchange.draft import Draft

_NUMBER = re.compile(r"[+-]?\d{1,25}(?:[.,]\d{1,25})?(?:[eE][+-]?\d{1,3})?\Z")


@dataclass(frozen=True, slots=True)
class RawRating:
    """A rating as found, any value anywhere."""

    text: object = None
    value: object = None
    best: object = None
    worst: object = None
    explanation: object = None


def rating_from(raw: RawRating, draft: Draft, *, flat: bool = False) -> Rating:
    """The rating with its words verbatim; in a `flat` row it may be missing, and its numbers text.

    A missing end of the scale is not assumed: publishers' scales differ.
    """
    text = draft.line(raw.text, "rating")
    value, best, worst = (_number(item, None if flat else draft) for item in (raw.value, raw.best, raw.worst))
    if value is None and not text and isinstance(raw.value, str) and raw.value.strip():
        text = draft.line(raw.value, "ratingValue")
        draft.note("rating-words-as-number", "ratingValue", text)
    if not text and not flat:
        draft.note("rating-missing", "rating")
    explanation = draft.body(raw.explanation, "ratingExplanation")
    value, best, worst = _usable(value, best, worst, draft)
    return Rating(text, value, best, worst, explanation)


def _number(raw: object, draft: Draft | None) -> float | None:
    if isinstance(raw, list) and len(raw) == 1:
        raw = raw[0]
    if isinstance(raw, str):
        text = raw.strip()
        if not _NUMBER.match(text):
            return None
        if draft:
            draft.note("rating-number-as-text", "rating", text)
        raw = float(text.replace(",", "."))
    if isinstance(raw, bool) or not isinstance(raw, (int, float, Decimal)):
        return None
    try:
        made = float(raw)
    except OverflowError:
        return None
    return made if isfinite(made) else None


Numbers = tuple[float | None, float | None, float | None]


def _usable(value: float | None, best: float | None, worst: float | None, draft: Draft) -> Numbers:
    """All three numbers when they make a scale with the value on it, else none of them."""
    given = [number for number in (value, best, worst) if number is not None]
    nothing: Numbers = (None, None, None)
    if not given:
        return nothing
    shown = f"{value} of {worst} to {best}"
    if min(given) < 0 and not (worst is not None and best is not None and worst < 0 < best):
        draft.note("rating-negative", "rating", shown)
        return nothing
    if value is None or best is None or worst is None or worst >= best:
        draft.note("rating-scale", "rating", shown)
        return nothing
    if not worst <= value <= best:
        draft.note("rating-out-of-range", "rating", shown)
        return nothing
    return value, best, worst

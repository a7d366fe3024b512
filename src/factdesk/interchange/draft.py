"""One entry on its way to a review: foreign values turned into plain ones, each repair noted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from factdesk.domain.runs import Place, Repair
from factdesk.text.dates import read_day
from factdesk.text.entities import one_line, paragraphs, plain
from factdesk.text.urls import canonical, split_urls

MAX_LINE = 20_000
"""Characters of a claim, title or name."""
MAX_BODY = 1_000_000
"""Characters of a review's own text."""
MAX_APPEARANCES = 200
MAX_DEPTH = 64
"""Levels of lists and objects in one entry."""
_DETAIL = 100


class Draft:
    """Collects the repairs of one entry. Its methods take any foreign value and never raise."""

    __slots__ = ("_noted", "place")

    def __init__(self, place: Place) -> None:
        self.place = place
        self._noted: dict[str, str] = {}

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """What was mended, each code once, with the first value that needed it."""
        return tuple(Repair(self.place, code, detail) for code, detail in self._noted.items())

    def note(self, code: str, field: str, value: object = "") -> None:
        """Remember a repair, once a code."""
        if code not in self._noted:
            shown = one_line(plain(str(value)[: _DETAIL * 4])[0])
            self._noted[code] = f"{field}: {shown[:_DETAIL]}{'…' if len(shown) > _DETAIL else ''}" if shown else field

    def skip(self, code: str, detail: str = "") -> Repair:
        """The entry as passed over."""
        return Repair(self.place, code, detail, skipped=True)

    def line(self, value: object, field: str) -> str:
        """A name, title or claim: plain text on one line."""
        return self._text(value, field, MAX_LINE, body=False)

    def body(self, value: object, field: str) -> str:
        """A longer text: plain, its lines kept."""
        return self._text(value, field, MAX_BODY, body=True)

    def _text(self, value: object, field: str, limit: int, *, body: bool) -> str:
        raw = value if isinstance(value, str) else self.scalar(value, field)
        if not raw:
            return ""
        text, codes = plain(raw[: limit * 4])
        if codes:
            for code in sorted(codes):
                self.note(code, field, raw)
        text = paragraphs(text) if body else one_line(text)
        if len(text) > limit or len(raw) > limit * 4:
            self.note("text-cut", field)
            text = text[:limit].rstrip()
        return text

    def scalar(self, value: object, field: str) -> str:
        """Any value as text: the first of a list, the value or name of an object, a number as written."""
        for _ in range(4):
            if isinstance(value, str):
                return value
            if isinstance(value, list):
                if len(value) > 1:
                    self.note("list-for-one", field, value[0])
                value = value[0] if value else None
            elif isinstance(value, dict):
                value = next((value[key] for key in ("@value", "name", "text", "url", "@id") if key in value), None)
            else:
                break
        if value is None or isinstance(value, str):
            return value or ""
        if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
            self.note("wrong-type", field)
            return ""
        return number_text(value)

    def url(self, value: object, field: str) -> str:
        """The first address in a value, canonical; empty when there is none."""
        return next(iter(self.urls(value, field)), "")

    def urls(self, value: object, field: str) -> tuple[str, ...]:
        """Every address in a value (text, list, objects with `url` or `@id`), canonical, each once."""
        found: dict[str, None] = {}
        for text in _addresses(value):
            parts = split_urls(text)
            if len(parts) > 1:
                self.note("urls-joined", field, text)
            for part in parts:
                made, codes = canonical(part)
                if codes:
                    for code in sorted(codes):
                        self.note(code, field, part)
                if made:
                    found[made] = None
                if len(found) >= MAX_APPEARANCES:
                    self.note("text-cut", field)
                    return tuple(found)
        return tuple(found)

    def day(self, value: object, field: str) -> str:
        """A date as `YYYY-MM-DD`, or empty."""
        raw = self.scalar(value, field)
        day, code = read_day(raw)
        if code:
            self.note(code, field, raw)
        return day


def _addresses(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < 4:
        for item in value:
            yield from _addresses(item, depth + 1)
    elif isinstance(value, dict) and depth < 4:
        for key in ("url", "contentUrl", "@id", "@value"):
            if value.get(key):
                yield from _addresses(value[key], depth + 1)
                break


def number_text(value: int | float | Decimal) -> str:
    """A number without a needless `.0`; what is not finite, or absurdly long, is empty."""
    if isinstance(value, int):
        return str(value) if value.bit_length() < 256 else ""
    made = float(value)
    if made != made or made in (float("inf"), float("-inf")):
        return ""
    return str(int(made)) if made.is_integer() and abs(made) < 1e15 else repr(made)


def too_deep(value: Any, limit: int = MAX_DEPTH) -> bool:
    """Whether lists and objects stand in each other more than `limit` levels deep. Not recursive."""
    level = [value]
    for _ in range(limit):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below += [child for child in item.values() if isinstance(child, (dict, list))]
            elif isinstance(item, list):
                below += [child for child in item if isinstance(child, (dict, list))]
        if not below:
            return False
        level = below
    return True

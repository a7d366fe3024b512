"""The numbers and dates of a draft, one by one, with what stands before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from factdesk.domain.matches import Span
from factdesk.lint.base import Draft
from factdesk.lint.once import once
from factdesk.lint.sources import bound, within
from factdesk.text.numbers import Quantity, numbers
from factdesk.text.wordlist import words

FIRST_YEAR, LAST_YEAR = 1500, 2100
_SURE_FROM = 1900
_BEFORE = 24
"""Characters before a figure that say what it is."""
_BEHIND = 16
_NOUN = re.compile(
    r"\s(?:readers|visitors|viewers|followers|users|homes|houses|households|families|trees|pages|copies|shops|cars|"
    r"boats|ships|animals|birds|fish|bats|books|pictures|photos|posts|comments|shares|likes|views|tonnes|metres|"
    r"kilometres|hộ|lượt|bài|bức|ảnh|con|cây|chiếc|căn|ngôi|cuốn|bản|tấn|mét|suất|cơn|tờ|chuyến|đơn|học|sinh|"
    r"khách)\b"
)
"""What is counted: a number before it is no year."""
_LAST_WORD = re.compile(r"([^\W\d_]+)\W*\Z")
_BEFORE_YEARS = words(
    """in since of from by until till to before after year years early late mid between and spring summer autumn fall
    winter around circa about during
    năm từ đến tới trước sau hồi khoảng xuân hè hạ thu đông giữa đầu cuối và kể"""
)
_BEFORE_DAYS = words("ngày mùng mồng")
# What is counted here, or is where to look: steps and pictures, pages and sections; centuries and decades.
_LABELS = words(
    """step figure fig table box point page pages p pp section paragraph line slide hình bước bảng ảnh ý trang tr mục
    đoạn dòng kỷ kỉ niên"""
)
_CALLS = words("call dial gọi or hoặc")
_EMERGENCY = frozenset({110, 111, 112, 113, 114, 115, 911, 999})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a date of a draft. `span` is into the file, `words` how it is written, `before` the text before it;
    `part` the number of its block. `is_date` also for a year alone."""

    quantity: Quantity
    span: Span
    words: str
    before: str
    part: int
    is_date: bool

    @property
    def is_spelled(self) -> bool:
        """Whether it is written in words."""
        return not any(letter.isdigit() for letter in self.words)


@once
def figures(draft: Draft) -> tuple[Figure, ...]:
    """The numbers and dates of the body in order, without ordinals, and without those in words of others."""
    skipped = bound(draft)
    return tuple(each for each in _all(draft) if not within(skipped, each.span.start))


def _all(draft: Draft) -> Iterator[Figure]:
    for sentence in draft.sentences:
        text = draft.prose[sentence.span.start : sentence.span.end]
        for found in quantities(text, draft.language):
            start = found.span.start
            # The stop behind `May.` may be the sentence's.
            end = start + len(text[start : found.span.end].rstrip(".,"))
            before = text[max(0, start - _BEFORE) : start]
            if found.kind == "ordinal" or _is_label(before) or _is_idiom(found, before, text[end : end + 2]):
                continue
            span = Span(sentence.span.start + start, sentence.span.start + end)
            own = _counted(found, before, text[end : end + _BEHIND])
            yield Figure(own, span, text[start:end], before, sentence.part, _is_date(own, before))


@lru_cache(maxsize=1024)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of a short text, such as a sentence."""
    return numbers(text, language)


@lru_cache(maxsize=256)
def of_source(text: str) -> tuple[Quantity, ...]:
    """The quantities of a source, which is long: those who look for dates and for numbers read it once."""
    return numbers(text)


def last_word(before: str) -> str:
    """The word that a text ends with, in lower case; empty where it ends otherwise."""
    found = _LAST_WORD.search(before)
    return found[1].lower() if found else ""


def _counted(quantity: Quantity, before: str, behind: str) -> Quantity:
    """`2000 readers`, `1800 lượt` are numbers of something, and no years."""
    is_count = quantity.kind == "year" and _NOUN.match(behind) and last_word(before) not in _BEFORE_YEARS
    return replace(quantity, kind="number") if is_count else quantity


def _is_label(before: str) -> bool:
    return last_word(before) in _LABELS and before.rstrip(" .") == before.rstrip(" .,;:)")


def _is_idiom(quantity: Quantity, before: str, after: str) -> bool:
    """`100 % wrong`, `24/7`, `call 112`."""
    value = quantity.value
    if (value, quantity.unit) == (100, "%") or (value == 24 and after == "/7") or (value == 7 and before[-3:] == "24/"):
        return True
    return value in _EMERGENCY and not quantity.unit and last_word(before) in _CALLS


def _is_date(quantity: Quantity, before: str) -> bool:
    """`2016` is a year on its own, `1182` only where a word before it says so; `ngày 15` is a day."""
    if quantity.kind == "date":
        return True
    if quantity.kind == "year":
        least = FIRST_YEAR if last_word(before) in _BEFORE_YEARS else _SURE_FROM
        return least <= quantity.value <= LAST_YEAR
    return not quantity.unit and 1 <= quantity.value <= 31 and last_word(before) in _BEFORE_DAYS

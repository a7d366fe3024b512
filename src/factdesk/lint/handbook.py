"""The chapters of the handbook, and which of them explains which rule: each rule belongs to one.

The chapters lie in `docs/handbook`, one folder a language, under the same names; their pages link the rules, and the
rules' pages link them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

LANGUAGES = ("en", "vi")
FOLDER = "handbook"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: the name of its page, its title by language, and the codes of its rules."""

    name: str
    titles: Mapping[str, str]
    rules: tuple[str, ...]

    def title(self, language: str) -> str:
        """Its title; in English where it has none in that language."""
        return self.titles.get(language) or self.titles["en"]

    def page(self, language: str) -> str:
        """The path of its page below `docs`, in English where there is none in that language."""
        return f"{FOLDER}/{language if language in self.titles else 'en'}/{self.name}.md"


def _codes(family: str, *numbers: int) -> tuple[str, ...]:
    return tuple(f"{family}{number:02}" for number in numbers)


CHAPTERS: tuple[Chapter, ...] = (
    Chapter(
        "through-the-desk",
        {"en": "How a check goes through the desk", "vi": "Đường đi của một bài kiểm chứng"},
        _codes("FD5", 5, 7, 8, 10, 11),
    ),
    Chapter(
        "choosing-a-claim",
        {"en": "Choosing a claim", "vi": "Chọn nhận định"},
        _codes("FD1", 4, 5, 6, 7),
    ),
    Chapter(
        "quoting-fairly",
        {"en": "Quoting it fairly", "vi": "Trích cho công bằng"},
        (*_codes("FD1", 1, 2), *_codes("FD4", *range(1, 8))),
    ),
    Chapter(
        "evidence",
        {"en": "Finding and freezing evidence", "vi": "Tìm và lưu bằng chứng"},
        (*_codes("FD2", *range(1, 9)), *_codes("FD2", 10, 11, 12)),
    ),
    Chapter(
        "writing-the-answer",
        {"en": "Writing the answer", "vi": "Viết câu trả lời"},
        ("FD209", *_codes("FD3", *range(1, 15)), *_codes("FD5", 1, 3, 4)),
    ),
    Chapter(
        "opinion",
        {"en": "What is opinion, and why it is left alone", "vi": "Ý kiến là gì, và vì sao không chấm điểm"},
        ("FD103", "FD509"),
    ),
    Chapter(
        "correcting",
        {"en": "Correcting oneself in public", "vi": "Đính chính công khai"},
        _codes("FD5", 2, 6),
    ),
    Chapter(
        "our-site",
        {"en": "A site that readers can trust", "vi": "Một trang mà độc giả tin được"},
        _codes("FD5", 12),
    ),
)
"""In the order in which they are read."""


@cache
def _by_rule() -> Mapping[str, Chapter]:
    return {code: chapter for chapter in CHAPTERS for code in chapter.rules}


def chapter_of(code: str) -> Chapter | None:
    """The chapter that explains a rule; None for a rule that has none yet."""
    return _by_rule().get(code)

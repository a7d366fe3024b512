"""Words in capitals, or rows of exclamation marks.

Why: Capitals and “!!!” shout. They are the signs by which readers know rumours; a check that uses them looks like one,
and words in capitals are hard to read. Abbreviations, and what is cited, are left alone.

Bad: This is TOTALLY false!!!
Good: This is false.

vi: Chữ viết hoa cả từ, hoặc nhiều dấu chấm than liền nhau.

Vì sao: Chữ in hoa và “!!!” là la hét. Đó là những dấu hiệu giúp người đọc nhận ra tin đồn; bài kiểm chứng dùng chúng
thì trông giống tin đồn, mà chữ in hoa lại khó đọc. Chữ viết tắt và lời trích có dẫn nguồn thì không bị nhắc.

Sai: Tin này HOÀN TOÀN bịa đặt!!!
Đúng: Tin này không đúng.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.capitals import CAPITALS, is_word, known
from factdesk.lint.people import shown
from factdesk.lint.phrases import Own

_MARKS = re.compile(r"(?<![!?])(?:![!?]|\?[!?]*!)[!?]*(?![!?])")
_ROW = 4
"""Words in capitals one behind the other that are shouting, whatever they are."""


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each row of words in capitals, and each row of marks, that the writer typed."""
    text, own = shown(draft), Own(draft)
    for row in _rows(text):
        if _is_shouted(row, draft.language) and own.says(row[0].start()):
            span = Span(row[0].start(), row[-1].end())
            words = " ".join(each[0] for each in row[:5])
            template = "“{words}” is in capitals, which shouts: write it small."
            yield Finding("FD313", span, Reason("capitals", template, {"words": words}))
    for found in _MARKS.finditer(text):
        if own.says(found.start()):
            span = Span(found.start(), found.end())
            yield Finding("FD313", span, Reason("marks", "“{marks}” shouts: one mark will do.", {"marks": found[0]}))


def _rows(text: str) -> Iterator[list[re.Match[str]]]:
    """Words in capitals, those together that stand side by side."""
    row: list[re.Match[str]] = []
    for found in CAPITALS.finditer(text):
        gap = text[row[-1].end() : found.start()] if row else ""
        if row and (len(gap) > 3 or not gap.isspace() or "\n" in gap):
            yield row
            row = []
        row.append(found)
    if row:
        yield row


def _is_shouted(row: Sequence[re.Match[str]], language: str) -> bool:
    """Whether a row is words, and no abbreviation: one word that is known as such, or many words."""
    unknown = [each[0] for each in row if each[0] not in known()]
    return len(unknown) >= _ROW or any(is_word(word, language) for word in unknown)


RULE = Rule("FD313", "shouting", "warning", check)

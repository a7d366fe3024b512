"""A learned or official word where there is a plain one.

Why: A check is for everyone, and whoever stumbles over words stops reading. The list names the plain word for each
(`lint/words/jargon.json`). What is cited is left alone; where the exact term matters, a waiver can say so.

Bad: The man died of a myocardial infarction.
Good: The man died of a heart attack.

vi: Từ chuyên môn hay chữ công văn ở chỗ có từ dễ hiểu.

Vì sao: Bài kiểm chứng viết cho mọi người, mà ai vấp phải chữ khó thì thôi đọc. Danh sách nêu sẵn từ dễ hiểu cho mỗi
chữ (`lint/words/jargon.json`). Lời trích có dẫn nguồn thì không bị nhắc; chỗ nào cần đúng thuật ngữ thì có thể bỏ qua
quy tắc này và nêu lý do.

Sai: Ông mất vì tai biến mạch máu não.
Đúng: Ông mất vì đột quỵ.
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.phrases import own_words, phrases


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for the first use of each word of the list."""
    seen = set()
    for entry, span in own_words(draft, phrases("jargon", draft.language)):
        if entry.words not in seen:
            seen.add(entry.words)
            values = {"word": draft.source[span.start : span.end], "plain": entry.plain}
            yield Finding("FD309", span, Reason("word", "“{word}” is jargon; plainer: {plain}.", values))


RULE = Rule("FD309", "jargon", "warning", check)

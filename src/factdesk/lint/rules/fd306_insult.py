"""A word that insults.

Why: A check is about one statement, never about the worth of a person. Whoever is insulted, or likes those who are,
will not read the answer, and the desk may have to answer for it in court. What is cited, and what the claim itself
says, is left alone. The list is in `lint/words/insults.json`.

Bad: Only an idiot believes that.
Good: Many people believed it, because the picture looks real.

vi: Một từ xúc phạm.

Vì sao: Bài kiểm chứng nói về một nhận định, không bao giờ nói về phẩm giá của một người. Ai bị xúc phạm, hay quý mến
người bị xúc phạm, sẽ không đọc câu trả lời; và tòa soạn có thể phải trả lời trước pháp luật. Lời trích có dẫn nguồn và
lời của chính nhận định thì không bị nhắc. Danh sách từ nằm trong `lint/words/insults.json`.

Sai: Chỉ kẻ ngu dốt mới tin.
Đúng: Nhiều người đã tin, vì bức ảnh trông rất thật.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.phrases import Phrases, entries, indexed, own_words, read_list


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each insult of the writer's own."""
    for _, span in own_words(draft, insults(draft.language)):
        values = {"word": draft.source[span.start : span.end]}
        yield Finding("FD306", span, Reason("word", "“{word}” insults people: say what they said or did.", values))


@cache
def insults(language: str) -> Phrases:
    """The insults of a language: those of the list, and each tail of a frame behind each of its heads."""
    table = read_list("insults")
    framed = (
        {"words": [f"{head} {tail}" for head in row["heads"] for tail in row["tails"]], "why": row["why"]}
        for row in table["frames"]
        if row["language"] == language
    )
    return indexed(entry for row in (*table.get(language, ()), *framed) for entry in entries(row))


RULE = Rule("FD306", "insult", "error", check)

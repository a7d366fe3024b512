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

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.phrases import own_words, phrases


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each insult of the writer's own."""
    for _, span in own_words(draft, phrases("insults", draft.language)):
        values = {"word": draft.source[span.start : span.end]}
        yield Finding("FD306", span, Reason("word", "“{word}” insults people: say what they said or did.", values))


RULE = Rule("FD306", "insult", "error", check)

"""The title states the claim that the check finds untrue, or asks whether it is true.

Why: The title is what most people read, and often all they read. What it says is what stays, with a question mark or
without. The fact itself makes the better title.

Bad: title: A goldfish forgets everything after three seconds
Good: title: Goldfish remember for months

vi: Tiêu đề nhắc lại điều mà bài kiểm chứng cho là không đúng, hoặc hỏi xem nó có đúng không.

Vì sao: Nhiều người chỉ đọc tiêu đề. Điều tiêu đề nói là điều đọng lại, dù có dấu hỏi hay không. Hãy đưa chính sự thật
lên tiêu đề.

Sai: title: Cá vàng chỉ nhớ được ba giây?
Đúng: title: Cá vàng nhớ được nhiều tháng
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.falsehood import false_claims, is_stated

_TEMPLATE = "The title repeats “{claim}”, which the check finds untrue: say what is so instead."


def check(draft: Draft) -> Iterator[Finding]:
    """A finding when the title says, or asks, what a claim says."""
    title = draft.field("title")
    for text, span in zip(title.values[:1], title.spans[:1], strict=True):
        for claim in false_claims(draft):
            if is_stated(claim, text, draft.language, asks=True):
                yield Finding("FD301", span, Reason("title", _TEMPLATE, {"claim": claim}))
                return


RULE = Rule("FD301", "headline-repeats-falsehood", "warning", check)

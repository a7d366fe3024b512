"""No appearance of the claim is captured.

Why: What was said can be deleted tomorrow. Without a capture nobody can see that it was ever said, and the check
stands in the air.

Bad: claims: [c1]  # its only appearance is an address that the desk never captured
Good: claims: [c1]  # its appearance was captured with `factdesk capture`

vi: Chưa lưu trang nào nơi nhận định xuất hiện.

Vì sao: Điều đã nói có thể bị xóa ngay ngày mai. Không lưu lại thì không ai thấy được nó từng được nói, và bài kiểm
chứng mất chỗ dựa.

Sai: claims: [c1]  # chỉ có một địa chỉ mà bàn kiểm chứng chưa từng lưu
Đúng: claims: [c1]  # trang nơi nó xuất hiện đã được lưu bằng `factdesk capture`
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.claimed import claims_placed


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each claim without a captured appearance."""
    for claim, span in claims_placed(draft):
        if not any(place.captured for place in claim.appearances):
            template = "No appearance of the claim “{claim}” is captured."
            yield Finding("FD102", span, Reason("claim", template, {"claim": claim.text or claim.id}))


RULE = Rule("FD102", "appearance-not-captured", "error", check)

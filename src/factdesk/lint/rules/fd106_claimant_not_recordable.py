"""A claimant who is neither an organisation nor a public figure.

Why: People are not targets. Who is private and said something wrong is not put on show; the claim can be checked
without a name.

Bad: claims: [c1]  # claimant: a neighbour who passed the message on
Good: claims: [c1]  # no claimant, or one that is classified as an organisation or a public figure

vi: Người đưa ra nhận định không phải tổ chức, cũng không phải nhân vật của công chúng.

Vì sao: Con người không phải mục tiêu. Không bêu tên một người bình thường vì họ nói sai; nhận định vẫn kiểm chứng
được mà không cần tên.

Sai: claims: [c1]  # người đưa ra: một bác hàng xóm chuyển tiếp tin nhắn
Đúng: claims: [c1]  # không ghi tên, hoặc ghi tên một tổ chức hay nhân vật của công chúng đã được phân loại
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.claimed import claims_placed


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each claim whose claimant is named and not classified. The name is not repeated."""
    for claim, span in claims_placed(draft):
        if claim.claimant and claim.claimant_kind not in ("organisation", "public figure"):
            template = "The claimant of “{claim}” is not classified as an organisation or a public figure."
            yield Finding("FD106", span, Reason("claimant", template, {"claim": claim.text}))


RULE = Rule("FD106", "claimant-not-recordable", "error", check, waivable=False)

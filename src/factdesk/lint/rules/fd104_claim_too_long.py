"""The claim is too long to be shown.

Why: Search engines show about 75 characters of a claim and cut the rest; readers lose the thread far sooner than at
250. Since a claim is quoted as it was said, a shorter one is a smaller part of it, and the finding begins at 150,
twice of what is shown.

Bad: claims: [c1]  # a whole paragraph of the post
Good: claims: [c1]  # the one sentence that states the fact

vi: Nhận định quá dài, không hiển thị hết được.

Vì sao: Máy tìm kiếm chỉ hiện khoảng 75 ký tự của nhận định rồi cắt phần còn lại; người đọc thì mất mạch từ lâu trước
250 ký tự. Vì nhận định được trích nguyên văn, muốn ngắn hơn phải chọn một phần nhỏ hơn, nên chỉ nhắc từ 150 ký tự,
gấp đôi phần được hiện.

Sai: claims: [c1]  # cả một đoạn của bài đăng
Đúng: claims: [c1]  # đúng câu nêu điều cần kiểm chứng
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.claimed import claims_placed

SHOWN, LONG, FAR_TOO_LONG = 75, 150, 250


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each claim of more than 150 characters."""
    for claim, span in claims_placed(draft):
        length = len(claim.text)
        if length > FAR_TOO_LONG:
            template = "The claim has {count} characters; past {most} readers lose it, and search engines cut it off."
            yield Finding("FD104", span, _reason(template, length, FAR_TOO_LONG))
        elif length > LONG:
            template = "The claim has {count} characters, and search engines show about {most}."
            yield Finding("FD104", span, _reason(template, length, SHOWN))


def _reason(template: str, length: int, most: int) -> Reason:
    return Reason("length", template, {"count": str(length), "most": str(most)})


RULE = Rule("FD104", "claim-too-long", "warning", check)

"""No summary.

Why: The summary is all that most people read: in lists, feeds, previews and answers to messages. Without one a
program cuts it from the text, and does not know where the answer stands.

Bad: (no line that begins with summary:)
Good: summary: Trained goldfish remember a feeding sign for months.

vi: Không có tóm tắt.

Vì sao: Phần lớn mọi người chỉ đọc tóm tắt: trong danh sách, nguồn tin, khung xem trước và câu trả lời tin nhắn. Không
có nó thì chương trình tự cắt từ bài ra, mà chương trình không biết câu trả lời nằm ở đâu.

Sai: (không có dòng nào bắt đầu bằng summary:)
Đúng: summary: Cá vàng được tập nhớ tín hiệu cho ăn suốt nhiều tháng.
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule

CODE = "FD504"
_TEMPLATE = "There is no summary, which is all that most people read."


def check(draft: Draft) -> Iterator[Finding]:
    """Front matter without a summary."""
    if not draft.field("summary").value.strip():
        yield Finding(CODE, draft.field("summary").span, Reason(CODE, _TEMPLATE))


RULE = Rule(CODE, "summary-missing", "warning", check)

"""A check without any citation.

Why: Evidence before verdict: nothing is published that a reader cannot check. “Not checkable” cites the appearance it
is about.

Bad: The lake dried up in 2019.
Good: The lake dried up in 2019: “no water was left in August”[^cite:a1].

vi: Bài kiểm chứng không có trích dẫn nào.

Vì sao: Bằng chứng trước, kết luận sau: không công bố điều gì mà người đọc không tự kiểm tra được. Bài “không kiểm
chứng được” thì trích nơi nhận định xuất hiện.

Sai: Hồ cạn năm 2019.
Đúng: Hồ cạn năm 2019: “đến tháng Tám thì không còn nước”[^cite:a1].
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.sources import body_place


def check(draft: Draft) -> Iterator[Finding]:
    """One finding, at the first block, when the body has no citation's mark."""
    if not draft.marks:
        yield Finding("FD211", body_place(draft), Reason("citation", "The check cites nothing."))


RULE = Rule("FD211", "no-citation", "error", check, waivable=False)

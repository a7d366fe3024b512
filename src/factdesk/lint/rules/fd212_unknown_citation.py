"""A citation that the desk does not know.

Why: A mark that leads nowhere looks like evidence and is none. Most are slips of the keyboard.

Bad: The lake dried up in 2019.[^cite:a9]  # there is no a9
Good: The lake dried up in 2019.[^cite:a1]

vi: Trích dẫn mà bàn kiểm chứng không có.

Vì sao: Dấu trích dẫn không dẫn tới đâu trông như bằng chứng mà không phải. Phần lớn là gõ nhầm.

Sai: Hồ cạn năm 2019.[^cite:a9]  # không có a9
Đúng: Hồ cạn năm 2019.[^cite:a1]
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.sources import has_desk


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each mark of an unknown citation. Silent without a desk."""
    if not has_desk(draft):
        return
    for mark in draft.marks:
        if mark.id not in draft.facts.citations:
            template = "The desk has no citation {id}, or several that are called so."
            yield Finding("FD212", mark.span, Reason("citation", template, {"id": mark.id}))


RULE = Rule("FD212", "unknown-citation", "error", check)

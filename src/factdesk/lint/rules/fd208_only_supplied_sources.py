"""Every citation is of a source that somebody supplied.

Why: A text or file that was handed in can be made up. A rating needs at least one source that the desk captured
itself, where anyone can see it.

Bad: [^cite:a1]  # the only citation, of a PDF that came by mail
Good: [^cite:a1] [^cite:a2]  # the PDF, and the page on which the office published it

vi: Mọi trích dẫn đều từ nguồn do người khác đưa đến.

Vì sao: Văn bản hay tập tin được gửi đến có thể là bịa. Muốn xếp hạng phải có ít nhất một nguồn do chính bàn kiểm chứng
lưu lại, ở nơi ai cũng xem được.

Sai: [^cite:a1]  # trích dẫn duy nhất, từ một tập PDF nhận qua thư
Đúng: [^cite:a1] [^cite:a2]  # tập PDF ấy, và trang nơi cơ quan công bố nó
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule


def check(draft: Draft) -> Iterator[Finding]:
    """One finding, at the first mark, when everything that is cited and known was supplied."""
    cited = draft.cited
    if cited and all(each.supplied for each in cited):
        first = next(mark for mark in draft.marks if mark.id in draft.facts.citations)
        template = "Every source that is cited was supplied by somebody; cite one that the desk captured itself."
        yield Finding("FD208", first.span, Reason("source", template))


RULE = Rule("FD208", "only-supplied-sources", "error", check, waivable=False)

"""All evidence from one publisher.

Why: One house can be wrong as a whole, and its texts often go back to one another. A second, independent source shows
that it is not so. A check with a single citation is left alone, and one that gives no rating.

Bad: two citations, from `example.org/a` and `news.example.org/b`
Good: two citations, from `example.org/a` and `another.example/c`

vi: Mọi bằng chứng đều từ một nơi xuất bản.

Vì sao: Cả một tòa soạn cũng có thể sai, và các bài của cùng một nơi thường dựa vào nhau. Một nguồn độc lập thứ hai cho
thấy không phải vậy. Bài chỉ có một trích dẫn và bài không xếp hạng thì không xét.

Sai: hai trích dẫn, từ `example.org/a` và `news.example.org/b`
Đúng: hai trích dẫn, từ `example.org/a` và `another.example/c`
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.sources import publisher_of

_LEAST = 2


def check(draft: Draft) -> Iterator[Finding]:
    """One finding when two citations or more, and all of them, are of one publisher's hosts."""
    cited = draft.cited
    if len(cited) < _LEAST or draft.field("rating").value == NOT_CHECKABLE:
        return
    found = {publisher_of(each.site or each.url) for each in cited}
    if len(found) == 1 and "" not in found:
        values = {"count": str(len(cited)), "site": found.pop()}
        first = next(mark for mark in draft.marks if mark.id in draft.facts.citations)
        yield Finding("FD206", first.span, Reason("source", "All {count} citations are from {site}.", values))


RULE = Rule("FD206", "one-publisher", "warning", check)

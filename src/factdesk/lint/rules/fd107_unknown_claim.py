"""A claim that the desk does not know.

Why: A check is held against its claims: their words, who made them and where. One that is named by a wrong id is none,
and every rule that needs it stays silent.

Bad: claims: [c9]  # there is no c9
Good: claims: [c1]

vi: Nhận định mà bàn kiểm chứng không có.

Vì sao: Bài kiểm chứng được đối chiếu với các nhận định của nó: lời văn, ai nói và nói ở đâu. Ghi sai mã thì coi như
không có nhận định nào, và mọi quy tắc cần tới nó đều im lặng.

Sai: claims: [c9]  # không có c9
Đúng: claims: [c1]
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each claim of the front matter that is unknown. Silent where no desk was asked."""
    if not draft.facts.asked:
        return
    field = draft.field("claims")
    for own, span in zip(field.values, field.spans, strict=True):
        if own not in draft.facts.claims:
            yield Finding("FD107", span, Reason("claim", "The desk has no claim {id}.", {"id": own}))


RULE = Rule("FD107", "unknown-claim", "error", check)

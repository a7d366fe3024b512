"""A rating that is no step of the desk's scale.

Why: A rating means what the scale's definition says and nothing else. One that stands in no scale means what each
reader thinks. It cannot be waived.

Bad: rating: pants-on-fire
Good: rating: mostly-false

vi: Xếp hạng không thuộc thang của bàn.

Vì sao: Một xếp hạng có nghĩa đúng như định nghĩa trong thang, không hơn. Xếp hạng không có trong thang thì mỗi người
hiểu một cách. Quy tắc này không thể bỏ qua.

Sai: rating: bịa đặt
Đúng: rating: mostly-false
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.lint.base import Draft, Finding, Rule

CODE = "FD505"
_TEMPLATE = "“{rating}” is no step of the desk's scale: {steps}."
_SEVERAL = "A check has one rating, not {count}."


def check(draft: Draft) -> Iterator[Finding]:
    """A rating other than a key of the scale and "not checkable"; a missing one is FD507's."""
    field = draft.field("rating")
    if len(field.values) > 1:
        yield Finding(CODE, field.span, Reason(CODE, _SEVERAL, {"count": str(len(field.values))}))
        return
    rating = field.value.strip()
    scale = draft.facts.scale
    if rating and rating != NOT_CHECKABLE and scale.step(rating) is None:
        steps = ", ".join((*(step.key for step in scale.steps), NOT_CHECKABLE))
        yield Finding(CODE, field.spans[0], Reason(CODE, _TEMPLATE, {"rating": rating[:60], "steps": steps}))


RULE = Rule(CODE, "rating-not-in-scale", "error", check, waivable=False)

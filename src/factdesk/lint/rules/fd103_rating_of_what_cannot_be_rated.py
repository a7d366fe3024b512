"""A rating on an opinion, a prediction, a question or somebody's own experience.

Why: Only facts can be rated. Who grades a view or a guess takes a side. Say “not checkable”, and why.

Bad: rating: false  # of the claim “The new bridge is the ugliest thing in town”
Good: rating: not-checkable

vi: Xếp hạng một ý kiến, một dự đoán, một câu hỏi hay trải nghiệm riêng.

Vì sao: Chỉ sự kiện mới xếp hạng được. Chấm điểm một cách nhìn hay một lời đoán là đứng về một phía. Hãy ghi “không
kiểm chứng được” và nói rõ vì sao.

Sai: rating: false  # cho nhận định “Cây cầu mới là công trình xấu nhất thị xã”
Đúng: rating: not-checkable
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.claims import Kind
from factdesk.domain.matches import Reason
from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.lint.base import Draft, Finding, Rule

_WHY: dict[Kind, str] = {
    "opinion": "The claim “{claim}” is an opinion, and opinions are not rated.",
    "prediction": "The claim “{claim}” is a prediction, and predictions are not rated.",
    "question": "The claim “{claim}” is a question, and questions are not rated.",
    "experience": "The claim “{claim}” is somebody's own experience, and experiences are not rated.",
    "other": "The claim “{claim}” states nothing that can be checked, so it is not rated.",
}


def check(draft: Draft) -> Iterator[Finding]:
    """A finding on the rating for each claim of a kind that cannot be rated. The kind is the recorded one."""
    rating = draft.field("rating")
    if rating.value in ("", NOT_CHECKABLE):
        return
    for claim in draft.claims:
        if claim.kind in _WHY:
            yield Finding("FD103", rating.spans[0], Reason("rating", _WHY[claim.kind], {"claim": claim.text}))


RULE = Rule("FD103", "rating-of-what-cannot-be-rated", "error", check, waivable=False)

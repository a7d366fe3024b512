"""A claim that is said to be not checkable, without a reason or without the place where it was made.

Why: "Not checkable" is an answer, not a way out. It says of what kind the claim is (an opinion, a prediction, a
question, an experience) and cites where it was made, so that a reader can see the same. It cannot be waived.

Bad: We give no rating.
Good: We give no rating, because this is a matter of taste: "The new bridge is ugly"[^cite:0197a3c2].

vi: Nói là không kiểm chứng được mà không nêu lý do, hoặc không dẫn nơi câu ấy được nói ra.

Vì sao: "Không kiểm chứng được" là một câu trả lời chứ không phải lối thoát. Bài phải nói câu ấy thuộc loại nào (ý
kiến, dự đoán, câu hỏi, trải nghiệm) và dẫn nơi nó được nói ra để người đọc tự thấy. Quy tắc này không thể bỏ qua.

Sai: Chúng tôi không xếp hạng.
Đúng: Chúng tôi không xếp hạng, vì đây là chuyện sở thích: "Cây cầu mới thật xấu"[^cite:0197a3c2].
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.people import shown

CODE = "FD509"
_NO_REASON = "It is not said why the claim cannot be checked."
_NO_PLACE = "No citation shows where the claim was made."

_WHY = re.compile(
    r"\b(?:because|since|reason|opinions?|tastes?|feelings?|predictions?|forecasts?|future|promises?|questions?|"
    r"experiences?|memor(?:y|ies)|beliefs?|judge?ments?|values?|secret|cannot be|can't be|nobody (?:can|could)|"
    r"no (?:way|record|evidence|figure|one)|not yet|vì|bởi|do đó|lý do|ý kiến|quan điểm|cảm nhận|sở thích|dự đoán|"
    r"dự báo|tương lai|lời hứa|câu hỏi|trải nghiệm|kỷ niệm|ký ức|niềm tin|không thể|không có cách|không ai|chưa có|"
    r"chưa thể)\b",
    re.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Finding]:
    """Where the rating is "not checkable": words that give the kind or the reason, and a citation of an appearance."""
    rating = draft.field("rating")
    if rating.value.strip() != NOT_CHECKABLE:
        return
    if not _WHY.search(shown(draft)):
        yield Finding(CODE, rating.spans[0], Reason(CODE, _NO_REASON))
    places = {place.url for claim in draft.claims for place in claim.appearances}
    cited = {fact.url for fact in draft.cited}
    if places and not places & cited:
        yield Finding(CODE, rating.spans[0], Reason(CODE, _NO_PLACE))


RULE = Rule(CODE, "not-checkable-without-reason", "error", check, waivable=False)

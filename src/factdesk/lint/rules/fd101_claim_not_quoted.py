"""The claim's words do not stand in any of its captured appearances.

Why: A check that answers words nobody said is unfair to whoever spoke, and easy to brush aside. What may differ is a
stop at the end and the case of the first letter.

Bad: claims: [c1]  # “Bats are blind”, where the page says “Bats are completely blind”
Good: claims: [c1]  # “Bats are completely blind”

vi: Lời của nhận định không có trong trang nào đã lưu nơi nó xuất hiện.

Vì sao: Bài kiểm chứng trả lời một câu không ai nói là không công bằng với người nói, và dễ bị gạt đi. Chỉ dấu câu ở
cuối và chữ hoa hay chữ thường ở đầu câu được phép khác.

Sai: claims: [c1]  # “Dơi bị mù”, trong khi trang viết “Dơi mù hoàn toàn”
Đúng: claims: [c1]  # “Dơi mù hoàn toàn”
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import ClaimFact, Draft, Finding, Rule
from factdesk.lint.claimed import claims_placed
from factdesk.lint.sources import stands


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each claim that has captured appearances with a text, and stands in none of them."""
    for claim, span in claims_placed(draft):
        texts = [place.text for place in claim.appearances if place.captured and place.text]
        if claim.text and texts and not any(stands(claim.text, text) for text in texts):
            yield Finding("FD101", span, _reason(claim))


def _reason(claim: ClaimFact) -> Reason:
    template = "The words of the claim “{claim}” do not stand in any captured appearance of it."
    return Reason("claim", template, {"claim": claim.text})


RULE = Rule("FD101", "claim-not-quoted", "error", check)

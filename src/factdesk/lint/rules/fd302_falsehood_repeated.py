"""The false claim is stated more than once.

Why: What one has read twice seems truer than what one has read once, whatever stands beside it. The claim is quoted
once, so that readers know what is meant; after that “the claim” or “the post” is enough.

Bad: The page wrote: “Bats are completely blind”. Many people say that bats are completely blind.
Good: The page wrote: “Bats are completely blind”. Many people repeat that sentence.

vi: Điều sai được nhắc lại hơn một lần.

Vì sao: Điều đã đọc hai lần nghe thật hơn điều mới đọc một lần, dù bên cạnh có viết gì đi nữa. Nhận định được trích một
lần để người đọc biết đang nói về câu nào; sau đó chỉ cần viết “nhận định ấy” hay “bài đăng ấy”.

Sai: Trang này viết: “Dơi mù hoàn toàn”. Nhiều người vẫn nói dơi mù hoàn toàn.
Đúng: Trang này viết: “Dơi mù hoàn toàn”. Nhiều người vẫn nhắc lại câu ấy.
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.falsehood import stated

_TEMPLATE = "“{claim}”, which the check finds untrue, is stated again here."


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each stating of a claim after the first. Cited quotations and one label count as no repetition."""
    seen: set[str] = set()
    labels: set[str] = set()
    for each in stated(draft):
        if each.is_label and each.claim not in labels:
            labels.add(each.claim)
        elif each.claim in seen and not each.cited:
            yield Finding("FD302", each.span, Reason("claim", _TEMPLATE, {"claim": each.claim}))
        else:
            seen.add(each.claim)


RULE = Rule("FD302", "falsehood-repeated", "warning", check)

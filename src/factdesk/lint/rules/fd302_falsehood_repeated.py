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

from collections.abc import Iterator, Sequence

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.falsehood import Stated, stated

_TEMPLATE = "“{claim}”, which the check finds untrue, is stated again here."


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each stating of a claim but one. Cited quotations and one label count as no repetition."""
    found = stated(draft)
    for claim in dict.fromkeys(each.claim for each in found):
        own = [each for each in found if each.claim == claim]
        for each in _again(own):
            yield Finding("FD302", each.span, Reason("claim", _TEMPLATE, {"claim": claim}))


def _again(own: Sequence[Stated]) -> Iterator[Stated]:
    """The statings of one claim that repeat it. The one that is quoted is what readers need: what the writer says in
    his own words, before it or behind it, is the repetition."""
    plain = [each for each in own if not each.loosely]
    label = next((each for each in plain if each.is_label), None)
    rest = [each for each in plain if each is not label]
    meant = next((each for each in rest if each.quoted), None)
    if meant is None and label is None and rest:
        meant = rest[0]
    for each in own:
        if each is label or each is meant or each.cited:
            continue
        # In other words than the claim's it is sure enough only beside the claim itself.
        if not each.loosely or meant is not None or label is not None:
            yield each


RULE = Rule("FD302", "falsehood-repeated", "warning", check)

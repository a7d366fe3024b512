"""The false claim stands before the fact.

Why: What comes first is remembered best. A check begins with what is so; then comes the claim, once, and why it is
wrong. A line that labels it (“The claim: …”) may stand first.

Bad: “Bats are completely blind”, writes Night Facts. Bats can see.
Good: Bats can see. Night Facts writes: “Bats are completely blind”.

vi: Điều sai được nêu trước sự thật.

Vì sao: Điều đọc đầu tiên được nhớ lâu nhất. Bài kiểm chứng mở đầu bằng sự thật; sau đó mới tới nhận định, nêu một lần,
và vì sao nó sai. Một dòng có nhãn (“Nhận định: …”) thì được đứng đầu.

Sai: “Dơi mù hoàn toàn”, Chuyện Đêm viết. Dơi nhìn được.
Đúng: Dơi nhìn được. Chuyện Đêm viết: “Dơi mù hoàn toàn”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.falsehood import DENIES, stated
from factdesk.text.negation import negations

_TEMPLATE = "“{claim}”, which the check finds untrue, stands before what is so."
_SPREADS = re.compile(
    r"\b(?:posts?|posted|videos?|clips?|viral|shared?|sharing|circulat\w+|spread\w*|social media|facebook|tiktok|zalo|"
    r"youtube|claims?|claimed|rumou?rs?|went round|messages?|asks?|asked|wonder\w*)\b|\b(?:lan truyền|mạng xã hội|"
    r"chia sẻ|đăng tải|đăng lại|bài đăng|bài viết|tin đồn|đồn|truyền tai|nhiều người hỏi|bạn đọc hỏi|tin nhắn|"
    r"cư dân mạng|xôn xao)\b",
    re.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for the first stating of a claim when no sentence before it says anything but that it goes round."""
    for each in stated(draft):
        if each.is_label or each.loosely:
            continue
        if not any(_tells(draft, number) for number in range(each.sentence)):
            yield Finding("FD303", each.span, Reason("claim", _TEMPLATE, {"claim": each.claim}))
        return


def _tells(draft: Draft, number: int) -> bool:
    """Whether a sentence may state the fact. Headings do when they are sentences, questions never."""
    sentence = draft.sentences[number]
    text = sentence.text
    if text.endswith("?") or (draft.parts[sentence.part].kind == "heading" and len(text.split()) < 4):
        return False
    if DENIES.search(text) or negations(text, draft.language):
        return True
    if any(sentence.span.start <= mark.span.start <= sentence.span.end + 40 for mark in draft.marks[:20]):
        return True
    return not _SPREADS.search(text)


RULE = Rule("FD303", "falsehood-before-fact", "warning", check)

"""The check denies the claim and does not say why.

Why: “No” leaves a hole where the claim was, and the claim falls back into it. Say what is so instead, how one knows,
and where the mistake comes from.

Bad: Bats are not blind. That is false.
Good: Bats are not blind: the Cave Institute studied the eyes of 18 kinds, and all of them see. The saying may come from
the way they hunt, because they listen for echoes in the dark.

vi: Bài chỉ bác bỏ nhận định mà không nói vì sao.

Vì sao: Chữ “sai” để lại một chỗ trống, rồi chính điều sai lại lấp vào đó. Hãy nói sự thật là gì, nhờ đâu mà biết, và sự
nhầm lẫn từ đâu ra.

Sai: Dơi không mù. Điều này sai.
Đúng: Dơi không mù: Viện Hang động đã khảo sát mắt của 18 loài, loài nào cũng nhìn được. Có lẽ người ta nghĩ vậy vì
trong đêm tối chúng nghe tiếng vọng để tìm đường.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Rule, Sentence
from factdesk.lint.falsehood import DENIES, UNTRUE, false_claims, is_stated
from factdesk.text.negation import negations

ENOUGH = 3
"""Sentences that say something besides the denial. With so many, a check has explained something."""
_LEAST_WORDS = 4

_DENIES = re.compile(
    r"^no\b[,.!]?|\bnot (?:true|correct|right|so|accurate|real|the case|how it is)\b|"
    r"\b(?:false|untrue|wrong|incorrect|fake|a hoax|myths?|mistaken|misconceptions?|misleading|debunked|refuted|"
    r"baseless|unfounded|groundless|nonsense|inaccurate)\b|\b(?:no|without|lacks?|lacking) (?:any |a )?(?:basis|truth|"
    r"evidence|foundation|proof)\b|\bneither is\b|\b(?:does not|doesn’t|doesn't) hold (?:up|water)\b|"
    r"\bsai\b|\b(?:không|chẳng|chưa) (?:đúng|phải|chính xác|có thật|có cơ sở|có căn cứ|có bằng chứng|có chuyện)\b|"
    r"\bbịa đặt\b|\b(?:tin|ảnh) giả\b|\bvô căn cứ\b|\bthất thiệt\b|\bhoang đường\b|\bhiểu (?:lầm|nhầm)\b|"
    r"\b(?:làm gì|đâu) có\b|\bbác bỏ\b|^không\b[,.!]",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^“”]*”")
_CALLS = re.compile(
    r"\b(?:please|(?:readers|people|everyone|everybody|they|it|nobody|you|the \w+) should|must be withdrawn|"
    r"(?:experts|scientists|everyone|everybody) (?:agrees?|knows?|says? so)|we (?:rate|rated|checked|looked into)|"
    r"ignore it|be careful|bạn đọc|mọi người|xin|đề nghị|đừng|hãy|ai cũng (?:biết|rõ)|nên (?:rút|gỡ|xóa|xoá|sửa)|"
    r"cần được (?:rút|gỡ|xóa|xoá|sửa)|chúng tôi (?:đánh giá|đã kiểm tra|kiểm tra|xếp))\b",
    re.IGNORECASE,
)
"""What a check asks of people, and what it says of itself: neither says how things are."""
_EXPLAINS = {
    "en": re.compile(
        r"\b(?:because|since|the reason|reasons|why|due to|owing to|therefore|that is how|caused? by|causes?|"
        r"comes? from|came from|goes back to|stems? from|so that|explain(?:s|ed|ing)?|instead|as a result)\b",
        re.IGNORECASE,
    ),
    # `tự do`, `thay vì` and `không nên` give no reason.
    "vi": re.compile(
        r"(?<!\bthay )\bvì\b|(?<!\btự )\bdo\b|,\s+nên\b|\b(?:bởi|cho nên|nguyên nhân|lý do|lí do|nhờ|bắt nguồn|"
        r"xuất phát từ|thay vào đó|dẫn đến|khiến)\b|(?<!cách )(?<!lời )\bgiải thích\b",
        re.IGNORECASE,
    ),
}
_TURNS = re.compile(r"\b(?:in fact|actually|in reality|thực ra|thực tế|kỳ thực|thật ra)\b", re.IGNORECASE)
"""What leads to how things are, where no denial follows."""


def check(draft: Draft) -> Iterator[Finding]:
    """One finding for a draft that denies, explains nowhere, and hardly says anything else."""
    if draft.field("rating").value not in UNTRUE or not draft.sentences:
        return
    written = [each for each in draft.sentences if draft.parts[each.part].kind != "heading"]
    said = [each.text for each in written]
    if not any(_DENIES.search(text) for text in (*said, draft.field("summary").value)):
        return
    explains = _EXPLAINS.get(draft.language)
    if explains is None or any(explains.search(_own(text)) for text in said):
        return
    claims = false_claims(draft)
    telling = [each.text for each in written if _tells(each, claims, draft.language)]
    if len(telling) < ENOUGH and not any(_TURNS.search(text) for text in telling):
        template = "The check denies the claim and does not say why, or what is so instead."
        yield Finding("FD304", _whole(draft), Reason("denial", template))


def _tells(sentence: Sentence, claims: tuple[str, ...], language: str) -> bool:
    """Whether a sentence says something of its own: it is no fragment, no denial, and not the claim."""
    text = sentence.text
    if len(text.split()) < _LEAST_WORDS or any(each.search(text) for each in (DENIES, _DENIES, _CALLS)):
        return False
    if negations(text, language) and "“" not in text:
        return False
    return not any(claim in text or is_stated(claim, text, language, asks=True) for claim in claims)


def _own(text: str) -> str:
    """A sentence without what it quotes: the claim may give a reason, which is not the check's."""
    return _QUOTED.sub(" ", text)


def _whole(draft: Draft) -> Span:
    """Where a finding on the whole text stands: at its first block."""
    return draft.parts[0].span if draft.parts else draft.body


RULE = Rule("FD304", "bare-denial", "warning", check)

"""A date that says nothing once the day is over.

Why: A check is read for years, and copied without its date. "Yesterday" is then wrong, and "this week" a riddle.
Words in quotation marks are the source's own and stay.

Bad: It was posted again yesterday.
Good: It was posted again on 12 March 2025.

vi: Mốc thời gian mất nghĩa khi ngày ấy đã qua.

Vì sao: Bài kiểm chứng được đọc trong nhiều năm và được chép lại không kèm ngày. Khi đó "hôm qua" thành sai, "tuần
này" thành câu đố. Lời trong ngoặc kép là của nguồn nên được giữ nguyên.

Sai: Hôm qua, ảnh lại được chia sẻ.
Đúng: Ngày 12/3/2025, ảnh lại được chia sẻ.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.people import WRAPPED

CODE = "FD502"
_TEMPLATE = "“{text}” says nothing to who reads this later: write the date."

_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_FEW = "a|an|one|two|three|four|five|six|seven|eight|nine|ten|a few|a couple of|several|\\d{1,2}"
_ENGLISH = re.compile(
    rf"\b(?:(?:the day before )?yesterday|(?:the day after )?tomorrow|tonight|last night|earlier today|later today|"
    rf"this (?:morning|afternoon|evening)|(?:last|next|this(?: past| coming)?) (?:{_DAYS})|"
    rf"(?<!the )(?<!its )(?<!his )(?<!her )(?<!their )(?:last|next) (?:week|month|year|weekend)(?! of\b)|"
    rf"(?:earlier |later )?this (?:week|month|year|weekend)(?! of\b)|"
    rf"(?:{_FEW}) (?:hours?|days?|weeks?|months?) ago|"
    rf"(?:in|over) (?:the (?:last|past) (?:few |couple of |two |three )?|recent )(?:days|weeks))\b"
)
_SOME = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy|nhiều|nửa|các|những|\\d{1,3}"
_NOT_AFTER = "(?!\\s(?:khi|đó|lúc|ngày|lễ|tết|kỳ|đợt|vụ|cuộc|trận|bầu|sinh))"
_VIETNAMESE = re.compile(
    rf"\b(?:hôm qua|hôm kia|(?<!đến )(?<!tới )hôm nay|hôm trước|hôm tới|ngày mai|ngày kia|ngày mốt|ngày hôm qua|"
    rf"(?:sáng|trưa|chiều|tối|đêm) (?:nay|qua|mai)|sáng sớm nay|rạng sáng nay|"
    rf"(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật) (?:tuần )?(?:này|trước|vừa qua|vừa rồi|tới)|"
    rf"(?:tuần|tháng) (?:này|rồi|vừa rồi|vừa qua|tới)|(?:tuần|tháng) trước{_NOT_AFTER}|"
    rf"cuối tuần (?:này|trước|qua|vừa rồi|tới)|năm ngoái|năm nay|sang năm|năm tới|"
    rf"(?:cách đây|trước đây) (?:{_SOME}) (?:giờ|ngày|tuần|tháng)|"
    rf"(?:{_SOME}) (?:giờ|ngày|hôm|tuần|tháng) trước{_NOT_AFTER}|"
    rf"(?:mấy|những|vài|ít) (?:ngày|hôm|tuần) (?:qua|nay|gần đây)|"
    rf"hôm (?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)|ít hôm trước)(?!\w)"
)
_COUNTED = re.compile(rf"\b(?:{_SOME})\s$")


def check(draft: Draft) -> Iterator[Finding]:
    """Words that count from the day of writing, outside of quotations."""
    pattern = _VIETNAMESE if draft.language == "vi" else _ENGLISH
    prose = _lowered(WRAPPED.sub(" ", draft.prose))
    quoted = [quotation.span for quotation in draft.quotations]
    starts = [span.start for span in quoted]
    for found in pattern.finditer(prose, draft.body.start, draft.body.end):
        at = bisect_right(starts, found.start()) - 1
        if at >= 0 and found.start() < quoted[at].end:
            continue
        if draft.language == "vi" and _COUNTED.search(prose[max(0, found.start() - 8) : found.start()]):
            # "Two weeks before": counted from what is told, not from the day of writing.
            continue
        text = " ".join(draft.prose[found.start() : found.end()].split())
        yield Finding(CODE, Span(found.start(), found.end()), Reason(CODE, _TEMPLATE, {"text": text}))


def _lowered(text: str) -> str:
    """A text in small letters, each in its place: patterns that look for one case are much faster."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(each if len(each.lower()) > 1 else each.lower() for each in text)


RULE = Rule(CODE, "relative-date", "warning", check)

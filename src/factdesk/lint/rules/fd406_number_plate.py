"""A vehicle's number plate.

Why: A plate leads to its owner, who is hardly ever what the check is about. Where the plate itself is the evidence (a
picture is placed by it), waive the rule and say so.

Bad: The car in the video, 29A-123.45, was parked there.
Good: The car in the video was parked there; its plate is from Hà Nội.

vi: Biển số xe.

Vì sao: Từ biển số có thể tìm ra chủ xe, mà bài kiểm chứng hầu như không bao giờ nói về người ấy. Khi chính biển số là
bằng chứng (nhờ nó mà biết ảnh chụp ở đâu), hãy bỏ qua quy tắc này và nêu lý do.

Sai: Chiếc xe trong video, 29A-123.45, đỗ ở đó.
Đúng: Chiếc xe trong video đỗ ở đó, biển số đăng ký tại Hà Nội.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.people import masked, near_figures, private, shown

CODE = "FD406"
_TEMPLATE = "A number plate ({what}): leave it out unless it is the evidence."

# Two digits of the province, the series, and four or five digits; military plates are two letters and digits.
_VIETNAMESE = re.compile(
    r"(?<![\w.,/:-])[1-9]\d[ -]?[A-Z](?:\d|[A-Z])?(?:\s?-\s?|\s)(?:\d{3}\.\d{2}|\d{4,5})(?![\w/]|[.,:-]\d)"
    r"|(?<![\w.,/:-])[1-9]\d[A-Z](?:\d|[A-Z])?\d{3}\.\d{2}(?![\w/]|[.,:-]\d)"
)
_CUED = re.compile(
    r"\b(?:number plates?|licen[cs]e plates?|plates?|registration(?: number| plate)?|reg|biển số|biển kiểm soát|BKS)\b"
    r"[^\n.;]{0,25}?\b([A-Z]{1,3}[ -][A-Z]{1,2} ?\d{1,4}|[A-Z]{1,3}[ -]?[A-Z]{0,3}\d{1,4}[ -]?[A-Z]{0,3}"
    r"|\d{2}[ -]?[A-Z]{1,2}\d?[ .-]?\d{3}\.?\d{1,2}"
    r"|\d{1,4}[ -]?[A-Z]{2,3}(?:[ -]?\d{1,3})?)(?!\w)"
)


def check(draft: Draft) -> Iterator[Finding]:
    """Plates as Vietnam writes them, and what a word calls a plate."""
    text = shown(draft)
    ends: set[int] = set()
    for found in near_figures(draft, _VIETNAMESE, 4):
        ends.add(found.end())
        yield private(CODE, found.start(), found.end(), _TEMPLATE, masked(found[0]))
    for found in _CUED.finditer(text):
        whole = found[1]
        has_both = any(letter.isdigit() for letter in whole) and any(letter.isalpha() for letter in whole)
        if has_both and len(whole) >= 5 and found.end(1) not in ends:
            yield private(CODE, found.start(1), found.end(1), _TEMPLATE, masked(whole))


RULE = Rule(CODE, "number-plate", "warning", check)

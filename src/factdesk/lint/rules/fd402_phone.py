"""A phone number that may be a private person's.

Why: A number that thousands read is called by thousands, and cannot be taken back. That it stands in a cited source
does not make it public: the source may have been wrong to print it. Hotlines and numbers that an organisation gives
for the public (0800, 1800, 1900, 113, "hotline", "switchboard") are left alone.

Bad: The man who runs the page can be reached at 0912 345 678.
Good: We wrote to the man who runs the page; he did not answer.

vi: Số điện thoại có thể là của cá nhân.

Vì sao: Số máy được hàng nghìn người đọc thì sẽ bị hàng nghìn người gọi, và không rút lại được. Có trong nguồn được
trích dẫn không có nghĩa là công khai: chính nguồn ấy có thể đã sai khi đăng. Tổng đài và số mà một tổ chức dành cho
công chúng (1800, 1900, 113, "đường dây nóng") thì không bị nhắc.

Sai: Người quản lý trang dùng số 0912 345 678.
Đúng: Chúng tôi đã nhắn cho người quản lý trang nhưng chưa được trả lời.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.people import addressed, before, digits, masked, private, shown

CODE = "FD402"
_TEMPLATE = "A phone number that may be a private person's ({what}): leave it out."

# A row of digits with single marks between them, whole: part of a longer number is no phone number.
_ROW = re.compile(r"(?<![\w.,/:+-])(?:\+[ ]?)?\(?\d(?:[ .()\u00a0–-]{0,2}\d){7,15}(?![\w/]|[.,:-]\d)")
_PUBLIC = re.compile(
    r"\b(?:hotline|helpline|switchboard|call cent(?:re|er)|press office|emergenc(?:y|ies)|toll.free|freephone|"
    r"information line|reception|tổng đài|đường dây nóng|trực ban|văn phòng|tòa soạn|toà soạn|bộ phận báo chí|"
    r"chăm sóc khách hàng)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:\bSTK|tài khoản|\baccount|\bacct|\bISBN|\bISSN|\bDOI|\bCCCD|căn cước|\bCMND|chứng minh|mã số|\bMST|\bID|"
    r"\bIBAN|identity number|identity card|\bNo\. of)[^\d]{0,25}$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:phone|telephone|mobile|cell|call|called|reach(?:ed)?|whatsapp|text|tel|dial|zalo|viber|số|điện thoại|"
    r"sđt|đt|gọi|liên hệ|nhắn)\b",
    re.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Finding]:
    """Numbers of the length and beginning that phone numbers have."""
    text = shown(draft)
    for found in _ROW.finditer(text):
        said = before(text, found.start())
        if is_phone(found[0], said) and not _PUBLIC.search(said) and not _OTHER.search(said):
            yield private(CODE, found.start(), found.end(), _TEMPLATE, masked(found[0].strip()))
    for number, span in addressed(draft, "tel:"):
        if is_phone(number, "tel"):
            yield private(CODE, span.start, span.end, _TEMPLATE, masked(number))


def is_phone(row: str, said: str) -> bool:
    """Whether a row of digits can be dialled to reach a person; `said` is what stands before it."""
    number = digits(row)
    if row.startswith("0."):
        return False
    if row.strip().startswith("+"):
        # E.164; a country's own free lines (+84 1800 …) are no person's.
        return 9 <= len(number) <= 15 and not re.match(r"84(?:1[89]00|0?1[89]00)", number)
    if re.fullmatch(r"0(?:[35789]\d{8}|2\d{9})", number):
        return True
    if re.fullmatch(r"00[1-9]\d{8,12}", number):
        return _CALLED.search(said) is not None
    if re.fullmatch(r"0(?:7\d{9}|[12]\d{8,9})", number):
        return _parted(row) or _CALLED.search(said) is not None
    # North America: three, three and four, where it is written so or announced as a number to call.
    american = re.fullmatch(r"1?[2-9]\d{2}[2-9]\d{6}", number) and not re.match(r"1?8(?:00|33|44|55|66|77|88)", number)
    return bool(american) and (
        re.search(r"\d{3}\)?[ .-]\d{3}[ .-]\d{4}$", row) is not None and _CALLED.search(said) is not None
    )


def _parted(row: str) -> bool:
    return re.search(r"\d[ .()–-]+\d", row.strip()) is not None


RULE = Rule(CODE, "phone", "error", check)

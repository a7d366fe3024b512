"""A person's identity number.

Why: With the number of an identity card loans are taken out and accounts are opened in somebody's name; no reader
needs it to follow a check. It stays private where a cited source prints it. Found are Vietnamese CCCD (12 digits that
begin with a province, the century and sex, and the year of birth) and, beside a word that says so, CMND and others.

Bad: The author of the post (CCCD 001099000000) did not answer.
Good: The author of the post did not answer.

vi: Số định danh của một người.

Vì sao: Chỉ cần số căn cước là có thể vay tiền, mở tài khoản dưới tên người khác; người đọc không cần số này để hiểu
bài. Nguồn được trích dẫn có in số ấy thì nó vẫn là riêng tư. Quy tắc tìm số CCCD (12 chữ số: mã tỉnh, thế kỷ và giới
tính, năm sinh) và, khi có từ chỉ rõ bên cạnh, số CMND cùng các loại khác.

Sai: Tác giả bài đăng (CCCD 001099000000) chưa trả lời.
Đúng: Tác giả bài đăng chưa trả lời.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.people import before, digits, masked, near_figures, private, shown

CODE = "FD403"
_TEMPLATE = "An identity number ({what}): leave it out."

_TWELVE = re.compile(r"(?<![\w.,/:+-])\d{3}(?:[ .\u00a0-]?\d{3}){3}(?![\w/]|[.,:-]\d)|(?<![\w.,/:+-])\d{12}(?!\w)")
_CUE = (
    r"(?:\bCCCD|\bCMND|\bCMTND|\bCMT|căn cước(?: công dân)?|chứng minh(?: thư)?(?: nhân dân)?|hộ chiếu|"
    r"số định danh(?: cá nhân)?|\bID(?: card| number)?|identity (?:card|number|document)|national (?:ID|identity)|"
    r"passport|social security(?: number)?|\bSSN|national insurance(?: number)?)"
)
_CUED = re.compile(
    _CUE + r"[^\d\n.]{0,30}?(?:(?:no|nr)\.\s?)?(?<![\w-])"
    r"([A-Z]{0,2}\d(?:[ .\u00a0-]?\d){6,13}[A-Z]?|[A-Z]{2} ?\d\d(?: ?\d\d){2} ?[A-D])(?![\w-])",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?:\bSTK|tài khoản|\baccount|\bISBN|\bDOI)[^\d]{0,25}$", re.IGNORECASE)
_PROVINCES = range(1, 97)


def check(draft: Draft) -> Iterator[Finding]:
    """Numbers that a word calls so, and those that are built as a CCCD is."""
    text = shown(draft)
    seen: set[int] = set()
    for found in near_figures(draft, _CUED, 6):
        if len(digits(found[1])) in (6, 7, 8, 9, 10, 12):
            seen.add(found.end(1))
            yield private(CODE, found.start(1), found.end(1), _TEMPLATE, masked(found[1]))
    for found in near_figures(draft, _TWELVE, 12):
        if found.end() not in seen and is_cccd(digits(found[0])) and not _ACCOUNT.search(before(text, found.start())):
            yield private(CODE, found.start(), found.end(), _TEMPLATE, masked(found[0]))


def is_cccd(number: str) -> bool:
    """Whether twelve digits are built as Circular 59/2021/TT-BCA says: province, century and sex, year, six more.

    The century's digit is 0 or 1 for 1900 to 1999, and 2 or 3 for the present one; nobody was born in the future.
    """
    return len(number) == 12 and int(number[:3]) in _PROVINCES and number[3] in "0123"


RULE = Rule(CODE, "identity-number", "error", check)

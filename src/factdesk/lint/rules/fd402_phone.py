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
from unicodedata import digit

from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.people import addressed, before, digits, masked, near_figures, private, shown
from factdesk.lint.phrases import key, tokens

CODE = "FD402"
_TEMPLATE = "A phone number that may be a private person's ({what}): leave it out."

# A row of digits with single marks between them, whole: part of a longer number is no phone number.
_ROW = re.compile(
    r"(?<![\w+])(?<!\d[.,/:-])(?<![\w/][/-])(?:\+[ ]?)?\(?[\dOo](?:[ .()\u00a0–-]{0,2}\d){6,15}"
    r"(?!\w|/(?!0\d)|[.,:-]\d)"
)
_SLASHED = re.compile(r"(?<![\w./])0\d{3}/\d{3}/\d{3}(?![\w/])")
_FEWEST = 8
_DIGIT_WORDS = (
    "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|"
    "không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín"
)
_SPELLED = re.compile(rf"\b(?:(?:{_DIGIT_WORDS})\b[ ,.-]{{0,3}}){{{_FEWEST},15}}", re.IGNORECASE)
_DIGIT_KEYS = frozenset(map(key, _DIGIT_WORDS.split("|")))
_PUBLIC = re.compile(
    r"\b(?:hotline|helpline|switchboard|call cent(?:re|er)|press office|emergenc(?:y|ies)|toll.free|freephone|"
    r"information line|reception|tổng đài|đường dây nóng|trực ban|văn phòng|tòa soạn|toà soạn|bộ phận báo chí|"
    r"chăm sóc khách hàng)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:\bSTK|tài khoản|\baccount|\bacct|\bISBN|\bISSN|\bDOI|\bCCCD|căn cước|\bCMND|chứng minh|mã số|\bMST|\bID|"
    r"\bIBAN|identity number|identity card|\bNo\. of|\b(?:serial|order|article|part|tracking|reference|case|model|file|"
    r"invoice|ticket|version) (?:number|no\.?)|\bIMEI|sê-ri|\bseri|số hiệu|vận đơn|mã đơn|mã bài|hóa đơn|hoá đơn|"
    r"\btệp|\bfile|\bIMG)[^\d]{0,25}$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:phone|telephone|mobile|cell|call|called|reach(?:ed)?|whatsapp|text|tel|dial|zalo|viber|số|điện thoại|"
    r"sđt|đt|gọi|liên hệ|nhắn)\b",
    re.IGNORECASE,
)
_SURELY_CALLED = re.compile(
    r"\b(?:phones?|telephone|mobile|cell(?:phone)?|calls?|called|calling|ring|rang|reach(?:ed)?|whatsapp|text(?:ed)?|"
    r"tel|dial(?:led)?|landline|home line|(?:his|her|their|whose|author’s|author's|owner’s|owner's) (?:\w+ )?number|"
    r"zalo|viber|telegram|signal|điện thoại|sđt|đt|gọi|liên hệ|nhắn|di động|máy bàn|số máy|alo|nhá máy|"
    r"số (?:của|riêng|cá nhân))\b[^\d\n]{0,40}$",
    re.IGNORECASE,
)
"""What announces a number to call, right before it."""


def check(draft: Draft) -> Iterator[Finding]:
    """Numbers of the length and beginning that phone numbers have."""
    text = shown(draft)
    for found in near_figures(draft, _ROW, 3):
        said = before(text, found.start())
        if is_phone(found[0], said) and not _PUBLIC.search(said) and not _OTHER.search(said):
            yield private(CODE, found.start(), found.end(), _TEMPLATE, masked(found[0].strip()))
    for found in (*near_figures(draft, _SLASHED, 3), *_spelled(text)):
        said = before(text, found.start())
        if _SURELY_CALLED.search(said) and not _PUBLIC.search(said):
            yield private(CODE, found.start(), found.end(), _TEMPLATE, masked(found[0].strip()))
    for number, span in addressed(draft, "tel:"):
        if is_phone(number, "tel"):
            yield private(CODE, span.start, span.end, _TEMPLATE, masked(number))


def _spelled(text: str) -> Iterator[re.Match[str]]:
    """Digits in words, so many in a row that they may be a number to call."""
    row = "".join("1" if word in _DIGIT_KEYS else " " for word in tokens(text).keys)
    return _SPELLED.finditer(text) if "1" * _FEWEST in row else iter(())


def is_phone(row: str, said: str) -> bool:
    """Whether a row of digits can be dialled to reach a person; `said` is what stands before it."""
    written = row.strip().replace("O", "0").replace("o", "0")
    number = "".join(str(digit(letter)) for letter in digits(written))
    if row.startswith("0."):
        return False
    if written.startswith("+"):
        # E.164; a country's own free lines (+84 1800 …) are no person's.
        return 9 <= len(number) <= 15 and not re.match(r"84(?:1[89]00|0?1[89]00)", number)
    if re.fullmatch(r"0(?:[35789]\d{8}|2\d{9})", number):
        return True
    if re.fullmatch(r"84[35789]\d{8}", number):
        return _parted(row) or _CALLED.search(said) is not None
    if re.fullmatch(r"00[1-9]\d{8,12}", number):
        return _CALLED.search(said) is not None
    if re.fullmatch(r"0(?:7\d{9}|[12]\d{8,9})", number):
        return _parted(row) or _CALLED.search(said) is not None
    if re.match(r"1?8(?:00|33|44|55|66|77|88)|0800|1[89]00", number):
        return False
    return _is_american(written, number, said) or _is_local(written, number, said)


def _is_american(row: str, number: str, said: str) -> bool:
    """North America: three, three and four. Written with marks that nothing else has, or announced."""
    if re.search(r"(?:\(\d{3}\) ?|(?:^|[ (])1?[-. ]?\d{3}[-.])\d{3}[-.]\d{4}$", row):
        return True
    called = _CALLED.search(said) is not None and re.search(r"\d{3}\)?[ .-]\d{3}[ .-]\d{4}$", row) is not None
    return bool(re.fullmatch(r"1?[2-9]\d{2}[2-9]\d{6}", number)) and (called or _is_announced(said))


def _is_local(row: str, number: str, said: str) -> bool:
    """A number as it is dialled in some country, without the country's own: only where it is announced right before."""
    if not _is_announced(said) or re.fullmatch(r"(?:1[5-9]|20)\d{2}[ –-]{1,3}(?:1[5-9]|20)\d{2}", row):
        return False
    if re.fullmatch(r"0\d{8,11}|[35789]\d{8}", number):
        return True
    return re.fullmatch(r"\d{3}[-. ]\d{4}|\d{4}[-. ]\d{4}", row) is not None


def _is_announced(said: str) -> bool:
    return _SURELY_CALLED.search(said) is not None


def _parted(row: str) -> bool:
    return re.search(r"\d[ .()–-]+\d", row.strip()) is not None


RULE = Rule(CODE, "phone", "error", check)

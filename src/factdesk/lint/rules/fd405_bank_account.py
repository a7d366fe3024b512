"""The number of a bank account.

Why: Who has it can send money there to implicate somebody, and readers of a check on a swindle must not be handed the
swindler's account. It stays out where a cited source prints it. Found are IBANs whose check digits are right, and
rows of digits beside words such as "account" or "STK".

Bad: Gifts went to the account 0071 2345 6789 at River Bank.
Good: Gifts went to an account at River Bank that belongs to the keeper.

vi: Số tài khoản ngân hàng.

Vì sao: Có số tài khoản là có thể chuyển tiền vào để gây rắc rối cho chủ của nó; và bài kiểm chứng một vụ lừa đảo
không được trao cho người đọc số tài khoản của kẻ lừa đảo. Nguồn được trích dẫn có in thì cũng bỏ đi. Quy tắc tìm số
IBAN đúng số kiểm tra và dãy số đứng cạnh các từ như "tài khoản", "STK".

Sai: Tiền ủng hộ gửi về STK 0071 2345 6789.
Đúng: Tiền ủng hộ gửi về một tài khoản đứng tên người gác đèn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.people import digits, masked, near_figures, private, shown

CODE = "FD405"
_TEMPLATE = "The number of a bank account ({what}): leave it out."

_IBAN = re.compile(r"(?<![\w-])[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]{1,4}){3,8}(?!\w)")
_CUED = re.compile(
    r"(?:\bSTK|\bsố tài khoản|\btài khoản|\b(?:số )?TK(?: ngân hàng)?|\bchuyển khoản|"
    r"\baccount|\bacct|\ba/c)\b[^\d\n;]{0,45}?"
    r"(?<![\w.,/-])(\d(?:[ .\u00a0-]?\d){7,18})(?![\w/]|[.,:-]\d)"
    r"(?!\s(?:followers|subscribers|views|likes|người|lượt|đồng|VND|USD|EUR))",
    re.IGNORECASE,
)
# An account of another kind has digits too.
_OTHER = re.compile(r"(?:điện thoại|\bphone|\bnăm\b|\bngày\b|đồng\b|follow|theo dõi|\bISBN|sinh ngày)", re.IGNORECASE)


def check(draft: Draft) -> Iterator[Finding]:
    """IBANs, and digits that a word calls an account's."""
    text = shown(draft)
    ends: set[int] = set()
    for found in _IBAN.finditer(text):
        if is_iban(found[0]):
            ends.add(found.end())
            yield private(CODE, found.start(), found.end(), _TEMPLATE, masked(found[0]))
    for found in near_figures(draft, _CUED, 8):
        between = text[found.start() : found.start(1)]
        if found.end(1) not in ends and 8 <= len(digits(found[1])) <= 19 and not _OTHER.search(between):
            yield private(CODE, found.start(1), found.end(1), _TEMPLATE, masked(found[1]))


def is_iban(text: str) -> bool:
    """Whether letters and digits are an IBAN: 15 to 34 of them, and the remainder of ISO 13616's check is 1."""
    plain = "".join(letter for letter in text if letter.isalnum())
    if not 15 <= len(plain) <= 34:
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


RULE = Rule(CODE, "bank-account", "error", check)

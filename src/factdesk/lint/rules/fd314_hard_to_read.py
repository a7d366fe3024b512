"""The text as a whole is hard to read.

Why: Many readers of a check read little else. English is measured by LIX (Björnsson 1968): words a sentence, plus the
share in per cent of words of more than six letters; above 60 is what he found in specialists' writing. For Vietnamese,
whose words are of one to three syllables written apart, there is no measure as settled. This one is our own: syllables
a sentence, plus the share in per cent of syllables that make learned words (`hóa`, `tính`, `sự`, `viên`, `chế` …) or
have six letters or more; above 60 a text reads like an official's. Cited words are not counted, nor are texts of fewer
than five sentences or 100 words.

Bad: The implementation of comprehensive infrastructural modernisation necessitates considerable expenditure.
Good: It costs much to renew roads and bridges.

vi: Cả bài khó đọc.

Vì sao: Nhiều người đọc bài kiểm chứng mà ít đọc gì khác. Tiếng Anh được đo bằng LIX (Björnsson 1968): số từ trong một
câu cộng với tỷ lệ phần trăm những từ dài hơn sáu chữ cái; trên 60 là văn của giới chuyên môn. Tiếng Việt, với từ gồm
một đến ba âm tiết viết rời, chưa có thước đo nào được công nhận rộng rãi như vậy. Cách đo ở đây là của chúng tôi: số âm
tiết trong một câu cộng với tỷ lệ phần trăm những âm tiết tạo nên chữ trừu tượng (“hóa”, “tính”, “sự”, “viên”, “chế” …)
hoặc có từ sáu chữ cái trở lên; trên 60 là văn công văn. Lời trích có dẫn nguồn không được tính, bài dưới năm câu hoặc
dưới 100 từ cũng không.

Sai: Việc triển khai đồng bộ công tác hiện đại hóa hạ tầng đòi hỏi sự bố trí nguồn lực mang tính chiến lược.
Đúng: Làm lại đường sá và cầu cống tốn nhiều tiền.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.phrases import WORD, Own, keys
from factdesk.text.wordlist import words

MOST = {"en": 60, "vi": 60}
_LEAST_SENTENCES = 5
_LEAST_WORDS = 100
_LONG = {"en": 7, "vi": 6}

_LEARNED = frozenset(
    key
    for word in words(
        """hóa tính sự việc viên chế độ thức thể chất hành chính pháp quy định trình triển khai thực hiện công tác
        nhằm đối tượng phương diện tổ chức quản lý nghiệp vụ chức năng nhiệm cơ sở hạ tầng bố trí nguồn lực chiến lược
        đồng bộ tăng cường đẩy mạnh quán triệt nâng cao hiệu quả chất lượng phát huy khắc phục tiến hành bảo đảm thông
        qua đảm tiêu chuẩn điều kiện"""
    )
    for key in keys(word)
)
"""Syllables of Chinese origin that make the abstract words of offices."""
_KINDS = ("paragraph", "item")


def check(draft: Draft) -> Iterator[Finding]:
    """One finding for a text above the limit of its language."""
    most = MOST.get(draft.language)
    if most is None:
        return
    own = Own(draft)
    rows = [WORD.findall(own.text(each.span)) for each in draft.sentences if draft.parts[each.part].kind in _KINDS]
    rows = [row for row in rows if row]
    count = sum(len(row) for row in rows)
    if len(rows) < _LEAST_SENTENCES or count < _LEAST_WORDS:
        return
    index = count / len(rows) + 100 * sum(_long(row, draft.language) for row in rows) / count
    if index > most:
        values = {"mean": f"{count / len(rows):.0f}", "index": f"{index:.0f}", "most": str(most)}
        yield Finding("FD314", draft.parts[0].span, _reason(draft.language, values))


def _reason(language: str, values: Mapping[str, str]) -> Reason:
    if language == "vi":
        template = "The text is hard to read: {mean} syllables a sentence on average, index {index} over {most}."
        return Reason("readability", template, values)
    template = "The text is hard to read: {mean} words a sentence on average, index {index} over {most}."
    return Reason("readability", template, values)


def _long(row: Sequence[str], language: str) -> int:
    """How many words of a sentence are long or learned."""
    if language == "vi":
        return sum(map(_is_long_or_learned, row))
    return sum(len(word) >= _LONG["en"] for word in row)


@lru_cache(maxsize=16384)
def _is_long_or_learned(word: str) -> bool:
    return len(word) >= _LONG["vi"] or any(key in _LEARNED for key in keys(word))


RULE = Rule("FD314", "hard-to-read", "warning", check)

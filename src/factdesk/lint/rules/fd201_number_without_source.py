"""A number that no cited source contains.

Why: Readers trust numbers, and a slip in one is the slip that is quoted. Every number must stand in a source that the
check cites, in the claim or in its appearance: in digits or words, in any unit of its kind. “About 4,000” for 4,180 is
right (5 % with a word that says it is rounded, else two figures or more and 1 %); so is a difference, a sum or a share
of numbers that stand together in the text or in a source. Small numbers in words, up to twelve, are only looked at
with a unit, those of people and times from four on; pages, sections and the like not at all.

Bad: The station counted 400 storms.  # and the source says 300
Good: The station counted 300 storms.

vi: Con số không có trong nguồn nào được trích dẫn.

Vì sao: Người đọc tin vào con số, và sai một con số là cái sai bị nhắc lại nhiều nhất. Mỗi con số phải có trong nguồn
được trích, trong nhận định hay nơi nhận định xuất hiện: bằng chữ số hay bằng chữ, ở đơn vị nào cùng loại cũng được.
“Khoảng 4.000” cho 4.180 là đúng (5 % nếu có từ cho biết đã làm tròn, nếu không thì giữ từ hai chữ số và lệch không quá
1 %); hiệu, tổng hay tỷ lệ của các số đứng gần nhau trong bài hay trong nguồn cũng vậy. Số nhỏ viết bằng chữ, đến mười
hai, chỉ xét khi có đơn vị, số người và số lần thì xét từ bốn trở lên; số trang, số mục và những thứ tương tự thì
không xét.

Sai: Trạm đếm được 400 cơn dông.  # trong khi nguồn ghi 300
Đúng: Trạm đếm được 300 cơn dông.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factdesk.domain.matches import Reason, Span
from factdesk.lint.amounts import Amounts
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.derived import derived, numbers_of
from factdesk.lint.figures import Figure, figures
from factdesk.lint.fractions import fractions_of, has_share
from factdesk.lint.sources import told
from factdesk.lint.units import counts

_SMALL, _FEWEST = 12, 3
"""Up to which numbers in words are not looked at: of nothing, and of people, times and the like."""
_MANY = frozenset({100.0, 1e3, 1e6, 1e9})
_FEW = 200
"""Missing numbers up to which each is compared with pairs of the sources: more are not worth the time."""


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each number that is none of the sources and does not follow from those beside it."""
    texts = told(draft)
    if not texts:
        return
    yield from _fractions(draft, texts)
    amounts = Amounts(texts)
    found = figures(draft)
    missing = [each for each in found if not each.is_date and not _is_trifle(each) and not amounts.has(each)]
    if not missing:
        return
    unknown = {each.span.start for each in missing}
    beside = numbers_of(each for each in found if each.span.start not in unknown)
    for each in missing:
        if len(missing) <= _FEW and amounts.makes(each):
            continue
        if not derived(each, beside.get(each.part, ()), draft.facts.today.year):
            yield _finding(each.span, each.words)


def _fractions(draft: Draft, texts: Sequence[str]) -> Iterator[Finding]:
    for each in fractions_of(draft):
        if not has_share(each, texts):
            yield _finding(each.span, draft.prose[each.span.start : each.span.end])


def _finding(span: Span, words: str) -> Finding:
    return Finding("FD201", span, Reason("number", "No cited source contains the number {number}.", {"number": words}))


def _is_trifle(figure: Figure) -> bool:
    """`one of them`, `two countries`, `half the year`, `a hundred times`."""
    value = figure.quantity.value
    most = _FEWEST if figure.quantity.unit else _SMALL
    small = value <= 1 or (counts(figure.quantity.unit) and (value <= most or value in _MANY))
    return figure.is_spelled and small


RULE = Rule("FD201", "number-without-source", "error", check)

"""A quotation without a citation.

Why: Words in quotation marks say that somebody put it exactly so. Only a citation lets a reader see that they did.
Titles, single words and expressions (up to three words, in Vietnamese five syllables) and the claim itself need none.

Bad: The keeper says “the newcomers copy what the older fish do”.
Good: The keeper says “the newcomers copy what the older fish do”[^cite:a1].

vi: Câu trích không kèm nguồn.

Vì sao: Đặt lời vào ngoặc kép là nói rằng ai đó đã nói đúng như thế. Chỉ có trích dẫn mới cho người đọc thấy điều đó là
thật. Tên tác phẩm, từ đơn lẻ, cụm từ ngắn (đến năm âm tiết, tiếng Anh là ba từ) và chính nhận định thì không cần.

Sai: Người nuôi cá nói “con mới về cứ bắt chước con cũ”.
Đúng: Người nuôi cá nói “con mới về cứ bắt chước con cũ”[^cite:a1].
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Quotation, Rule
from factdesk.lint.common_names import NO_NAMES
from factdesk.lint.prose import MARK
from factdesk.lint.quoted import begun
from factdesk.lint.sources import claim_words, quotes_claim

_EXPRESSION = {"vi": 5}
_EXPRESSION_ELSEWHERE = 3
_BEHIND = 4


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each quotation of some length that no citation's mark belongs to and that is not the claim's.

    A mark belongs to it from its end to the end of its sentence, unless another quotation comes between; to a quoted
    block also at the end of the line before, after a colon. Silent where the claims are named and not known: any
    quotation may then be one.
    """
    claims = claim_words(draft)
    if not claims and draft.field("claims").values:
        return
    ends = _sentence_ends(draft)
    starts = [each.span.start for each in draft.quotations]
    for number, quotation in enumerate(draft.quotations):
        if quotation.cites or _is_expression(quotation, draft.language) or quotes_claim(quotation.text, claims):
            continue
        following = starts[number + 1] if number + 1 < len(starts) else len(draft.source)
        if not _is_cited(draft, quotation.span, following, ends):
            template = "The quotation “{words}” has no citation."
            yield Finding("FD204", quotation.span, Reason("quotation", template, {"words": begun(quotation.text)}))


def _is_expression(quotation: Quotation, language: str) -> bool:
    tokens = quotation.text.split()
    if quotation.is_block:
        return not tokens
    # A title is written with capitals, but for its little words.
    capitals = sum(token[0].isupper() for token in tokens)
    titled = all(token[0].isupper() or token in NO_NAMES for token in tokens)
    return len(tokens) <= _EXPRESSION.get(language, _EXPRESSION_ELSEWHERE) or (titled and capitals > 1)


def _sentence_ends(draft: Draft) -> list[int]:
    return [sentence.span.end for sentence in draft.sentences]


def _is_cited(draft: Draft, span: Span, following: int, ends: Sequence[int]) -> bool:
    at = bisect_left(ends, span.end)
    end = ends[at] if at < len(ends) else len(draft.source)
    # The mark of a sentence may stand behind its stop.
    behind = MARK.search(draft.source, span.end, min(following, end + 1))
    after = draft.source[end : end + 100].lstrip(" .,;")
    if behind or (following > end + _BEHIND and MARK.match(after)):
        return True
    before = draft.source[max(0, span.start - 200) : span.start].rstrip()
    *_, last = [None, *MARK.finditer(before)]
    return last is not None and last.end() == len(before) and before[: last.start()].rstrip().endswith(":")


RULE = Rule("FD204", "quotation-without-citation", "error", check, waivable=False)

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

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Quotation, Rule
from factdesk.lint.quotation_marks import quoted
from factdesk.lint.quoted import begun, belonging, in_pieces, is_expression
from factdesk.lint.sources import claim_words, quotes_claim

_FIELDS = ("title", "summary", "reason")


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each quotation of some length that no citation's mark belongs to and that is not the claim's.

    A mark belongs to it from its end to the end of its sentence, unless another quotation comes between; to a quoted
    block also at the end of the line before, after a colon. The fields that readers see have no marks: what is quoted
    there is quoted in a citation of the text. Silent where the claims are named and not known: any quotation may then
    be one.
    """
    claims = claim_words(draft)
    if not claims and draft.field("claims").values:
        return
    for quotation, ids in belonging(draft):
        if not ids and not is_expression(quotation, draft.language) and not quotes_claim(quotation.text, claims):
            yield _finding(quotation)
    for quotation in _in_fields(draft):
        cited = any(in_pieces(quotation.text, each.pieces) for each in draft.cited)
        if not cited and not is_expression(quotation, draft.language) and not quotes_claim(quotation.text, claims):
            yield _finding(quotation)


def _in_fields(draft: Draft) -> Iterator[Quotation]:
    """What is quoted in the fields that readers see, each at its field."""
    for name in _FIELDS:
        field = draft.field(name)
        for text, span in zip(field.values, field.spans, strict=True):
            for found in quoted(text, 0, len(text)):
                yield Quotation(" ".join(text[found.inner : found.outer].split()), span, ())


def _finding(quotation: Quotation) -> Finding:
    template = "The quotation “{words}” has no citation."
    return Finding("FD204", quotation.span, Reason("quotation", template, {"words": begun(quotation.text)}))


RULE = Rule("FD204", "quotation-without-citation", "error", check, waivable=False)

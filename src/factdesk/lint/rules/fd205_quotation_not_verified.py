"""Quoted words that are not those of the citation, or a citation that does not stand now.

Why: One word more or less can turn what somebody said. Every quotation is held against the captured source, word for
word; what is left out is shown by `[…]`.

Bad: “fruit bats see far better than people”[^cite:a1], where the source has no “far”
Good: “fruit bats see […] better than people”[^cite:a1]

vi: Câu trích khác với nguồn, hoặc trích dẫn không còn đúng.

Vì sao: Thêm hay bớt một chữ có thể làm đổi hẳn ý người nói. Mọi câu trích đều được đối chiếu từng chữ với nguồn đã
lưu; chỗ lược bớt được ghi bằng `[…]`.

Sai: “dơi ăn quả nhìn tốt hơn hẳn người”[^cite:a1], trong khi nguồn không có chữ “hẳn”
Đúng: “dơi ăn quả nhìn […] tốt hơn người”[^cite:a1]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factdesk.domain.matches import Reason
from factdesk.lint.base import CitationFact, Draft, Finding, Quotation, Rule
from factdesk.lint.quoted import begun, belonging, difference, in_pieces, is_expression
from factdesk.lint.sources import claim_words, quotes_claim, stands


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each mark of a citation that does not stand, and for each quotation that is not in the pieces of a
    citation behind it. A quotation may take a part of a piece, and leave out words between with `[…]`."""
    known = draft.facts.citations
    for mark in draft.marks:
        if mark.id in known and known[mark.id].verified is False:
            template = "The citation {id} does not stand now: its words are not found where it says in its source."
            yield Finding("FD205", mark.span, Reason("citation", template, {"id": mark.id}))
    claims = claim_words(draft)
    for quotation, ids in belonging(draft):
        cited = [known[own] for own in ids if own in known]
        if not quotation.cites and (is_expression(quotation, draft.language) or quotes_claim(quotation.text, claims)):
            # The mark is of the sentence, and what it quotes need not be.
            continue
        reason = _wrong(quotation, cited) if cited else None
        if reason is not None:
            yield Finding("FD205", quotation.span, reason)


def _wrong(quotation: Quotation, cited: Sequence[CitationFact]) -> Reason | None:
    """What is wrong with quoted words; None when they are those of one of the citations."""
    if any(in_pieces(quotation.text, each.pieces) for each in cited):
        return None
    values = {"id": cited[0].id, "words": begun(quotation.text)}
    if any(each.text and stands(quotation.text, each.text) for each in cited):
        template = "“{words}” stands in the source, but the citation {id} is of other words there."
        return Reason("quotation", template, values)
    quoted, source = difference(quotation.text, " ".join(cited[0].pieces))
    if not quoted and not source:
        return Reason("quotation", "“{words}” does not stand in the citation {id}.", values)
    values |= {"quoted": quoted or "—", "source": source or "—"}
    template = "“{words}” does not stand in the citation {id}: it has “{source}” where the quotation has “{quoted}”."
    return Reason("quotation", template, values)


RULE = Rule("FD205", "quotation-not-verified", "error", check, waivable=False)

"""A rating that goes further than the citations.

Why: A rating says what the evidence shows. What it needs:
- the lowest step: a citation that refutes, and none that supports, other than the claimant's own;
- a step below the middle: a citation that refutes;
- the middle: one that supports or refutes, since context alone shows nothing about the claim;
- a step above the middle: a citation that supports;
- the highest step: a citation that supports, and none that refutes.

Where evidence is mixed, a step between says so; or a waiver says why the other source does not count.

Bad: rating: false  # and both citations are context
Good: rating: false  # with a citation that refutes

vi: Xếp hạng mạnh hơn những gì các trích dẫn cho thấy.

Vì sao: Xếp hạng nói lên điều bằng chứng cho thấy. Mỗi mức cần:
- mức thấp nhất: một trích dẫn bác bỏ, và không có trích dẫn ủng hộ nào ngoài của chính bên đưa ra nhận định;
- mức dưới giữa: một trích dẫn bác bỏ;
- mức giữa: một trích dẫn ủng hộ hoặc bác bỏ, vì chỉ bối cảnh thì không cho thấy gì về nhận định;
- mức trên giữa: một trích dẫn ủng hộ;
- mức cao nhất: một trích dẫn ủng hộ, và không có trích dẫn bác bỏ.

Khi bằng chứng không thống nhất thì chọn mức ở giữa, hoặc ghi lý do vì sao không tính nguồn kia.

Sai: rating: false  # mà cả hai trích dẫn chỉ là bối cảnh
Đúng: rating: false  # có một trích dẫn bác bỏ
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.citations import Stance
from factdesk.domain.matches import Reason
from factdesk.lint.base import CitationFact, Draft, Finding, Rule
from factdesk.lint.sources import publisher_of

_MISSING: dict[Stance, str] = {
    "supports": "The rating {rating} needs a citation that supports the claim, and none does.",
    "refutes": "The rating {rating} needs a citation that refutes the claim, and none does.",
    "context": "The rating {rating} needs a citation that supports or refutes the claim; all are context.",
}
_AGAINST: dict[Stance, str] = {
    "supports": "The rating {rating} leaves no doubt, and the citation {id} supports the claim.",
    "refutes": "The rating {rating} leaves no doubt, and the citation {id} refutes the claim.",
}


def check(draft: Draft) -> Iterator[Finding]:
    """At most one finding, on the rating. Silent on ratings that are not of the scale, and where nothing is cited."""
    steps, rating = draft.facts.scale.steps, draft.field("rating")
    at = next((place for place, step in enumerate(steps) if step.key == rating.value), None)
    cited = draft.cited
    if at is None or not cited:
        return
    reason = _missing(at, len(steps), cited, rating.value) or _against(at, len(steps), draft, rating.value)
    if reason is not None:
        yield Finding("FD209", rating.spans[0], reason)


def _missing(at: int, count: int, cited: tuple[CitationFact, ...], rating: str) -> Reason | None:
    """What a step needs and does not have: below the middle, above it, or in it."""
    stances = {each.stance for each in cited}
    needed: Stance = "refutes" if 2 * at < count - 1 else "supports" if 2 * at > count - 1 else "context"
    has = bool(stances - {"context"}) if needed == "context" else needed in stances
    return None if has else Reason("rating", _MISSING[needed], {"rating": rating})


def _against(at: int, count: int, draft: Draft, rating: str) -> Reason | None:
    """What speaks against a step at either end of the scale."""
    if count < 2 or at not in (0, count - 1):
        return None
    other: Stance = "supports" if at == 0 else "refutes"
    own = {publisher_of(claim.site) for claim in draft.claims if claim.site}
    for each in draft.cited:
        if each.stance == other and not (at == 0 and publisher_of(each.site or each.url) in own):
            return Reason("rating", _AGAINST[other], {"rating": rating, "id": each.id})
    return None


RULE = Rule("FD209", "conclusion-stronger-than-stances", "error", check)

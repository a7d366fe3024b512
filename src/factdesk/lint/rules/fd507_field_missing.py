"""A field of the front matter that a check cannot do without.

Why: The page, the feeds and the ClaimReview record are made of these fields: title, claims, rating, language,
authors. A check without them cannot be found, understood or answered for.

Bad: (a text that begins without front matter)
Good: authors: [ngoc]

vi: Thiếu một trường bắt buộc ở phần đầu tệp.

Vì sao: Trang web, nguồn tin và bản ghi ClaimReview được làm từ các trường này: title, claims, rating, language,
authors. Thiếu chúng, bài kiểm chứng không tìm ra được, không hiểu được, và không ai chịu trách nhiệm.

Sai: (bài bắt đầu mà không có phần đầu tệp)
Đúng: authors: [ngoc]
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Rule

CODE = "FD507"
NEEDED = ("title", "claims", "rating", "language", "authors")
_TEMPLATE = "The front matter lacks: {names}."


def check(draft: Draft) -> Iterator[Finding]:
    """One finding for all that is missing or empty."""
    names = [name for name in NEEDED if not any(value.strip() for value in draft.field(name).values)]
    if names:
        end = min(draft.body.start, 3)
        yield Finding(CODE, Span(0, end), Reason(CODE, _TEMPLATE, {"names": ", ".join(names)}))


RULE = Rule(CODE, "field-missing", "error", check)

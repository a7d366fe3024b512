"""A field of the front matter that nobody reads.

Why: A misspelt field is a missing one: what was meant to stand on the page does not, and nobody is told.

Bad: autors: [ngoc]
Good: authors: [ngoc]

vi: Trường ở phần đầu tệp mà không ai đọc.

Vì sao: Viết sai tên trường cũng như không có trường ấy: điều định đưa lên trang thì không có ở đó, mà không ai được
báo.

Sai: autors: [ngoc]
Đúng: authors: [ngoc]
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule

CODE = "FD508"
KNOWN = (
    "title",
    "claims",
    "rating",
    "summary",
    "language",
    "authors",
    "topics",
    "template",
    "id",
    "revision",
    "reason",
    "correction",
    "media",
)
_UNKNOWN = "Nothing reads the field “{name}”."
_MEANT = "Nothing reads the field “{name}”; {meant} is meant, perhaps."
_MOST = 20
"""Fields that are told of."""


def check(draft: Draft) -> Iterator[Finding]:
    """Fields that no part of the program knows."""
    unknown = [field for name, field in draft.front.items() if name not in KNOWN]
    for field in unknown[:_MOST]:
        name = field.name[:60]
        near = get_close_matches(name.lower(), KNOWN, 1, 0.75)
        if near:
            yield Finding(CODE, field.span, Reason(CODE, _MEANT, {"name": name, "meant": near[0]}))
        else:
            yield Finding(CODE, field.span, Reason(CODE, _UNKNOWN, {"name": name}))


RULE = Rule(CODE, "unknown-field", "warning", check)

"""Several claims in one.

Why: When one half is right and the other wrong, no rating fits both. Each statement is a claim of its own.

Bad: claims: [c1]  # “Bats are blind. They find their way by smell alone.”
Good: claims: [c1, c2]

vi: Nhiều nhận định gộp làm một.

Vì sao: Khi nửa này đúng, nửa kia sai thì không xếp hạng nào hợp cả hai. Mỗi điều được nói ra là một nhận định riêng.

Sai: claims: [c1]  # “Dơi bị mù. Chúng chỉ tìm đường bằng mũi.”
Đúng: claims: [c1, c2]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.claimed import claims_placed
from factdesk.text.sentences import sentences

_LEAST = 4
"""Words of a statement. Shorter pieces are calls and asides: “Wow!”, “Share this!”."""
_CLAUSE = re.compile(r";\s")


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each checkable claim of two sentences or more, or of two clauses with a semicolon between them.

    What `and` joins is left alone: too often it is one statement about two things.
    """
    for claim, span in claims_placed(draft):
        count = _statements(claim.text)
        if claim.kind == "checkable" and count > 1:
            template = "The claim “{claim}” makes {count} statements; each is a claim of its own."
            yield Finding("FD105", span, Reason("claim", template, {"claim": claim.text, "count": str(count)}))


def _statements(text: str) -> int:
    pieces = [piece for span in sentences(text) for piece in _CLAUSE.split(text[span.start : span.end])]
    return sum(len(piece.split()) >= _LEAST and not piece.rstrip().endswith("?") for piece in pieces)


RULE = Rule("FD105", "several-claims-in-one", "warning", check)

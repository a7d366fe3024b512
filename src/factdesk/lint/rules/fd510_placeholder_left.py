"""A place of the template that nobody has filled in.

Why: In `{{…}}` a template says what belongs there. Left standing, it is printed as it is, and what it asks for is
missing: most often the source or the why. It cannot be waived; put braces that are meant between backticks.

Bad: {{Who found out what, and when, quoted and cited}}
Good: The Harbour Aquarium counted them in 2019: “Forty seals live here”[^cite:0197a3c2].

vi: Chỗ trống của bài mẫu chưa được điền.

Vì sao: Trong `{{…}}` bài mẫu nói chỗ đó cần gì. Nếu để nguyên, nó sẽ được in ra như thế, còn điều nó hỏi thì thiếu,
thường là nguồn hoặc lời giải thích. Quy tắc này không thể bỏ qua; dấu ngoặc nhọn có chủ ý thì đặt giữa hai dấu huyền
ngược.

Sai: {{Ai đã tìm ra điều gì, khi nào, kèm lời dẫn nguyên văn và trích dẫn}}
Đúng: Thủy cung Bến Cảng đếm vào năm 2019: “Có bốn mươi con hải cẩu sống ở đây”[^cite:0197a3c2].
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.prose import silent, spoken

CODE = "FD510"
_TEMPLATE = "This place of the template is not filled in: {what}"
_PLACE = re.compile(r"\{\{([^{}\n]{0,300})\}\}")
_SHOWN = 60


def check(draft: Draft) -> Iterator[Finding]:
    """Every `{{…}}` in the text and in the fields, but not in code and comments."""
    if "{{" not in draft.source:
        return
    found = list(_PLACE.finditer(draft.source, draft.body.start, draft.body.end))
    spans = [Span(each.start(), each.end()) for each in found]
    for each in compress(found, spoken(spans, silent(draft.source, draft.body, draft.parts))):
        yield _finding(each, 0)
    for field in draft.front.values():
        for span in field.spans:
            for each in _PLACE.finditer(draft.source[span.start : span.end]):
                yield _finding(each, span.start)


def _finding(found: re.Match[str], offset: int) -> Finding:
    what = found[1].strip()
    shown = f"{what[:_SHOWN]}…" if len(what) > _SHOWN else what or "…"
    return Finding(CODE, Span(offset + found.start(), offset + found.end()), Reason(CODE, _TEMPLATE, {"what": shown}))


RULE = Rule(CODE, "placeholder-left", "error", check, waivable=False)

"""A picture without words for those who do not see it.

Why: Whoever has the page read out hears nothing, or the name of a file; where the picture is the evidence, the check
then says nothing. Describe what matters in it, as you would on the telephone.

Bad: ![IMG_2031.jpg](snow.png)
Good: ![A promenade with palm trees under thin snow](snow.png)

vi: Ảnh không có lời mô tả cho người không nhìn thấy nó.

Vì sao: Người nghe đọc trang sẽ không nghe thấy gì, hoặc chỉ nghe tên tệp; khi ảnh chính là bằng chứng thì bài kiểm
chứng coi như không nói gì. Hãy tả điều quan trọng trong ảnh như khi kể qua điện thoại.

Sai: ![ảnh](tuyet.png)
Đúng: ![Đường dạo có hàng dừa phủ một lớp tuyết mỏng](tuyet.png)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.prose import silent, spoken

CODE = "FD501"
_NONE = "The picture has no alternative text: say what it shows."
_EMPTY_WORDS = "“{text}” does not say what the picture shows."

_FILE = re.compile(
    r"[\w .()-]{1,80}\.(?:jpe?g|png|gif|webp|svg|heic|bmp|tiff?|avif)|"
    r"(?:IMG|DSC|PXL|image|photo|anh|hinh|screenshot)?[\d_ .:-]+",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:an? |the )?(?:image|picture|photo(?:graph)?|screenshot|figure|graph|chart|logo|alt(?: text)?|untitled|"
    r"ảnh|hình(?: ảnh)?|bức ảnh|ảnh chụp(?: màn hình)?|biểu đồ|hình minh họa|hình minh hoạ|ảnh minh họa|"
    r"ảnh minh hoạ)(?: \d{1,3})?\.?",
    re.IGNORECASE,
)
_TAG = re.compile(r"<img\b[^<>]{0,500}>", re.IGNORECASE)
_ALT = re.compile(r"\balt\s{0,9}=\s{0,9}(?:\"[^\"]*[^\s\"][^\"]*\"|'[^']*[^\s'][^']*'|[^\s\"'>]+)", re.IGNORECASE)


def check(draft: Draft) -> Iterator[Finding]:
    """Pictures whose alternative text is empty, a file's name, or a word for any picture."""
    for link in draft.links:
        text = " ".join(link.text.split())
        if link.is_image and not text:
            yield Finding(CODE, link.span, Reason(CODE, _NONE))
        elif link.is_image and (_FILE.fullmatch(text) or _VAGUE.fullmatch(text)):
            yield Finding(CODE, link.span, Reason(CODE, _EMPTY_WORDS, {"text": text}))
    tags = [
        found for found in _TAG.finditer(draft.source, draft.body.start, draft.body.end) if not _ALT.search(found[0])
    ]
    spans = [Span(found.start(), found.end()) for found in tags]
    for span in compress(spans, spoken(spans, silent(draft.source, draft.body, draft.parts))):
        yield Finding(CODE, span, Reason(CODE, _NONE))


RULE = Rule(CODE, "missing-alt-text", "error", check)

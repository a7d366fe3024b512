"""Two versions of one place, left side by side where two people had changed it.

Why: Between `<<<<<<<` and `>>>>>>>` stand your words and those of somebody else, and nobody has decided. Keep one of
them, or write a third, and take the three lines of marks out. It cannot be waived: a check says one thing.

Bad: <<<<<<< yours
  Forty seals live here.
  =======
  Some forty seals live here.
  >>>>>>> theirs
Good: Some forty seals live here.

vi: Hai bản của cùng một chỗ còn nằm cạnh nhau, vì hai người cùng sửa.

Vì sao: Giữa `<<<<<<<` và `>>>>>>>` là lời của bạn và lời của người khác mà chưa ai chọn. Hãy giữ một bản, hoặc viết lại
thành bản thứ ba, rồi xóa ba dòng dấu. Quy tắc này không thể bỏ qua: một bài kiểm chứng chỉ nói một điều.

Sai: <<<<<<< bản của bạn
  Có bốn mươi con hải cẩu sống ở đây.
  =======
  Có khoảng bốn mươi con hải cẩu sống ở đây.
  >>>>>>> bản của người khác
Đúng: Có khoảng bốn mươi con hải cẩu sống ở đây.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Rule

CODE = "FD511"
_BOTH = "Two versions of this place stand side by side: keep one of them, and take out the lines of marks."
_MARK = "A line of marks was left from two versions of one place: take it out."

# In the front matter the lines of marks are comments. Seven equals signs alone underline a heading, so they count only
# between the two others.
_LINE = re.compile(r"^[ \t]*(?:#[ \t]*)?(<{7}|>{7})(?:[ \t].*)?$", re.MULTILINE)


def check(draft: Draft) -> Iterator[Finding]:
    """Each pair of marks, from its first line to its last, and lines of marks that have lost the others."""
    if "<<<<<<<" not in draft.source and ">>>>>>>" not in draft.source:
        return
    begun: Span | None = None
    for found in _LINE.finditer(draft.source):
        span = Span(found.start(), found.end())
        if found[1][0] == ">" and begun is not None:
            yield Finding(CODE, Span(begun.start, span.end), Reason(CODE, _BOTH))
            begun = None
            continue
        alone = begun if found[1][0] == "<" else span
        if alone is not None:
            yield Finding(CODE, alone, Reason(CODE, _MARK))
        begun = span if found[1][0] == "<" else None
    if begun is not None:
        yield Finding(CODE, begun, Reason(CODE, _MARK))


RULE = Rule(CODE, "conflict-left", "error", check, waivable=False)

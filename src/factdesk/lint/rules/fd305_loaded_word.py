"""A word that judges where the check should tell.

Why: “Shamelessly” says what the writer thinks of somebody; no source shows it. Readers who like that person stop
reading. What is cited, and what the claim itself says, is left alone. The list, with a reason for each word, is in
`lint/words/loaded.json`.

Bad: The page shamelessly shared an old picture.
Good: The page shared a picture of 2014 as if it were new.

vi: Một từ bày tỏ thái độ ở chỗ lẽ ra chỉ cần kể.

Vì sao: “Trắng trợn” cho biết người viết nghĩ gì về ai đó, chứ không nguồn nào cho thấy điều ấy. Độc giả có thiện cảm
với người bị nói tới sẽ thôi đọc. Lời trích có dẫn nguồn và lời của chính nhận định thì không bị nhắc. Danh sách từ, mỗi
từ kèm lý do, nằm trong `lint/words/loaded.json`.

Sai: Trang này trắng trợn đăng lại ảnh cũ.
Đúng: Trang này đăng lại ảnh năm 2014 như thể ảnh mới.
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.phrases import own_words, phrases


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each loaded word of the writer's own."""
    for entry, span in own_words(draft, phrases("loaded", draft.language)):
        values = {"word": draft.source[span.start : span.end], "plain": entry.plain}
        if entry.plain:
            yield Finding("FD305", span, Reason("word", "“{word}” judges instead of telling: say “{plain}”.", values))
        else:
            yield Finding("FD305", span, Reason("word", "“{word}” judges instead of telling what happened.", values))


RULE = Rule("FD305", "loaded-word", "warning", check)

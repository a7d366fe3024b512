"""A title that will be cut where it is shown.

Why: Search engines and link previews cut a title of more than about 110 letters, and what is cut off is often the
"not".

Bad: title: Why the claim that has been shared so often in the last days that a goldfish forgets everything within three seconds of learning it is not right
Good: title: What goldfish can remember

vi: Tiêu đề dài sẽ bị cắt ở nơi nó được hiện ra.

Vì sao: Công cụ tìm kiếm và khung xem trước cắt tiêu đề dài quá chừng 110 chữ cái, mà phần bị cắt thường là chữ
"không".

Sai: title: Vì sao nhận định được chia sẻ rất nhiều trong những ngày qua rằng cá vàng quên mọi thứ chỉ sau ba giây kể từ khi học được là không đúng
Đúng: title: Cá vàng nhớ được bao lâu
"""  # noqa: E501 - the bad example is a title that is too long

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule

CODE = "FD503"
MOST = 110
"""Letters of a headline that are shown (what search engines advise for structured data)."""
_TEMPLATE = "The title has {count} letters; beyond {most} it is cut where it is shown."


def check(draft: Draft) -> Iterator[Finding]:
    """A title of more than `MOST` code points."""
    title = draft.field("title")
    count = len(" ".join(title.value.split()))
    if count > MOST:
        yield Finding(CODE, title.spans[0], Reason(CODE, _TEMPLATE, {"count": str(count), "most": str(MOST)}))


RULE = Rule(CODE, "title-too-long", "warning", check)

"""A date that no cited source contains.

Why: A wrong year moves a whole story. Every date, and every year, must stand in a source that the check cites, in the
claim or in its appearance; one that says less than the source is right. Dates of the desk's own work are its own: the
current year, and a sentence that says when a page was captured, read or updated, or when the desk asked.

Bad: The first keeper moved in on 3 April 1869.  # no source has that day
Good: The first keeper came in March 1871.  # the source: “on 2 March 1871”

vi: Ngày tháng không có trong nguồn nào được trích dẫn.

Vì sao: Sai một năm là lệch cả câu chuyện. Mỗi ngày tháng, mỗi năm phải có trong nguồn được trích, trong nhận định hay
nơi nhận định xuất hiện; ghi ít chi tiết hơn nguồn thì vẫn đúng. Ngày tháng của chính bàn kiểm chứng thì không xét: năm
nay, và câu cho biết trang được lưu, được đọc hay cập nhật khi nào, bàn kiểm chứng hỏi khi nào.

Sai: Người gác đèn đầu tiên nhận việc ngày 3/4/1869.  # không nguồn nào có ngày ấy
Đúng: Người gác đèn đầu tiên nhận việc vào tháng 3/1871.  # nguồn ghi “ngày 2/3/1871”
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.days import Days, readings
from factdesk.lint.figures import Figure, figures
from factdesk.lint.sources import told

_OWN = re.compile(
    r"\A\W*(?:last )?(?:updated?|correct(?:ion|ed)|cập nhật|đính chính)\b|"
    r"\b(?:(?:accessed|retrieved|archived|captured|updated) on|"
    r"we (?:asked|wrote|checked|called|contacted|captured|saved)|"
    r"told us|replied to us|answered us|truy cập|(?:lưu|cập nhật) (?:lúc|ngày|vào)|"
    r"chúng tôi (?:đã )?(?:hỏi|gửi|liên hệ|lưu|gọi|kiểm tra)|trả lời chúng tôi)\b",
    re.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each date that is in none of the sources."""
    texts = told(draft)
    if not texts:
        return
    days = Days(texts)
    starts = [sentence.span.start for sentence in draft.sentences]
    for each in figures(draft):
        if each.is_date and not _is_own(draft, each, starts) and not days.has(each):
            template = "No cited source contains the date {date}."
            yield Finding("FD202", each.span, Reason("date", template, {"date": each.words}))


def _is_own(draft: Draft, figure: Figure, starts: Sequence[int]) -> bool:
    """Whether a date is the desk's: of this year alone, or in a sentence on its own work."""
    today = draft.facts.today
    if all(day in ((today.year, 0, 0), (today.year, today.month, today.day)) for day in readings(figure)):
        return True
    sentence = draft.sentences[bisect_right(starts, figure.span.start) - 1]
    return _OWN.search(sentence.text) is not None


RULE = Rule("FD202", "date-without-source", "warning", check)

"""A sentence that is too long.

Why: Readers lose the beginning of a sentence before they reach its end. The limits, 35 words in English and 45
syllables in Vietnamese, are the judgement of this project's makers and no law of reading: about twice what the
sentences of a well-edited news text have on average. Words that are cited are not counted.

Bad: The picture, which many people who had never been to the town shared on that evening after a page with a large
number of readers had put it up without saying where it came from or when it had been taken, is of 2014.
Good: The picture is of 2014. A page with many readers put it up without saying so, and many people shared it.

vi: Câu quá dài.

Vì sao: Người đọc quên mất đầu câu khi chưa tới cuối câu. Giới hạn 45 âm tiết cho tiếng Việt và 35 từ cho tiếng Anh là
phán đoán của những người làm ra dự án này, không phải quy luật của việc đọc: chừng gấp đôi độ dài trung bình của câu
trong một bản tin được biên tập kỹ. Lời trích có dẫn nguồn không bị đếm.

Sai: Bức ảnh mà nhiều người chưa từng tới thị trấn đã chia sẻ ngay trong tối hôm đó sau khi một trang đông người theo
dõi đăng lên mà không nói ảnh lấy ở đâu hay chụp lúc nào là ảnh chụp từ năm 2014, tức là mười năm trước.
Đúng: Bức ảnh chụp năm 2014. Một trang đông người theo dõi đăng lên mà không nói rõ, rồi nhiều người chia sẻ.
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.phrases import WORD, Own

MOST = {"en": 35, "vi": 45}


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each sentence with more words, or syllables, than the limit of the draft's language."""
    most = MOST.get(draft.language)
    if most is None:
        return
    # What is shorter in letters than in words at the limit needs no counting.
    long = [each for each in draft.sentences if each.span.end - each.span.start > 2 * most]
    own = Own(draft)
    for sentence in long:
        if draft.parts[sentence.part].kind == "cell":
            continue
        count = sum(1 for _ in WORD.finditer(own.text(sentence.span)))
        if count > most:
            yield Finding("FD308", sentence.span, _reason(draft.language, count, most))


def _reason(language: str, count: int, most: int) -> Reason:
    values = {"count": str(count), "most": str(most)}
    if language == "vi":
        return Reason("length", "The sentence has {count} syllables; over {most} are hard to follow.", values)
    return Reason("length", "The sentence has {count} words; over {most} are hard to follow.", values)


RULE = Rule("FD308", "long-sentence", "warning", check)

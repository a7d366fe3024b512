"""A name that no cited source contains.

Why: An expert or an office that nobody can look up is how inventions get into a text. Every name of a person, a place
or an organisation must stand in a source that the check cites, in the claim or in its appearance. Marks and case may
differ, a surname is enough once the source has the full name, and countries, great cities, days and the desk itself
need no source.

Bad: Sir Edmund Hallowell had found this before.  # in no source
Good: Lord Rayleigh had found this before.  # the cited page names him

vi: Cái tên không có trong nguồn nào được trích dẫn.

Vì sao: Chuyên gia hay cơ quan không tra được ở đâu là cách điều bịa đặt lọt vào bài. Mỗi tên người, tên nơi chốn, tên
tổ chức phải có trong nguồn được trích, trong nhận định hay nơi nhận định xuất hiện. Dấu và chữ hoa được khác; tên các
nước, thành phố lớn, ngày tháng và tên chính bàn kiểm chứng thì không cần nguồn.

Sai: Nhà sinh học Phan Khắc Triều cũng nhận xét như vậy.  # không có trong nguồn nào
Đúng: Tiến sĩ Lê Hoài Sương cũng nhận xét như vậy.  # trang được trích có nêu tên
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Rule, Sentence
from factdesk.lint.names import Names, names_in
from factdesk.lint.sources import bound, told, within

_APART = 24
"""Characters between two unknown names of a sentence that are reported as one: `Institute … in Dunmarrow`."""


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each name of the text, headings aside, that is in none of the sources."""
    texts = told(draft)
    if not texts:
        return
    title, authors = draft.field("title").value, draft.field("authors").values
    known = Names((*texts, draft.facts.desk, title, *authors))
    skipped = bound(draft)
    for sentence in draft.sentences:
        if draft.parts[sentence.part].kind == "heading":
            continue
        unknown = [span for span in _unknown(draft, sentence, known) if not within(skipped, span.start)]
        for span in _together(draft.prose, unknown):
            name = " ".join(draft.prose[span.start : span.end].split())
            template = "No cited source contains the name {name}."
            yield Finding("FD203", span, Reason("name", template, {"name": name}))


def _unknown(draft: Draft, sentence: Sentence, known: Names) -> Iterator[Span]:
    for start, end in _pieces(draft, sentence):
        for name in names_in(draft.prose[start:end]):
            words = draft.prose[start + name.span.start : start + name.span.end]
            # As most are written in a source: to read that for all its names takes longer.
            if not known.writes(words) and not all(known.has(row) for row in name.rows):
                yield Span(start + name.span.start, start + name.span.end)


def _pieces(draft: Draft, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """A sentence as a whole; of a row of a table its cells."""
    start, end = sentence.span.start, sentence.span.end
    if draft.parts[sentence.part].kind == "cell":
        while (bar := draft.source.find("|", start, end)) >= 0:
            yield start, bar
            start = bar + 1
    yield start, end


def _together(prose: str, spans: list[Span]) -> Iterator[Span]:
    """Names that stand close to each other, with no stop or comma between, as one."""
    at = 0
    while at < len(spans):
        last = at
        while last + 1 < len(spans) and _are_close(prose, spans[last], spans[last + 1]):
            last += 1
        yield Span(spans[at].start, spans[last].end)
        at = last + 1


def _are_close(prose: str, one: Span, other: Span) -> bool:
    between = prose[one.end : other.start]
    return len(between) <= _APART and all(letter.isalpha() or letter.isspace() for letter in between)


RULE = Rule("FD203", "name-without-source", "warning", check)

"""An abbreviation that is not explained where it first stands.

Why: Whoever does not know it has to guess, and most do not look it up. The first time, the name stands in full with
the abbreviation behind it in brackets, or the other way round. What everybody knows by its letters is left alone
(`lint/words/abbreviations.json`), and so are cited words.

Bad: The RGSD uses the new figure.
Good: The Royal Geodetic Survey Department (RGSD) uses the new figure.

vi: Chữ viết tắt không được giải thích ở chỗ xuất hiện lần đầu.

Vì sao: Ai không biết thì phải đoán, và phần đông sẽ không tra. Lần đầu hãy viết tên đầy đủ rồi để chữ viết tắt trong
ngoặc đơn, hoặc ngược lại. Những chữ ai cũng quen (`lint/words/abbreviations.json`) và lời trích có dẫn nguồn thì không
bị nhắc.

Sai: HĐTĐ đã thông qua kết quả này.
Đúng: Hội đồng thẩm định (HĐTĐ) đã thông qua kết quả này.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.capitals import ROMAN, UPPER, is_word, known
from factdesk.lint.phrases import WORD, Own
from factdesk.text.fold import fold

# No tone marks: nobody abbreviates to letters with tones.
_LETTER = "A-ZĐĂÂÊÔƠƯ"
_ABBREVIATION = re.compile(
    rf"(?<![\w@#&./‑-])((?:[{_LETTER}]){{2,6}})(?:s|es)?(?![\w@‑-]|[./&]\w|['’][^\Ws])(?![.]?[ ]?[{UPPER}]{{2}})"
)
_AROUND = 160
"""Characters before and behind in which the full name is looked for."""
_END = re.compile(r"[.!?…](?:\s|$)|\n\n")
_SAYS = re.compile(
    r"\b(?:stands? for|short for|abbreviat\w*|known as|called|viết tắt|gọi tắt|tức là|tức|nghĩa là)\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"\s*(?:số|no\.?|number|nr\.?|#)?\s*:?\s*[\dA-Z]{0,4}\d", re.IGNORECASE)
"""What stands behind letters that only announce a number: that of a card, an account, a book."""
_SKIPPED = ("cell", "heading")


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for the first use of each abbreviation that the text does not explain there."""
    own = Own(draft)
    seen: set[str] = set()
    for part in draft.parts:
        if part.kind in _SKIPPED:
            continue
        for found in _ABBREVIATION.finditer(draft.prose, part.span.start, part.span.end):
            short = found[1]
            if short in seen or not own.says(found.start()):
                continue
            if is_plain(short, draft.language) or _is_in_capitals(draft.prose, found):
                continue
            seen.add(short)
            if not is_explained(draft.prose, found.start(1), found.end()):
                template = "“{short}” is not explained where it first stands: write the name in full."
                yield Finding("FD310", Span(*found.span(1)), Reason("abbreviation", template, {"short": short}))


def is_plain(short: str, language: str) -> bool:
    """Whether letters are known, a Roman number, or a word."""
    return short in known() or ROMAN.fullmatch(short) is not None or is_word(short, language)


def _is_in_capitals(text: str, found: re.Match[str]) -> bool:
    """Whether the word before is in capitals as well: then a whole line is, or a longer name."""
    before = re.search(rf"(?<!\w)([{UPPER}]{{2,}})[ ]$", text[max(0, found.start() - 40) : found.start()])
    return before is not None and before[1] not in known()


def is_explained(text: str, start: int, end: int) -> bool:
    """Whether the name stands in full beside its letters."""
    short, before, behind = text[start:end], text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    paragraph = before.rfind("\n\n")
    before, behind = before[paragraph + 2 :] if paragraph >= 0 else before, _END.split(behind)[0]
    if re.search(r"\w[^\w\s]{0,2}\s*\((?:[^()]*[,;]\s*)?[“\"]?$", before) and re.match(r"[”\"]?\s*[),;]", behind):
        return True
    inside = re.match(r"\s*\(([^()]*)\)", behind)
    if inside and len(inside[1].split()) >= 2 and not inside[1][0].isdigit():
        return True
    if _NUMBERED.match(behind) or _SAYS.search(before[-40:]) or _SAYS.search(behind[:40]):
        return True
    return _spells(short, before) or _spells(short, behind)


def _spells(short: str, text: str) -> bool:
    """Whether the first letters of words in a row are those of the abbreviation."""
    letters = fold(short.rstrip("s"))
    initials = "".join(fold(found[0])[:1] for found in WORD.finditer(text) if fold(found[0])[:1])
    return letters in initials


RULE = Rule("FD310", "abbreviation-unexplained", "warning", check)

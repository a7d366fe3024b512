"""A Vietnamese tone mark on the wrong letter, twice, or set in two ways within one draft.

Why: “hòa” and “hoà” are both right, and a text that changes between them looks pasted together and is found only half
by a search. “cuả” and “tòan” are slips of the keyboard. Which way a draft takes is the writer's: the rarer one of the
two is reported, or whichever comes later. Names, cited words and those of the claim stay as they are.

Bad: Anh ấy khoẻ mạnh, sống hòa nhã.
Good: Anh ấy khỏe mạnh, sống hòa nhã.

vi: Dấu thanh đặt sai chữ, đặt hai lần, hoặc đặt theo hai kiểu trong cùng một bài.

Vì sao: “hòa” và “hoà” đều đúng, nhưng bài lúc thế này lúc thế khác trông như chắp vá, và tìm kiếm chỉ ra được một nửa.
“cuả” hay “tòan” là lỗi gõ. Theo kiểu nào là tùy người viết: kiểu ít gặp hơn trong bài, hoặc kiểu xuất hiện sau, mới bị
nhắc. Tên riêng, lời trích có dẫn nguồn và lời của nhận định được giữ nguyên.

Sai: Anh ấy khoẻ mạnh, sống hòa nhã.
Đúng: Anh ấy khỏe mạnh, sống hòa nhã.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Fix, Rule
from factdesk.lint.capitals import UPPER
from factdesk.lint.once import once
from factdesk.lint.people import shown
from factdesk.lint.phrases import Own
from factdesk.lint.sources import claim_words, written
from factdesk.lint.tones import Style, Toned, toned

_WORD = re.compile("(?<![\\w\u0300-\u036f@-])[^\\W\\d_][\\w\u0300-\u036f]*")
_LONGEST = 7
_CAPITAL_BEFORE = re.compile(rf"(?<!\w)[{UPPER}]\w{{0,8}} $")
_STYLES: tuple[Style, Style] = ("old", "new")


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each misplaced tone, and for each word set the rarer way."""
    if draft.language != "vi":
        return
    own, text = Own(draft), shown(draft)
    styled: list[tuple[Span, str, Toned]] = []
    others: Counter[Style] = Counter()
    for span, word, known in _toned_words(text):
        is_own = own.says(span.start)
        if known.style is not None:
            is_free = is_own and not _is_name(draft, text, span, word)
            others[known.style] += not is_free
            if is_free:
                styled.append((span, word, known))
        elif is_own and word not in known.right:
            yield _misplaced(span, word, known)
    yield from _mixed(styled, others)


def _toned_words(text: str) -> Iterator[tuple[Span, str, Toned]]:
    """The words of a text that have a tone. Those that are not NFC are another rule's."""
    whole = unicodedata.is_normalized("NFC", text)
    for found in _WORD.finditer(text):
        word = found[0]
        if len(word) > _LONGEST or word.isascii() or not (whole or unicodedata.is_normalized("NFC", word)):
            continue
        known = toned(word)
        if known is not None:
            yield Span(found.start(), found.end()), word, known


@once
def _spelled(draft: Draft) -> tuple[str, ...]:
    """The texts of what is cited and claimed, with words as they are spelled there."""
    texts = [part for each in draft.cited for part in (each.title, each.text)]
    texts += [*claim_words(draft), *(claim.claimant for claim in draft.claims)]
    return tuple(texts)


def _is_name(draft: Draft, text: str, span: Span, word: str) -> bool:
    """Whether a word belongs to a name, which is spelled as its bearer spells it: it has a capital, and so has a word
    beside it, or a source has it so."""
    if not word[0].isupper():
        return False
    if any(written(word, text) for text in _spelled(draft)):
        return True
    before, behind = text[max(0, span.start - 12) : span.start], text[span.end : span.end + 12]
    return bool(_CAPITAL_BEFORE.search(before) or (len(behind) > 1 and behind[0] == " " and behind[1].isupper()))


def _misplaced(span: Span, word: str, known: Toned) -> Finding:
    """A tone that is wrong; mended where there is one right way alone."""
    values = {"word": word, "right": ", ".join(known.right)}
    fix = Fix(span, known.right[0]) if len(known.right) == 1 else None
    return Finding("FD312", span, Reason("tone", "The tone of “{word}” is misplaced: {right}.", values), fix)


def _mixed(styled: Sequence[tuple[Span, str, Toned]], others: Counter[Style]) -> Iterator[Finding]:
    """The words set the rarer way. When both are as frequent, what is quoted decides, and then which came first."""
    counted = Counter(known.style for _, _, known in styled if known.style is not None)
    if len(counted) < 2:
        return
    first = styled[0][2].style
    kept = max(_STYLES, key=lambda style: (counted[style], others[style], style == first))
    for span, word, known in styled:
        if known.style != kept:
            right = known.right[0 if kept == "old" else 1]
            values = {"word": word, "right": right}
            template = "Tones are set in two ways in this draft; most words have it as in “{right}”, not “{word}”."
            yield Finding("FD312", span, Reason("tone", template, values), Fix(span, right))


RULE = Rule("FD312", "tone-placement", "warning", check)

"""The name of a person who is not in public life.

Why: Whoever happens to stand in a picture, sold vegetables next door or sent a post on did not ask to be found by
every search for years. A check can be followed without the name. That a cited source prints it changes nothing.
Claimants the desk knows as public figures, authors, and people named in an office (minister, professor, spokeswoman)
are left alone.

Bad: The woman in the picture is Gerda Wills, 43, who sells flowers.
Good: The woman in the picture sells flowers.

vi: Tên của một người không hoạt động công khai.

Vì sao: Người tình cờ có mặt trong ảnh, bán rau gần đó hay chuyển tiếp một bài đăng không hề muốn nhiều năm sau vẫn bị
tìm ra qua mỗi lượt tìm kiếm. Không có tên, bài kiểm chứng vẫn hiểu được. Nguồn được trích dẫn có nêu tên thì cũng
vậy. Người đưa ra nhận định mà bàn biết là nhân vật công chúng, tác giả, và người được nhắc tới với chức vụ (bộ
trưởng, giáo sư, người phát ngôn) thì không bị nhắc.

Sai: Một người được theo dõi là chị Nguyễn Thị Mận, 34 tuổi, bán rau ở chợ.
Đúng: Một người được theo dõi là phụ nữ 34 tuổi, bán rau ở chợ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.people import before, behind, initials, shown, windows, within_windows
from factdesk.lint.words.people import (
    ENGLISH_PUBLIC,
    ENGLISH_ROLES,
    VIETNAMESE_PUBLIC,
    VIETNAMESE_ROLES,
    VIETNAMESE_SURNAMES,
    VIETNAMESE_TRADES,
)

CODE = "FD401"
_TEMPLATE = "{what} seems to be a private person: leave the name out."

_LATIN = [chr(number) for number in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]
_UPPER = "[" + "".join(letter for letter in _LATIN if letter.isupper()) + "]"
_SURNAME = "(?:" + "|".join(sorted(VIETNAMESE_SURNAMES)) + ")"
_VIETNAMESE = rf"(?P<name>{_SURNAME}(?:\s{_UPPER}[^\W\d_]{{0,6}}){{1,4}})(?!\w)"
_SURNAMED = re.compile(rf"\b{_SURNAME}\s(?={_UPPER})")
_BY_ROLE = re.compile(rf"\b(?i:{'|'.join(VIETNAMESE_ROLES)}),?\s{_VIETNAMESE}")
_BY_ADDRESS = re.compile(rf"\b(?i:anh|chị|em|cháu|bé)\s{_VIETNAMESE}")
_ELDER = re.compile(rf"\b(?i:ông|bà|cô|chú|bác|cụ|dì|thím)\s{_VIETNAMESE}")
_BY_PART = re.compile(
    rf"\b(?i:người) (?:trong ảnh|trong hình|đăng|gửi|chụp|viết|phụ nữ|đàn ông|mẹ|cha|con|bán)[^.\n;:]{{0,40}}?"
    rf"\b(?:là|tên(?: là)?)\s{_VIETNAMESE}"
)
_BY_AGE = re.compile(rf"(?<![\w]){_VIETNAMESE}(?=\s?[,(]\s?\d{{1,2}}\s?tuổi)")
_PRIVATE = re.compile(
    rf"\d\s?tuổi|\b(?:trú tại|thường trú|tạm trú|cư trú|ngụ|nhà ở|sống ở|sống tại|quê|hàng xóm|người dân|"
    rf"{'|'.join(VIETNAMESE_TRADES)})\b",
    re.IGNORECASE,
)
_PUBLIC = re.compile(rf"\b(?:{'|'.join(VIETNAMESE_PUBLIC)})\b", re.IGNORECASE)

_NAME = rf"{_UPPER}[^\W\d_]{{1,20}}(?:[-’']{_UPPER}[^\W\d_]{{1,20}})?"
_FULL = (
    rf"(?P<name>(?!(?:Mr|Mrs|Ms|Miss|Mx|Dr|Lord|Lady|Sir|The|In|On|At)\b){_NAME}(?:\s{_UPPER}\.?)?(?:\s{_NAME}){{1,2}})"
)
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|per|percent|%|km|metres|years ago|of"
_SOMEBODY = "man|woman|boy|girl|child|couple|mother|father|wife|husband|son|daughter|sister|brother|neighbou?r|owner"
_LIVES = "lives|sells|works|cleans|drives|cooks|repairs|keeps|grows|rents"
_ROLES = "|".join(ENGLISH_ROLES)
_ENGLISH = (
    re.compile(
        rf"\b(?:{_SOMEBODY})\b[^.\n;:]{{0,40}}?\b(?:is|was|are|named|called)\s(?:(?:Mr|Mrs|Ms|Miss)\.?\s)?{_FULL}"
    ),
    re.compile(rf"\b(?:{_ROLES})(?:,|\sis|\snamed|\scalled)?\s(?:(?:Mr|Mrs|Ms|Miss|Mx)\.?\s)?{_FULL}"),
    re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx)\.?\s{_FULL}"),
    re.compile(
        rf"(?<![\w.]){_FULL}(?=,\swho\s(?:{_LIVES})|,\s(?:a|an|the|who is a)\s(?:[a-z]+\s)?(?:{_ROLES})\b|"
        rf",\s(?:aged\s)?\d{{1,2}}(?:,|\.|\s(?:who|and|from|of\s[A-Z]))(?!\s(?:{_MONTHS}))|"
        r"\s\(\d{1,2}\)|,\s(?:a\s)?\d{1,2}[ -]years?[ -]old)"
    ),
)
_ENGLISH_PUBLIC = re.compile(rf"\b(?:{'|'.join(ENGLISH_PUBLIC)})\b", re.IGNORECASE)


def check(draft: Draft) -> Iterator[Finding]:
    """Full names beside a word that tells of private life, and beside none that tells of an office."""
    text = shown(draft)
    known = _known(draft)
    seen: set[int] = set()
    for span in (*_vietnamese(text), *_english(text)):
        name = " ".join(text[span.start : span.end].split())
        if span.end not in seen and not any(name.casefold() in each for each in known):
            seen.add(span.end)
            yield Finding(CODE, span, Reason(CODE, _TEMPLATE, {"what": initials(name)}))


def _vietnamese(text: str) -> Iterator[Span]:
    # Most texts have few words that are surnames: around those alone the rest is looked for.
    named = [(0, Span(found.start(), found.end())) for found in _SURNAMED.finditer(text)]
    around_names = tuple(windows(named))
    for pattern in (_BY_ROLE, _BY_ADDRESS, _ELDER, _BY_AGE, _BY_PART):
        for found in within_windows(text, pattern, around_names):
            span = Span(found.start("name"), found.end("name"))
            around = f"{before(text, found.start(), 40)} | {behind(text, span.end, 60)}"
            if not _PUBLIC.search(around) and (pattern is not _ELDER or _PRIVATE.search(around)):
                yield span


def _english(text: str) -> Iterator[Span]:
    for pattern in _ENGLISH:
        for found in pattern.finditer(text):
            span = Span(found.start("name"), found.end("name"))
            around = f"{before(text, found.start(), 40)} | {behind(text, span.end, 60)}"
            if not _ENGLISH_PUBLIC.search(around):
                yield span


def _known(draft: Draft) -> tuple[str, ...]:
    """Who may be named: claimants, the desk, the authors, and what cited sources are called."""
    claimants = (claim.claimant for claim in draft.facts.claims.values() if claim.claimant_kind != "unclassified")
    sources = (fact.title for fact in draft.cited)
    names = (*claimants, *sources, draft.facts.desk, *draft.field("authors").values)
    return tuple(name.casefold() for name in names if name)


RULE = Rule(CODE, "private-name", "warning", check)

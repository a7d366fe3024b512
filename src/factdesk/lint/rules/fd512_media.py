"""A description of a picture, sound or video that programs cannot use.

Why: The field `media` tells other desks and search tools what is the matter with a medium: taken out of its context,
cut, acted, made by a program. They know six categories by name; any other word is not read, and nothing is said to
them. The site never guesses a category from the text.

Bad: media: [{category: fake}]
Good: media: [{category: DecontextualizedContent, kind: picture}]

vi: Phần mô tả ảnh, âm thanh hoặc video mà chương trình không dùng được.

Vì sao: Trường `media` cho các bàn khác và công cụ tìm kiếm biết ảnh hoặc video ấy có vấn đề gì: bị tách khỏi bối cảnh,
bị cắt, được dàn dựng, hay do máy tạo ra. Họ chỉ biết sáu loại theo tên; từ nào khác thì không được đọc, và họ không
nhận được gì. Trang web không bao giờ tự đoán loại từ bài viết.

Sai: media: [{category: fake}]
Đúng: media: [{category: DecontextualizedContent, kind: picture}]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from factdesk.domain.matches import Reason
from factdesk.domain.media import ADDRESSES, CATEGORIES, FIELD, KINDS, PARTS
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.text.urls import canonical_url

CODE = "FD512"
_NO_CATEGORY = "It is not said of which category the medium is: {names}."
_UNKNOWN_CATEGORY = "“{given}” is no category of a medium; these are: {names}."
_MEANT = "“{given}” is no category of a medium; {near} is meant, perhaps."
_KIND = "“{given}” is no kind of a medium; these are: {names}."
_PART = "Nothing reads “{given}” of a medium; these are read: {names}."
_ADDRESS = "“{given}” is no address of a medium: it begins with https://."
_MOST = 20
"""Findings that are told."""


def check(draft: Draft) -> Iterator[Finding]:
    """What of the field `media` nobody can use."""
    given = draft.front.get(FIELD)
    if given is None:
        return
    found = [reason for record in given.records for reason in _wrong_in(record)]
    if not given.records:
        found = [Reason(CODE, _NO_CATEGORY, {"names": ", ".join(CATEGORIES)})]
    yield from (Finding(CODE, given.span, reason) for reason in found[:_MOST])


def _wrong_in(record: Mapping[str, str]) -> Iterator[Reason]:
    category, kind = record.get("category", "").strip(), record.get("kind", "").strip()
    if category not in CATEGORIES:
        yield _wrong_category(category[:60])
    if kind and kind not in KINDS:
        yield Reason(CODE, _KIND, {"given": kind[:60], "names": ", ".join(KINDS)})
    for name in record:
        if name not in PARTS:
            yield Reason(CODE, _PART, {"given": name[:60], "names": ", ".join(PARTS)})
    for name in ADDRESSES:
        value = record.get(name, "").strip()
        if value and not (value.startswith(("https://", "http://")) and canonical_url(value)):
            yield Reason(CODE, _ADDRESS, {"given": value[:80]})


def _wrong_category(given: str) -> Reason:
    names = {each.lower(): each for each in CATEGORIES}
    near = get_close_matches(given.lower(), names, 1, 0.6)
    if not given:
        return Reason(CODE, _NO_CATEGORY, {"names": ", ".join(CATEGORIES)})
    if near:
        return Reason(CODE, _MEANT, {"given": given, "near": names[near[0]]})
    return Reason(CODE, _UNKNOWN_CATEGORY, {"given": given, "names": ", ".join(CATEGORIES)})


RULE = Rule(CODE, "media", "warning", check)

"""Where a private person lives.

Why: Whoever is angry about a check must not learn from it which door to knock at. The address stays private where a
cited source gives it; the town is enough. Offices, shops and institutions are left alone.

Bad: The author of the post lives at 14 Willow Lane, Riverside.
Good: The author of the post lives in Riverside.

vi: Nơi ở của một cá nhân.

Vì sao: Người tức giận vì một bài kiểm chứng không được nhờ bài ấy mà biết phải gõ cửa nhà ai. Nguồn được trích dẫn có
ghi địa chỉ thì đó vẫn là chuyện riêng; nêu tên thành phố hay huyện là đủ. Trụ sở, cửa hàng, cơ quan thì không bị
nhắc.

Sai: Người viết bài sống tại số 12, ngõ 45, đường Hoa Sữa.
Đúng: Người viết bài sống ở thị xã Bến Sông.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.people import before, masked, private, shown

CODE = "FD404"
_TEMPLATE = "The address of somebody's home ({what}): name the town at most."

_WORD = r"[A-ZĐÀ-ỸƠƯĂÂÊÔ][\w’'-]*"
_ENGLISH = (
    r"(?:(?:[Ff]lat|[Aa]partment|[Aa]pt\.?|[Uu]nit)\s\d{1,4}[a-z]?,?\s)?(?:[Nn]o\.?\s|[Nn]umber\s)?\d{1,5}[A-Za-z]?(?:[/-]\d{1,4})?,?\s"
    rf"(?:{_WORD}\s){{1,4}}(?:Street|St\.?|Road|Rd\.?|Lane|Ln\.?|Avenue|Ave\.?|Drive|Dr\.?|Close|Court|Crescent|Terrace|"
    r"Boulevard|Blvd\.?|Way|Place|Square|Row|Gardens|Grove|Hill|Alley|Mews|Path|Walk)(?![\w])"
)
# The smallest parts of a Vietnamese address come first: a number, an alley, a hamlet; then street and ward.
_PLACE = (
    r"(?:ngõ|ngách|hẻm|kiệt|đường|phố|tổ|xóm|thôn|ấp|bản|buôn|khóm|khu phố|tổ dân phố|đội|phường|xã|căn hộ|tầng|"
    r"chung cư|tòa nhà|toà nhà|tòa|toà|lô)"
)
_VIETNAMESE = (
    r"(?:(?:căn nhà|nhà|căn hộ|phòng)\s)?(?:số\s(?:nhà\s)?)?\d{1,5}[A-Za-z]?(?:/\d{1,4}[A-Za-z]?){0,4},?\s"
    rf"(?:{_PLACE}\s[\w/.-]+(?:\s{_WORD}){{0,4}},?\s?){{1,6}}"
    rf"|(?:số\s(?:nhà\s)?\d{{1,5}}[A-Za-z]?,?\s)?(?:tổ|xóm|thôn|ấp|bản|buôn|khóm|đội|ngõ|ngách|hẻm|kiệt)\s"
    rf"[\w/.-]+(?:\s{_WORD}){{0,4}}(?:,\s{_PLACE}\s[\w/.-]+(?:\s{_WORD}){{0,4}}){{1,5}}"
)
_ADDRESS = re.compile(rf"(?<![\w/.-])(?:(?P<en>{_ENGLISH})|(?P<vi>{_VIETNAMESE}))")
_ALLEY = re.compile(r"\d[^\n]{0,12}\b(?:ngõ|ngách|hẻm|kiệt)\s\d", re.IGNORECASE)
_HOME = re.compile(
    r"\b(?:lives?|lived|living|resid(?:es?|ed|ing)|resident|home|house|flat|apartment|stays|"
    r"address of the (?:author|man|woman)|(?:his|her|their) (?:private )?address|"
    r"sống|trú tại|cư trú|thường trú|tạm trú|trú ở|ngụ|nhà riêng|nhà ở|"
    r"nhà của|nhà (?:anh|chị|ông|bà|cô|chú)|có nhà|địa chỉ nhà|địa chỉ của (?:anh|chị|ông|bà|cô)|"
    r"chỗ ở|ở trọ|phòng trọ|quê ở)\b",
    re.IGNORECASE,
)
_NOT_HOME = re.compile(
    r"\b(?:office|headquarters|shop|store|museum|school|hospital|library|university|company|restaurant|station|"
    r"nursing home|care home|town hall|trụ sở|văn phòng|cửa hàng|công ty|bảo tàng|trường|bệnh viện|thư viện|nhà hàng|"
    r"nhà văn hóa|nhà văn hoá|nhà máy|nhà xuất bản|ủy ban|uỷ ban|chi nhánh|khách sạn|quán)\b",
    re.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Finding]:
    """Addresses behind words on where somebody lives, and houses in alleys, which nothing but people live in."""
    text = shown(draft)
    for found in _ADDRESS.finditer(text):
        said = before(text, found.start())
        if _NOT_HOME.search(said):
            continue
        if _HOME.search(said) or (found["vi"] and _ALLEY.search(found[0])):
            end = found.start() + len(found[0].rstrip(" ,.\n"))
            yield private(CODE, found.start(), end, _TEMPLATE, masked(found[0]))


RULE = Rule(CODE, "home-address", "error", check)

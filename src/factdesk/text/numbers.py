"""The quantities of a text: numbers, percentages, money, dates, years and ordinals, each with its unit and place.

Digits of any script, separators both ways (`1,000.5`, `1.000,5`), and number words in English and Vietnamese,
with and without marks. Units are normalised across languages: `3 ngày` and `three days` are equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from factdesk.domain.matches import Span
from factdesk.text import quantities as q
from factdesk.text.language import unmarked_vietnamese
from factdesk.text.wordlist import words

QuantityKind = Literal["number", "percent", "money", "date", "year", "ordinal"]

_MONTH_NAMES = "|".join(sorted((name.capitalize() for name in q.MONTHS), key=len, reverse=True))
_SCAN = re.compile(
    # The first letters of everything below: nearly all places of a text fail here, at once.
    r"(?=[\d$€£¥₫₹@hwUR+−\-tTnscJFMASOND])(?:(?P<skip>(?:https?://|www\.)\S+|@\w+|\b\d{1,2}:\d\d(?::\d\d)?\b)"
    r"|(?<![\d.,/-])(?P<iso>(?P<iy>\d{4})-(?P<im>\d\d)-(?P<id>\d\d))(?!\d)"
    r"|(?<![\d.,/-])(?P<dmy>(?P<d1>\d{1,2})(?P<sep>[/.-])(?P<d2>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d))(?![\d/])"
    r"|(?P<vn>(?<![\d.,])(?P<vd>\d{1,2})\s(?:tháng|thang)\s?(?P<vm>\d{1,2})(?!\d)(?:(?:,?\s(?:năm|nam)\s?|[/.-])(?P<vy>\d{4}))?)"
    r"|(?P<vm2>\b(?:tháng|thang|Tháng|Thang)\s?(?P<vm3>\d{1,2})(?!\d)(?:(?:,?\s(?:năm|nam)\s?|[/.-])(?P<vy2>\d{4}))?)"
    r"|(?P<lead>\b(?:ngày|ngay|hôm|hom|sáng|sang|chiều|chieu|tối|toi)\s(?P<ld>\d{1,2})[/.-](?P<lm>\d{1,2})(?![\d/%]))"
    r"|(?<![\d.,/-])(?P<my>(?P<mm>\d{1,2})[/.](?P<myy>(?:19|20)\d\d))(?!\d)"
    rf"|(?P<md>\b(?P<m1>{_MONTH_NAMES})\.?\s(?P<md1>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s(?P<my1>\d{{4}}))?)"
    rf"|(?P<dm>(?<![\d.,])(?P<dm1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m2>{_MONTH_NAMES})\b\.?(?:,?\s(?P<my2>\d{{4}}))?)"
    rf"|(?P<mo>\b(?P<m3>{_MONTH_NAMES})\.?,?\s(?:of\s)?(?P<my3>(?:1[89]|20)\d\d))(?!\d)"
    r"|(?P<num>(?:(?P<money>US\$|R\$|[$€£¥₫₹]|\bRs\.?)\s?)?(?P<sign>(?:(?<=\s)|(?<=\A)|(?<=\())[-−+](?=\d))?"
    r"(?P<digits>\d+(?:[.,'’٫٬]\d+|[ \u00a0\u202f]\d{3}(?!\d))*)(?P<th>st|nd|rd|th|er|ª|º(?!\s?[CF]))?))"
)
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(
    r"[ \u00a0\u202f-]?(US\$|[%٪$€£¥₫₹℃]|[°º]\s?[CF]?(?![^\W\d_])|[^\W\d_][^\s\d!-/:-@\[-`{-~।…“”‘’]*[23²³]?)",
    re.IGNORECASE,
)
_VIETNAMESE = re.compile("[ơưăđạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_COMMA_DECIMALS = words("vi de es pt fr it nl pl id ms tr ru uk cs sv no da fi ro el hu")
_RANGE = frozenset(("-", "–", "—", "to", "or", "đến", "den", "tới", "hoặc", "a", "bis", "à"))
_LONG_UNITS = frozenset(unit.split()[0] for unit in (*q.UNITS, *q.CURRENCIES) if " " in unit)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity. A date's value is `year * 10000 + month * 100 + day`, with 0 for what is not said."""

    value: float
    unit: str
    kind: QuantityKind
    span: Span


def numbers(text: str, language: str = "") -> tuple[Quantity, ...]:
    """The quantities of a text, in order. `language` decides how `1.000` and `3/4` are read; '' guesses it."""
    found = [*_in_digits(text, language)] if _DIGIT.search(text) else []
    taken = [item.span for item in found]
    found += [item for item in _in_words(text) if not any(_overlap(item.span, span) for span in taken)]
    return _ranges(text, sorted(found, key=lambda item: item.span.start))


def _ranges(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """`5-10 days` is 5 days and 10 days: the first of two takes the unit of the second."""
    for place, (first, second) in enumerate(pairwise(found)):
        between = text[first.span.end : second.span.start].strip()
        if not first.unit and first.kind == "number" and second.unit and between in _RANGE:
            found[place] = _quantity(first.value, second.unit, first.span)
    return tuple(found)


def _overlap(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end


def _in_digits(text: str, language: str) -> Iterator[Quantity]:
    tongue = language or _guess(text)
    last = 0
    for found in _SCAN.finditer(text):
        if found.start() < last or found["skip"]:
            continue
        item = _number(text, found, tongue) if found["num"] else _date(found, tongue)
        if item is not None:
            last = item.span.end
            yield item


def _guess(text: str) -> str:
    return "vi" if _VIETNAMESE.search(text) or unmarked_vietnamese(text) >= 0.5 else "en"


def _date(found: re.Match[str], language: str) -> Quantity | None:
    year, month, day = _date_parts(found, language)
    if not (0 <= month <= 12 and 0 <= day <= 31):
        return None
    return Quantity(float(year * 10000 + month * 100 + day), "", "date", Span(found.start(), found.end()))


def _date_parts(found: re.Match[str], language: str) -> tuple[int, int, int]:
    """Year, month and day, 0 for what is not said."""

    def part(name: str) -> int:
        return int(found[name] or 0)

    if found["iso"]:
        return part("iy"), part("im"), part("id")
    if found["dmy"]:
        return _day_or_month_first(part("d1"), part("d2"), part("y"), language)
    if found["vn"]:
        return part("vy"), part("vm"), part("vd")
    if found["vm2"]:
        return part("vy2"), part("vm3"), 0
    if found["lead"]:
        return 0, part("lm"), part("ld")
    if found["my"]:
        return part("myy"), part("mm"), 0
    name = (found["m1"] or found["m2"] or found["m3"]).lower()
    year = part("my1") or part("my2") or part("my3")
    return year, q.MONTHS[name], part("md1") or part("dm1")


def _day_or_month_first(first: int, second: int, year: int, language: str) -> tuple[int, int, int]:
    full = year if year > 99 else year + (2000 if year < 50 else 1900)
    month_first = (language == "en" and first <= 12) or second > 12
    return (full, first, second) if month_first else (full, second, first)


def _number(text: str, found: re.Match[str], language: str) -> Quantity | None:
    start, end = found.start("money") if found["money"] else found.start("digits"), found.end()
    if _is_part_of_a_name(text, found):
        return None
    if found["sign"]:
        start = min(start, found.start("sign"))
    value = _value(found["digits"], language)
    if found["th"]:
        return Quantity(value, "", "ordinal", Span(start, end))
    if found["sign"] in ("-", "−"):
        value = -value
    factor, half, end = _multiplier(text, end, bool(found["money"]))
    unit, end = _unit(text, end, found["money"] or "")
    if text[end : end + 1].isalpha() and end == found.end() and text[end].isascii():
        return None
    return _quantity(value * factor + half, unit, Span(start, end), bare=factor == 1 and len(found["digits"]) == 4)


def _is_part_of_a_name(text: str, found: re.Match[str]) -> bool:
    """`B12`, `COVID-19`, `v2.1`: digits after a letter, or after a letter and a hyphen."""
    start = found.start("digits")
    before = text[max(0, start - 2) : start]
    if found["money"] or not before:
        return False
    return before[-1].isalpha() or before[-1] == "_" or (before[-1] == "-" and before[:-1].isalpha())


def _value(digits: str, language: str) -> float:
    plain = re.sub(r"[ \u00a0\u202f'’]", "", digits).replace("٫", ".").replace("٬", "")
    points, commas = plain.count("."), plain.count(",")
    if points and commas:
        decimal = "." if plain.rfind(".") > plain.rfind(",") else ","
        return _float(plain, decimal)
    if not points and not commas:
        return _float(plain, "")
    mark = "." if points else ","
    groups = plain.split(mark)
    thousands = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0"
    if thousands and (len(groups) > 2 or _groups_by(mark, groups[-1], language)):
        return _float(plain, "")
    return _float(plain, mark if len(groups) == 2 else "")


def _groups_by(mark: str, last: str, language: str) -> bool:
    """Whether one mark before three digits parts thousands. Vietnamese writes 1.000, and many also 1,000."""
    if language in _COMMA_DECIMALS:
        return mark == "." or last.endswith("0")
    return mark == ","


def _float(plain: str, decimal: str) -> float:
    kept = "".join("." if letter == decimal else letter for letter in plain if letter == decimal or letter.isdigit())
    return float(kept)


def _multiplier(text: str, end: int, money: bool) -> tuple[float, float, int]:
    """The product of the multiplier words that follow (`trăm nghìn`), what `rưỡi` adds, and where they end."""
    factor, half = 1.0, 0.0
    for _ in range(3):
        found = _NEXT.match(text, end)
        word = found[1].lower() if found else ""
        if found is None or half:
            break
        if word in q.MULTIPLIERS:
            factor *= q.MULTIPLIERS[word]
        elif word in q.HALVES and factor > 1:
            half = factor / 2
        elif factor == 1 and found.start(1) == end and word in q.SHORT_MULTIPLIERS and (money or word in ("k", "tr")):
            factor = q.SHORT_MULTIPLIERS[word]
        else:
            break
        end = found.end()
    return factor, half, end


def _unit(text: str, end: int, money: str) -> tuple[str, int]:
    """The normalised unit that follows, or the currency that came before; and where it ends."""
    found = _NEXT.match(text, end)
    if found is None:
        return q.CURRENCIES.get(money.lower(), ""), end
    word = re.sub(r"\s", "", found[1].lower())
    if word in _LONG_UNITS:
        rest = text[found.start(1) : found.start(1) + 24].lower().split()
        for count in (3, 2):
            phrase = " ".join(rest[:count]).rstrip(".,;:!?")
            if len(rest) >= count and (phrase in q.UNITS or phrase in q.CURRENCIES):
                return q.UNITS.get(phrase) or q.CURRENCIES[phrase], found.start(1) + len(phrase)
    if money:
        return q.CURRENCIES.get(money.lower(), ""), found.end() if word in q.CURRENCIES else end
    unit = q.UNITS.get(word) or q.CURRENCIES.get(word) or ""
    if found[1] == "G":
        unit = ""
    return unit, found.end() if unit else end


_MONEY = frozenset(q.CURRENCIES.values())


def _quantity(value: float, unit: str, span: Span, *, bare: bool = False) -> Quantity:
    if unit in _MONEY:
        return Quantity(value, unit, "money", span)
    if unit in ("%", "point"):
        return Quantity(value, unit, "percent", span)
    if bare and not unit and 1000 <= value <= 2100 and value == int(value):
        return Quantity(value, "", "year", span)
    return Quantity(value, unit, "number", span)


def _in_words(text: str) -> Iterator[Quantity]:
    tokens = [(found[0].lower(), found.start(), found.end()) for found in _TOKEN.finditer(text)]
    place = 0
    while place < len(tokens):
        word, start, end = tokens[place]
        if word in q.ORDINALS and word != "second":
            yield Quantity(q.ORDINALS[word], "", "ordinal", Span(start, end))
        elif word in q.PLAIN or word in q.DOUBTFUL:
            value, used, sure = _run(tokens, place)
            last = tokens[place + used - 1][2]
            unit, last = _unit(text, last, "")
            if sure or (unit and value != 1 and word not in ("nam", "năm", "a", "an")):
                yield _quantity(value, unit, Span(start, last))
                place += used - 1
        place += 1


def _run(tokens: list[tuple[str, int, int]], place: int) -> tuple[float, int, bool]:
    """The number that begins at a token: its value, how many tokens it takes, and whether it is surely one."""
    total, current, last, scale = 0.0, 0.0, 0.0, 1.0
    sure = tokens[place][0] in q.PLAIN
    used = 0
    for position in range(place, min(len(tokens), place + 12)):
        word = tokens[position][0]
        if position > place and tokens[position][1] - tokens[position - 1][2] != 1:
            break
        value = _digit_word(word, inside=position > place)
        if value is not None:
            if current and not _extends(current, value):
                break
            current, last = current + value, value
        elif word in q.TENS and last and last < 10:
            current, last, sure = current + last * 9, last * 10, True
        elif word in q.MULTIPLIERS and (current or total):
            scale = q.MULTIPLIERS[word]
            if scale == 100:
                current, last = current * 100 or 100, 0
            else:
                total, current, last = (total + current * scale) if current else total * scale, 0, 0
            sure = True
        elif word in q.HALVES and sure:
            total += scale / 2
        elif not _joins(tokens, position, current, total):
            break
        used = position - place + 1
    return total + current, max(used, 1), sure


def _joins(tokens: list[tuple[str, int, int]], position: int, current: float, total: float) -> bool:
    """`and` of `two hundred and five`, `a` of `half a million`."""
    word = tokens[position][0]
    following = tokens[position + 1][0] if position + 1 < len(tokens) else ""
    if word in ("a", "một", "mot") and current == 0.5:
        return following in q.MULTIPLIERS
    return word in q.JOINTS and (current >= 100 or total > 0) and _digit_word(following, inside=True) is not None


def _digit_word(word: str, *, inside: bool) -> float | None:
    value = q.PLAIN.get(word, q.DOUBTFUL.get(word))
    if value is None and inside:
        value = q.INSIDE.get(word)
    return None if inside and word in ("a", "an", "half", "nửa") else value


def _extends(current: float, value: float) -> bool:
    """`twenty` takes `five`, `hundred` takes `twenty`, `five` takes nothing."""
    if value < 1:
        return False
    if value < 10:
        return current % 10 == 0
    return value < 100 and current % 100 == 0

"""Letters that look right and are others: unjoined marks, letters of another alphabet, characters that nobody sees.

Why: Such a word is not found by a search, is read out wrongly, and does not match the source it was taken from. Typed
text should be in Unicode's form NFC, where a letter and its marks are one character.

Bad: A Cyrillic `а` in “p\u0430lm”, or `e` and a separate accent in “cafe\u0301”.
Good: “palm”, “café”.

vi: Chữ trông thì đúng mà thực ra là ký tự khác: dấu rời, chữ cái của bảng chữ khác, ký tự không nhìn thấy.

Vì sao: Từ như vậy tìm không ra, máy đọc sai, và không khớp với nguồn mà nó được chép lại. Văn bản nên ở dạng Unicode
dựng sẵn (NFC), trong đó chữ cái và dấu là một ký tự.

Sai: Chữ “ð” thay cho “đ”, hoặc “a” và dấu huyền rời trong “a\u0300”.
Đúng: “đ”, “à”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding, Fix, Rule
from factdesk.lint.people import shown
from factdesk.text.syllables import is_syllable

_WORD = re.compile("[^\\W\\d_][\\w\u0300-\u036f]*")
_LIKE = dict(
    zip(
        "аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "aeopcyxijsdhqwABEKMHOPCTYXIJSGQWABEZHIKMNOPTYXo",
        strict=True,
    )
)
"""Letters of Cyrillic and Greek that nobody can tell from Latin ones."""

_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad\u180e\u200c\u200d\u202a-\u202e\u2066-\u2069]+")
_JOINS = "\u200c\u200d"
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SUSPECT = re.compile(f"[{''.join(_LIKE)}ðÐƉɖ]")

_ETH = str.maketrans({"ð": "đ", "Ð": "Đ", "Ɖ": "Đ", "ɖ": "đ"})


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each run of words that are not NFC, each word with foreign letters, each unseen character."""
    text = shown(draft)
    if text.isascii():
        return
    yield from _unjoined(text)
    yield from _foreign(text, draft.language)
    yield from _unseen(text)


def _unjoined(text: str) -> Iterator[Finding]:
    """Words that are not NFC. Neighbours go together: they were pasted in one piece."""
    if unicodedata.is_normalized("NFC", text):
        return
    run: list[Span] = []
    for found in _WORD.finditer(text):
        if unicodedata.is_normalized("NFC", found[0]):
            continue
        if run and not _is_near(text[run[-1].end : found.start()]):
            yield _whole_run(text, run)
            run = []
        run.append(Span(found.start(), found.end()))
    if run:
        yield _whole_run(text, run)


def _is_near(between: str) -> bool:
    """Whether two words that are not NFC belong together: little stands between them."""
    return len(between) <= 40 and "\n" not in between and "  " not in between


def _whole_run(text: str, run: list[Span]) -> Finding:
    span = Span(run[0].start, run[-1].end)
    word = text[run[0].start : run[0].end]
    fix = Fix(span, unicodedata.normalize("NFC", text[span.start : span.end]))
    template = "The marks in “{word}” are separate characters: write them as one letter (NFC)."
    return Finding("FD311", span, Reason("unicode", template, {"word": unicodedata.normalize("NFC", word)}), fix)


def _foreign(text: str, language: str) -> Iterator[Finding]:
    if not _SUSPECT.search(text):
        return
    for found in _WORD.finditer(text):
        word = found[0]
        if word.isascii():
            continue
        right = _latin(word)
        if language == "vi" and right == word and is_syllable(word.translate(_ETH)):
            right = word.translate(_ETH)
        if right != word:
            wrong = "".join(dict.fromkeys(one for one, other in zip(word, right, strict=True) if one != other))
            template = "In “{right}” stands “{wrong}”, a letter of another alphabet that looks like the right one."
            span = Span(found.start(), found.end())
            yield Finding(
                "FD311", span, Reason("unicode", template, {"right": right, "wrong": wrong}), Fix(span, right)
            )


def _latin(word: str) -> str:
    """A word of Latin letters and some that only look so, in Latin alone; any other word as it is."""
    foreign = [letter for letter in word if letter in _LIKE]
    if not foreign:
        return word
    rest = [letter for letter in word if letter.isalpha() and letter not in _LIKE]
    if not rest or not all("LATIN" in unicodedata.name(letter, "") for letter in rest):
        return word
    return "".join(_LIKE.get(letter, letter) for letter in word)


def _unseen(text: str) -> Iterator[Finding]:
    """Characters without width. Joiners are right within emoji and in some scripts, and left alone there."""
    for found in _UNSEEN.finditer(text):
        before, behind = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        if set(found[0]) <= set(_JOINS) and not (_is_latin(before) and _is_latin(behind)):
            continue
        span = Span(found.start(), found.end())
        name = ", ".join(dict.fromkeys(f"U+{ord(letter):04X}" for letter in found[0]))
        # Where the direction is turned, what is read and what is written differ: somebody has to look.
        fix = None if _TURNS.search(found[0]) else Fix(span, "")
        yield Finding("FD311", span, Reason("unicode", "A character that nobody sees: {name}.", {"name": name}), fix)


def _is_latin(letter: str) -> bool:
    return letter.isascii() or "LATIN" in unicodedata.name(letter, "")


RULE = Rule("FD311", "mixed-unicode", "warning", check)

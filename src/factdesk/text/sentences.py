"""A text cut into sentences, as spans of code points into the text as given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.domain.matches import Span
from factdesk.text.wordlist import words

_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u20e3"
_JOINERS = "\ufe0e\ufe0f\u200d\U000e0020-\U000e007f"
_CLOSERS = "\"'”’»«›)\\]}）」』】〉》"

_BREAK = re.compile(
    rf"(?P<wide>[。！？｡．]+[{_CLOSERS}]*)"
    rf"|(?P<other>[।॥؟۔።፧]+[{_CLOSERS}]*)"
    rf"|(?P<stop>[.!?…‽]+(?P<closed>[{_CLOSERS}]*))"
    # Only from the first space of a row on: else a long row without a line end is read once for each of its spaces.
    r"|(?P<line>(?<![^\S\n\r\u2028\u2029\x85\x0b\x0c])[^\S\n\r\u2028\u2029\x85\x0b\x0c]*+[\n\r\u2028\u2029\x85\x0b\x0c]\s*)"
    rf"|(?P<emoji>[{_EMOJI}][{_EMOJI}{_JOINERS}]*(?:\s+[{_EMOJI}][{_EMOJI}{_JOINERS}]*)*)"
)
_WORD_BEFORE = re.compile(r"[^\s\"'“‘«(\[/]*\Z")
_WORD = re.compile(r"\w")
_GERMAN_MONTH = re.compile(
    r"\s+(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)

# What stands before a name, and so never ends a sentence.
_TITLES = words(
    """mr mrs ms mx dr prof rev hon sen rep gov gen col lt sgt capt maj cpl adm pres st ste mt ft vs cf al
    approx sr sra srta dra dña ud uds lic ing arq mme mlle hr fr dhr mevr drs z.b d.h u.a bzw ca inkl usw
    sog vgl ts ths gs pgs bs bsck bscki cn ks kts ls cử tp tx tt q p f đ đt tel mst nxb th hđ hđnd ubnd
    tp.hcm pgs.ts gs.ts ts.bs ths.bs bs.ck gs.tskh pgs.ts.bs i.e e.g eg ie viz fig figs eq sec ch pp vol art
    no nos nr núm num pág pag tr đ.c ô b jan feb mar apr jun jul aug sep sept oct nov dec"""
)
# What may end a sentence as well as stand inside one: the next letter decides.
_EITHER = words(
    """v.v vv etc a.m p.m am pm inc ltd co corp jr sr.n bros llc plc ph.d m.d b.a m.a ee.uu s.a ave blvd rd"""
)
_BEFORE_NUMBER = words("""no nos nr núm num art fig figs p pp q vol ch sec tr pág pag eq""")
_MAYBE_WORDS = words(
    """no art fig ch sec vol al st mar may sen gen rep col p q b f đ ô ca ing hon fr th tr tt cn sep dec"""
)
_OPENERS = words(
    """the a an it he she they we you i this that these those there in on at but and so if when what why how
    who as his her their our my its not no yes for after before since while by with from then now one some
    many most all both it's that's there's however le la les el los las un una der die das es ist và nhưng
    tuy do theo khi nếu đây đó ông bà anh chị họ chúng các những một hôm trong từ vì nên còn"""
)


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, in order, apart, never blank; together they hold all but white space.

    A piece with no letter or digit in it (a row of emoji, a lone bracket) goes with the sentence before it.
    """
    spans: list[Span] = []
    start = 0
    for end in (*_ends(text), len(text)):
        piece = _stripped(text, start, end)
        start = max(start, end)
        if piece is None:
            continue
        if spans and not (_has_word(text, piece) and _has_word(text, spans[-1])):
            spans[-1] = Span(spans[-1].start, piece.end)
        else:
            spans.append(piece)
    return tuple(spans)


def _has_word(text: str, span: Span) -> bool:
    return _WORD.search(text, span.start, span.end) is not None


def _stripped(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start + left, start + right) if right > left else None


def _ends(text: str) -> Iterator[int]:
    """Where sentences end: positions just after the last character of each."""
    last = 0
    for found in _BREAK.finditer(text):
        kind = found.lastgroup if found.lastgroup != "closed" else "stop"
        end = found.end()
        if (
            kind in ("wide", "other")
            or (kind == "line" and _line_ends(text, last, found))
            or (kind == "emoji" and _emoji_ends(text, end))
            or (kind == "stop" and _stop_ends(text, last, found))
        ):
            yield end
            last = end


def _line_ends(text: str, last: int, found: re.Match[str]) -> bool:
    """A line break ends a sentence, unless the lines look like one paragraph that was wrapped."""
    following = text[found.end() : found.end() + 1]
    if found.group().count("\n") > 1 or not following.islower():
        return True
    line_start = max(last, text.rfind("\n", 0, found.start()) + 1)
    return found.start() - line_start < 40


def _emoji_ends(text: str, end: int) -> bool:
    """Emoji end a sentence when a space and a capital, or a letter that has no case, follow."""
    rest = text[end : end + 3].lstrip()
    return bool(rest) and text[end].isspace() and rest[0].isalpha() and not rest[0].islower()


def _stop_ends(text: str, last: int, found: re.Match[str]) -> bool:
    end = found.end()
    if end == len(text):
        return True
    stop, closed = found.group("stop"), bool(found.group("closed"))
    if not text[end].isspace():
        return not closed and _runs_on(text, last, found)
    following = _following(text, end)
    if closed and following[:1].islower():
        return False
    if stop[0] != ".":
        return not (stop[0] == "…" and following[:1].islower())
    if stop.startswith(".."):
        return not following[:1].islower()
    return _dot_ends(text, last, found.start(), following)


def _following(text: str, end: int) -> str:
    """The next word, without what opens a quotation."""
    rest = text[end : end + 40].split(maxsplit=1)
    return rest[0].lstrip("\"'“‘«(-–—•*[¿¡") if rest else ""


def _runs_on(text: str, last: int, found: re.Match[str]) -> bool:
    """`xong.Sau đó`: a stop between a small letter and a capital, outside addresses."""
    before, after = text[max(last, found.start() - 2) : found.start()], text[found.end() : found.end() + 2]
    if found.group() != "." or len(before) < 2 or not (before.islower() and before.isalpha()):
        return False
    if not (len(after) == 2 and after[0].isupper() and (after[1].islower() or after[1].isspace())):
        return False
    word = _word_before(text, last, found.start())
    return not any(mark in word for mark in "/@:#_.")


def _word_before(text: str, last: int, end: int) -> str:
    found = _WORD_BEFORE.search(text[max(last, end - 40) : end])
    return found.group() if found else ""


def _dot_ends(text: str, last: int, dot: int, following: str) -> bool:
    """Whether one full stop, with white space after it, ends a sentence."""
    word = _word_before(text, last, dot)
    folded = word.lower().lstrip("#*-–•")
    capital = following[:1].isupper()
    if word.isdigit():
        return not _is_list_number(text, last, dot, word) and not _GERMAN_MONTH.match(text, dot + 1)
    if folded in _MAYBE_WORDS and word.islower() and folded not in _BEFORE_NUMBER:
        return True
    if folded in _BEFORE_NUMBER and folded in _MAYBE_WORDS:
        return not following[:1].isdigit() and (capital or word.islower())
    if folded in _TITLES:
        return False
    if folded in _EITHER:
        return capital
    if _is_initials(word):
        return following.lower().rstrip(",") in _OPENERS and capital
    return bool(word) or capital


def _is_initials(word: str) -> bool:
    """`J`, `U.S`, `T.Ư`: single letters, each with a stop after it."""
    return bool(word) and all(len(part) == 1 and part.isalpha() for part in word.split(".")) and word[0].isupper()


def _is_list_number(text: str, last: int, dot: int, word: str) -> bool:
    return len(word) <= 3 and not text[last : dot - len(word)].strip(" \t\r\n-•*(")

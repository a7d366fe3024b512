"""How bytes are text: what is declared, what they can be, and what they are.

A declaration is believed until the bytes speak against it. Old Vietnamese encodings are recognised by their words:
read rightly, nearly every word with a mark is a syllable that spelling allows. Where it is not clear, nothing is
converted, and it is said. A charset found here reads the bytes the same way again (`decode`).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from factdesk.domain.matches import Reason
from factdesk.text.language import language
from factdesk.text.legacy import from_tcvn3, from_viscii, from_vni
from factdesk.text.syllables import all_words, marked_words, syllable_share
from factdesk.text.wordlist import words

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Our name of each charset, Python's codec, and other labels. After the Encoding standard of the web, where latin-1 and
# ASCII mean windows-1252, and Chinese and Korean names their supersets.
_TABLE = """
utf-8 utf-8 utf8 unicode-1-1-utf-8
utf-16-le utf-16-le utf-16le utf-16
utf-16-be utf-16-be utf-16be
utf-32-le utf-32-le
utf-32-be utf-32-be
windows-1250 cp1250 cp1250
windows-1251 cp1251 cp1251
windows-1252 cp1252 cp1252 iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 ascii us-ascii ansi
windows-1253 cp1253 cp1253
windows-1254 cp1254 cp1254 iso-8859-9 latin5
windows-1255 cp1255 cp1255
windows-1256 cp1256 cp1256
windows-1257 cp1257 cp1257
windows-1258 cp1258 cp1258
windows-874 cp874 cp874 tis-620 iso-8859-11
iso-8859-2 iso8859-2 latin2
iso-8859-3 iso8859-3
iso-8859-4 iso8859-4
iso-8859-5 iso8859-5
iso-8859-6 iso8859-6
iso-8859-7 iso8859-7
iso-8859-8 iso8859-8 iso-8859-8-i
iso-8859-10 iso8859-10
iso-8859-13 iso8859-13
iso-8859-14 iso8859-14
iso-8859-15 iso8859-15 latin-9
iso-8859-16 iso8859-16
koi8-r koi8-r
koi8-u koi8-u
macintosh mac-roman mac x-mac-roman
ibm866 cp866 cp866
gb18030 gb18030 gb2312 gbk x-gbk gb_2312-80 chinese cp936
big5 big5hkscs big5-hkscs x-x-big5
shift_jis cp932 shift-jis sjis x-sjis ms_kanji windows-31j cp932
euc-jp euc_jp x-euc-jp
iso-2022-jp iso2022_jp
euc-kr cp949 ks_c_5601-1987 ksc5601 windows-949 cp949 korean
"""
_ROWS = [row.split() for row in _TABLE.strip().splitlines()]
_CODECS = {name: codec for name, codec, *_ in _ROWS}
_NAMES = {label: name for name, _, *labels in _ROWS for label in (name, *labels)}
_OLD = {
    "tcvn3": "tcvn3", "tcvn": "tcvn3", "x-viet-tcvn": "tcvn3", "tcvn5712-1": "tcvn3", "tcvn-5712": "tcvn3",
    "vni": "vni", "x-viet-vni": "vni", "viscii": "viscii", "x-viscii": "viscii",
}  # fmt: skip
_CENTRAL = words("cs sk pl hu ro hr sl sq bs")
_MANY_BYTES = words("gb18030 big5 shift_jis euc-jp iso-2022-jp euc-kr")
_WIDE = words("utf-16-le utf-16-be utf-32-le utf-32-be")
_GUESSED = (
    "windows-1252",
    "windows-1251",
    "windows-1250",
    "windows-1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-kr",
    "windows-874",
)

SAMPLE = 1 << 18
"""Bytes that are looked at where not all can be."""

_META = re.compile(
    rb"""<meta\s[^>]{0,400}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.-]{2,40})"""
    rb"""|<\?xml\s[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"""charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_TAG = re.compile("<[^<>]{0,2000}>")
# Letters of Vietnamese that no such font has: text with a few of them is in Unicode already.
_UNICODE = re.compile("(?:[\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9][^\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]{0,200}){5}")
_ENOUGH, _LIKELY, _PLAUSIBLE = 5, 0.85, 0.55


@dataclass(frozen=True, slots=True)
class Detected:
    """How bytes are encoded, and what to say of it to a person."""

    charset: str
    remarks: tuple[Reason, ...] = ()


def known_name(label: str) -> str:
    """Our name for a charset by any label of it, empty for one that is not known."""
    label = label.strip().lower()
    base, plus, old = label.partition("+")
    if plus:
        return f"{_NAMES[base]}+{old}" if base in _NAMES and old in ("tcvn3", "vni") else ""
    return _NAMES.get(label) or _OLD.get(label, "")


def declared_charset(header: str, data: bytes = b"") -> str:
    """What a `Content-Type` declares, else a page's beginning; the label as it stands, empty when neither does."""
    if found := _HEADER.search(header[:1000]):
        return found[1].lower()
    inside = _META.search(data[:8192])
    return (inside[1] or inside[2]).decode("ascii").lower() if inside else ""


def parts(charset: str) -> tuple[str, str]:
    """How to decode, and which font encoding to undo afterwards: `utf-8+tcvn3` is text in UTF-8 that shows Vietnamese
    through a TCVN3 font; `tcvn3` the same in one byte a letter."""
    base, plus, old = charset.partition("+")
    if plus:
        return base, old
    return ("windows-1252", charset) if charset in ("tcvn3", "vni") else (charset, "")


def decode_base(data: bytes, charset: str) -> str:
    """Bytes as text by a name of `known_name`, fonts not undone. Raises `LookupError` for another name."""
    base = parts(charset)[0]
    if base == "viscii":
        return from_viscii(data)
    for mark, name in _BOMS:
        if base == name:
            data = data.removeprefix(mark)
    text = data.decode(_CODECS[base], "replace")
    # Its tones are letters of their own; everything else in the world has them on their vowel.
    return unicodedata.normalize("NFC", text) if base == "windows-1258" else text


def undo_font(text: str, old: str) -> str:
    """Text of a font encoding (`tcvn3`, `vni`, or empty for none) in Unicode."""
    return from_tcvn3(text) if old == "tcvn3" else from_vni(text) if old == "vni" else text


def decode(data: bytes, charset: str) -> str:
    """Bytes as text, exactly so; what cannot be is U+FFFD. Raises `LookupError` for a charset that is not known."""
    name = known_name(charset)
    return undo_font(decode_base(data, name), parts(name)[1])


def detect(data: bytes, declared: str = "") -> Detected:
    """How bytes are encoded, the declared label weighed."""
    said = known_name(declared)
    found = _detect(data, "utf-8" if said in _WIDE else said)
    remarks = [*found.remarks]
    if parts(found.charset)[1] or found.charset == "viscii":
        remarks.append(converted(found.charset))
    elif declared and found.charset != said and not (data.isascii() and said):
        values = {"declared": declared[:40], "found": found.charset}
        remarks.append(Reason("charset", "Its letters were declared as {declared} and are {found}.", values))
    return Detected(found.charset, tuple(remarks))


def converted(charset: str) -> Reason:
    """What to say of an old encoding that was undone."""
    return Reason("charset", "An old Vietnamese encoding ({found}) was converted.", {"found": charset})


def _detect(data: bytes, said: str) -> Detected:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Detected(name)
    if wide := _wide(data[:4096]):
        return Detected(wide)
    if data.isascii():
        # ISO-2022-JP is ASCII with escapes.
        return Detected("iso-2022-jp" if said == "iso-2022-jp" and b"\x1b" in data else "utf-8")
    bad, good = _utf8(data)
    if not bad or bad * 10 < good:
        damaged = Reason("charset", "{count} letters are damaged and shown as \ufffd.", {"count": str(bad)})
        return Detected("utf-8", (damaged,) if bad else ())
    if said in _MANY_BYTES and _decodes(data, said):
        return Detected(said)
    return _one_byte(data[:SAMPLE], "" if said == "utf-8" else said)


def _wide(head: bytes) -> str:
    """UTF-16 without a mark, by its zeros on one side."""
    half = len(head) // 2
    if half < 2:
        return ""
    even, odd = head[0 : 2 * half : 2].count(0), head[1 : 2 * half : 2].count(0)
    if odd * 10 > half * 4 and even * 20 < half:
        return "utf-16-le"
    return "utf-16-be" if even * 10 > half * 4 and odd * 20 < half else ""


def _utf8(data: bytes) -> tuple[int, int]:
    """How many places are not UTF-8, and how many letters of several bytes there are."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = data[: 4 * SAMPLE].decode("utf-8", "replace")
        bad = text.count("\ufffd")
        return bad, len(text) - bad - sum(map(str.isascii, text))
    return 0, 1


def _decodes(data: bytes, name: str) -> bool:
    text = data[:SAMPLE].decode(_CODECS[name], "replace")
    return text.count("\ufffd") * 100 <= len(text)


def _one_byte(sample: bytes, said: str) -> Detected:
    """The Vietnamese encodings by their words; then what was declared; then a guess."""
    shown = _TAG.sub(" ", decode_base(sample, "windows-1252"))
    vietnamese = {
        "windows-1258": decode_base(_TAG_BYTES.sub(b" ", sample), "windows-1258"),
        "viscii": from_viscii(_TAG_BYTES.sub(b" ", sample)),
        "tcvn3": from_tcvn3(shown),
        "vni": from_vni(shown),
    }
    name, sure = _best(vietnamese, shown)
    if name and sure:
        return Detected(name)
    remarks = (_doubt(name),) if name and name != said else ()
    return Detected(said if said in _CODECS else _guess(sample), remarks)


_TAG_BYTES = re.compile(_TAG.pattern.encode())


def _doubt(name: str) -> Reason:
    return Reason(
        "charset", "It may be in an old Vietnamese encoding ({found}); it was left as it is.", {"found": name}
    )


def _best(candidates: dict[str, str], shown: str) -> tuple[str, bool]:
    """The reading that makes Vietnamese of a text, and whether it is sure; empty when none does."""
    scores = {name: _score(text) for name, text in candidates.items()}
    name = max(scores, key=lambda each: scores[each])
    share, telling = scores[name]
    others = [score for other, (score, _) in scores.items() if other != name] + [_score(shown)[0]]
    if share < _PLAUSIBLE or telling < 2 or max(others) > share - 0.2:
        return "", False
    return name, share >= _LIKELY and telling >= _ENOUGH


def _score(text: str) -> tuple[float, int]:
    """How Vietnamese a reading is, 0 to 1, and the number of words that tell: those with a mark.

    All words count as well: three French words with a mark may happen to be syllables, those around them are not.
    """
    telling = marked_words(text)
    tokens = all_words(text)
    if not telling or len(telling) * 10 < len(tokens):
        return 0.0, 0
    share = syllable_share(telling)
    return min(share, 0.3 + syllable_share(word.lower() for word in tokens)), len(telling)


def font_encoding_of(text: str) -> tuple[str, bool]:
    """`tcvn3` or `vni` when a text that was decoded reads as Vietnamese in such a font, and whether that is sure."""
    sample = text[:SAMPLE]
    if sample.isascii() or _UNICODE.search(sample):
        return "", False
    return _best({"tcvn3": from_tcvn3(sample), "vni": from_vni(sample)}, sample)


def _guess(sample: bytes) -> str:
    """What `charset-normalizer` takes it for, among what is met; windows-1252 when it cannot say."""
    # Slow to load, and seldom needed.
    from charset_normalizer import from_bytes

    best = from_bytes(sample[: 1 << 16], cp_isolation=[_CODECS[name] for name in _GUESSED]).best()
    codec = best.encoding.replace("-", "_") if best is not None else ""
    name = next((name for name in _GUESSED if _CODECS[name].replace("-", "_") == codec), "windows-1252")
    if name == "windows-1250" and language(decode_base(sample[:4000], "windows-1252")) not in _CENTRAL:
        # It does not tell them apart, and Western languages are met more often.
        return "windows-1252"
    return name

"""Vietnamese as it was encoded before Unicode, by fonts: TCVN3 (fonts .Vn…), VNI (fonts VNI-…); and VISCII.

The tables are facts: TCVN 5712:1993, the layout of VNI's fonts for Windows, RFC 1456. Text in such a font reads as
Western letters when it is decoded as windows-1252: `ViÖt Nam`, `Vieät Nam`. That is what the functions here take.
"""

from __future__ import annotations

import re
import unicodedata
from functools import partial

# From 0xA1 on, the letters of TCVN 5712 in their order; a space where fonts kept the Western sign.
_TCVN = "ĂÂÊÔƠƯĐăâêôơưđẰ     àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
_FROM_TCVN3 = {code: letter for code, letter in enumerate(_TCVN, start=0xA1) if letter != " "}

# After a vowel, the sign that stands for its marks; the letters that one sign is; small ones, capitals are 32 before.
_VNI_MARKS = {
    "a": dict(zip("ùøûõïêéèúüëâáàåãä", "áàảãạăắằẳẵặâấầẩẫậ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
}
_VNI_ALONE = dict(zip("ôöñíìæóòî", "ơưđíìỉĩịỵ", strict=True))
_FROM_VNI = {
    **_VNI_ALONE,
    **{letter.upper(): made.upper() for letter, made in _VNI_ALONE.items()},
    **{base + mark: made for base, marks in _VNI_MARKS.items() for mark, made in marks.items()},
    **{(base + mark).upper(): made.upper() for base, marks in _VNI_MARKS.items() for mark, made in marks.items()},
    # A capital at the head of a word is followed by a small sign as often as not.
    **{base.upper() + mark: made.upper() for base, marks in _VNI_MARKS.items() for mark, made in marks.items()},
}
_VNI = re.compile("[aeouyôöAEOUYÔÖ][ùøûõïêéèúüëâáàåãäÙØÛÕÏÊÉÈÚÜËÂÁÀÅÃÄ]|[ôöñíìæóòîÔÖÑÍÌÆÓÒÎ]")

# RFC 1456, by the bytes that differ from Latin-1.
_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII = dict(enumerate(_VISCII_HIGH, start=0x80))
_VISCII |= {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

_TCVN_FONT = re.compile(r"\s*['\"]?\s*\.Vn[A-Z0-9]\w*", re.IGNORECASE)
_VNI_FONT = re.compile(r"\s*['\"]?\s*VNI[- ]?[A-Z0-9]", re.IGNORECASE)
_LINE_WORDS = re.compile(r"[^\W\d_]+")


def from_tcvn3(text: str, *, capitals: bool = False) -> str:
    """Text of a TCVN3 font, decoded as windows-1252, in Unicode (NFC).

    The fonts have no capitals with a tone: whole words in capitals were set in a font whose small letters look like
    capitals. `capitals` says that it was such a font (its name ends in H); otherwise words and lines that have
    capitals and no small Western letter are taken for it.
    """
    made = text.translate(_FROM_TCVN3)
    made = made.upper() if capitals else _with_capitals(text, made)
    return unicodedata.normalize("NFC", made)


def _with_capitals(text: str, made: str) -> str:
    """Both have the same length: one letter is one letter."""
    lines, at = [], 0
    for line in made.split("\n"):
        western = text[at : at + len(line)]
        at += len(line) + 1
        lines.append(line.upper() if _shouts(western, 3) else _LINE_WORDS.sub(partial(_word, western), line))
    return "\n".join(lines)


def _shouts(western: str, least: int) -> bool:
    ascii_letters = [letter for letter in western if letter.isascii() and letter.isalpha()]
    return len(ascii_letters) >= least and all(letter.isupper() for letter in ascii_letters)


def _word(western: str, found: re.Match[str]) -> str:
    return found[0].upper() if _shouts(western[found.start() : found.end()], 2) else found[0]


def from_vni(text: str) -> str:
    """Text of a VNI font, decoded as windows-1252, in Unicode (NFC)."""
    return unicodedata.normalize("NFC", _VNI.sub(lambda found: _FROM_VNI.get(found[0], found[0]), text))


def from_viscii(data: bytes) -> str:
    """VISCII bytes as text."""
    return data.decode("latin-1").translate(_VISCII)


def font_encoding(family: str) -> str:
    """`tcvn3` or `vni` for the name of such a font, as in `<font face>` and in word processors; else empty."""
    if _TCVN_FONT.match(family):
        return "tcvn3"
    return "vni" if _VNI_FONT.match(family) else ""


def from_font(text: str, family: str) -> str:
    """Text set in a font of that name, in Unicode; other fonts change nothing."""
    kind = font_encoding(family)
    if kind == "tcvn3":
        return from_tcvn3(text, capitals=family.strip(" '\"").split(",")[0].strip(" '\"").endswith("H"))
    return from_vni(text) if kind == "vni" else text

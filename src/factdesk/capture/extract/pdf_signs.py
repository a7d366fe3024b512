"""Signs of a PDF that come out as something else than what is seen: the codes of fonts without names and maps, places
in symbol fonts, accents set over letters, bullets."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

from factdesk.interchange.docx_symbols import symbol

_ODD = re.compile("[\x0b\x0c\x0e-\x1f\x7f-\x9f\uf000-\uf0ff]")
"""What shows that signs are not what they seem: controls where letters are drawn, and the places of symbol fonts."""

_SYMBOLS = re.compile("[\uf000-\uf0ff]")
_CODE = re.compile("[\x0b\x0c\x0e-\x1f\x7f-\xff]")
_OLD_CODE = re.compile('\r(?!\n)|[\x0b\x0c\x0e-\x1f\x7f\\\\"<>^_{|}~]')
_OLD = re.compile("[\x0b\x0c\x0e\x0f]")

_LIGATURES = "ﬀﬁﬂﬃﬄ"
# The Cork encoding (T1) in order, where it is not Latin-1.
_CORK = (
    dict(zip(range(0x0E, 0x20), "‹›“”„«»–—\u200c₀ıȷ" + _LIGATURES, strict=False))
    | {0x0B: "¸", 0x0C: "˛", 0x7F: "-", 0xD0: "Đ", 0xD7: "Œ", 0xDF: "ẞ", 0xF7: "œ", 0xFF: "ß"}
    | dict(zip(range(0x80, 0xA0), "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§", strict=True))
    | dict(zip(range(0xA0, 0xC0), "ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£", strict=True))
)
# Knuth's own encoding of Computer Modern (OT1).
_KNUTH = (
    dict(zip((0x0B, 0x0C, 0x0D, 0x0E, 0x0F), _LIGATURES, strict=True))
    | dict(zip(range(0x10, 0x20), "ıȷ`´ˇ˘¯˚¸ßæœøÆŒØ", strict=True))
    | dict(zip(map(ord, '"<>\\^_{|}~\x7f'), "”¡¿“ˆ˙–—˝˜¨", strict=True))
)

_MARKS = dict(
    zip("`´ˆ˜¨¯˘˙˚˝ˇ¸˛", "\u0300\u0301\u0302\u0303\u0308\u0304\u0306\u0307\u030a\u030b\u030c\u0327\u0328", strict=True)
)
ACCENT = re.compile(f"[{''.join(_MARKS)}](?=[^\\W\\d_])|(?<=[^\\W\\d_])[¸˛]")
"""An accent that may have been set over the letter beside it."""

_ACCENTS = re.compile(f"[{''.join(_MARKS)}]")
_DOTLESS = {"ı": "i", "ȷ": "j"}
_BULLET = re.compile(
    "(?![\uf02b\uf02d\uf03c\uf03e\uf0a3\uf0b1\uf0b3\uf0bb][ \xa0]*\\d)"
    "(?:[•▪◦‣∙●○■➢❑]|[\uf000-\uf0ff](?=[^\\W_])|[\x80-\x9f\ue000-\uf8ff](?=[ \xa0]|$))[ \xa0]*"
)
"""A bullet; in a font of symbols without a map, a place for private use, or a control character. Before a number the
places of + - < > ≤ ± ≥ ≈ are taken for those."""


def shown(text: str, font: Callable[[int], str], tex: bool) -> str:
    """A page's text, sign for sign, with what is seen in place of codes. `font` names a position's font, empty for one
    without a name; `tex` says that TeX made the document, whose fonts of dots have neither names nor a map.

    Both encodings of TeX put other signs in the same places. One that has letters where the other has hardly ever
    anything is the older.
    """
    if not _ODD.search(text):
        return text
    signs = list(text)
    for found in _SYMBOLS.finditer(text):
        name = font(found.start())
        if name.startswith(("Symbol", "Wingdings")):
            sign = symbol(name, f"{ord(found.group()):X}")
            signs[found.start()] = sign if sign != "\ufffd" else found.group()
    if tex:
        old = _OLD.search(text) is not None
        table, pattern = (_KNUTH, _OLD_CODE) if old else (_CORK, _CODE)
        for found in pattern.finditer(text):
            at = found.start()
            if not font(at):
                signs[at] = _bullet_or(text, at, table.get(ord(text[at]), text[at]))
    return "".join(signs)


def _bullet_or(text: str, at: int, sign: str) -> str:
    """A sign, or a bullet: TeX takes that from a font of symbols (TS1), in the place of a letter of the others."""
    alone = text[at] == "\x88" and (at == 0 or text[at - 1] == "\n") and text[at + 1 : at + 2] == " "
    return "•" if alone else sign


def has_accents(text: str) -> bool:
    """Whether there are accents apart from letters in a page's text. Quickly: most have none."""
    return _ACCENTS.search(text) is not None


def composed(text: str, at: int, letter: int) -> tuple[str, str]:
    """What stands for an accent and the letter beside it, at those positions: the two in one, and nothing. Where
    Unicode has no such letter, both as they are."""
    base = _DOTLESS.get(text[letter], text[letter])
    joined = normalize("NFC", base + _MARKS[text[at]])
    return (joined, "") if len(joined) == 1 else (text[at], text[letter])


def without_bullet(line: str) -> str | None:
    """The line without the bullet that it begins with, None where it begins with none. A bullet is how an item looks,
    as in a web page, and no part of what is said in it."""
    found = _BULLET.match(line)
    return line[found.end() :] if found else None

"""Characters of symbol fonts, which Word keeps as a font and a place in it, as Unicode."""

from __future__ import annotations

_PRIVATE = range(0xF000, 0xF100)
_UNKNOWN = "\ufffd"

_GREEK = dict(zip("abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω", strict=True))
_SYMBOL: dict[int, str] = (
    {ord(place): letter for place, letter in _GREEK.items()}
    | {ord(place.upper()): letter.upper() for place, letter in _GREEK.items()}
    | dict(zip((0xA3, 0xB3, 0xB9, 0xB1, 0xB4, 0xB8, 0xB0, 0xA5, 0xB7, 0xAE, 0xDE), "≤≥≠±×÷°∞•→⇒", strict=True))
)
_WINGDINGS: dict[int, str] = dict(
    zip((0x6C, 0x6E, 0x71, 0xA7, 0xA8, 0xD8, 0xE0, 0xE8, 0xFB, 0xFC, 0xFD, 0xFE), "●■❑▪◻➢→➔✗✓☒☑", strict=True)
)


def symbol(font: str, code: str) -> str:
    """The character at a place (hexadecimal) of a font; U+FFFD for a place whose character is not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    if number in _PRIVATE or font.startswith(("Symbol", "Wingdings")):
        table = _WINGDINGS if font.startswith("Wingdings") else _SYMBOL
        place = number & 0xFF
        return table.get(place, chr(place) if font.startswith("Symbol") and 0x20 <= place < 0x40 else _UNKNOWN)
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000 else ""

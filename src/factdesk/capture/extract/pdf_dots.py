"""Signs of TeX's fonts of dots that pdfium leaves out of a page's text, among them the minus sign.

Such fonts have neither names nor maps, and pdfium takes their codes for characters, of which it drops U+0000 and
U+0002. In TeX's font of mathematical signs those are − and ×. In other fonts they are capital letters: the shape tells.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

_MINUS, _TIMES = 0, 2
_FLAT, _NARROW = 0.25, 0.75
_SQUARE = (0.85, 1.15)


def with_left_out(text_page: Any, text: str, count: int) -> tuple[str, list[int]]:
    """The text of a page with what was left out of its `count` characters, and the index of each of its characters.

    U+FFFD stands for what is not known. No indexes where pdfium does not tell where its text comes from.
    """
    signs = {pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, at): sign for at, sign in enumerate(text)}
    if len(signs) != len(text):
        return text, []
    signs |= {at: _sign(text_page, at) for at in range(count) if at not in signs and _is_left_out(text_page, at)}
    indexes = sorted(signs)
    return "".join(signs[at] for at in indexes), indexes


def _is_left_out(text_page: Any, at: int) -> bool:
    code, flags = pdfium.FPDFText_GetUnicode(text_page, at), ctypes.c_int()
    named = pdfium.FPDFText_GetFontInfo(text_page, at, None, 0, flags) > 1
    return code in (_MINUS, _TIMES) and not named and not pdfium.FPDFText_IsGenerated(text_page, at)


def _sign(text_page: Any, at: int) -> str:
    """− is flat, × square and narrower than a capital."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text_page, at, left, right, bottom, top)
    room = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, at, room)
    width, height = right.value - left.value, top.value - bottom.value
    if pdfium.FPDFText_GetUnicode(text_page, at) == _MINUS:
        return "−" if 0 < height < _FLAT * width else "\ufffd"
    square = _SQUARE[0] * width < height < _SQUARE[1] * width
    return "×" if square and width < _NARROW * (room.right - room.left) else "\ufffd"

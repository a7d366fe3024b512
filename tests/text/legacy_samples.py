"""Texts as old programs saved them, made by inverting the tables of this project and of Python."""

from __future__ import annotations

import unicodedata

from factdesk.text.legacy import _FROM_TCVN3, _FROM_VNI, _VISCII

VIETNAMESE = (
    "Sáng 12/5, Thủ tướng Chính phủ chủ trì phiên họp thường kỳ, thảo luận tình hình kinh tế - xã hội tháng tư. "
    "Giá xăng tăng lên 25.000 đồng một lít. Người dân Hà Nội đổ về quê nghỉ lễ, nhiều tuyến đường ùn tắc."
)
_TO_TCVN3 = {ord(letter): code for code, letter in _FROM_TCVN3.items()}
_TO_VNI: dict[str, str] = {}
for _code, _letter in _FROM_VNI.items():
    _TO_VNI.setdefault(_letter, _code)
_TO_VISCII = {ord(letter): code for code, letter in _VISCII.items()}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def tcvn3(text: str) -> bytes:
    return text.translate(_TO_TCVN3).encode("windows-1252")


def vni(text: str) -> bytes:
    return "".join(_TO_VNI.get(letter, letter) for letter in text).encode("windows-1252")


def viscii(text: str) -> bytes:
    return text.translate(_TO_VISCII).encode("latin-1")


def windows_1258(text: str) -> bytes:
    """Tones apart, as the code page has them."""
    return "".join(map(_tone_apart, unicodedata.normalize("NFC", text))).encode("cp1258")


def _tone_apart(letter: str) -> str:
    marks = unicodedata.normalize("NFD", letter)
    bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    return bare + "".join(mark for mark in marks if mark in _TONES)

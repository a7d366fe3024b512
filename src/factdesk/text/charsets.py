"""How bytes are text: what is declared, what they can be, and what they are."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Detected:
    """How bytes are encoded. `sure` is whether it was declared, or can be nothing else."""

    charset: str
    sure: bool = True


def decode(data: bytes, charset: str) -> str:
    """Bytes as text, exactly so; what cannot be is U+FFFD. Raises `LookupError` for a charset that nobody knows."""
    for mark, name in _BOMS:
        if charset == name:
            data = data.removeprefix(mark)
    return data.decode(charset, "replace")


def detect(data: bytes, declared: str = "") -> Detected:
    """How bytes are encoded."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Detected(name)
    return Detected("utf-8")

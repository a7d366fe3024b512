"""Text set in fonts of before Unicode: its letters come out as the bytes of TCVN3 or VNI.

Only a font's name tells: `.VnTime`, `.VnArialH`; `VNI-Times`, `VNI-Helve`. PDFs and DOCX files both have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from factdesk.text.charsets import undo_font

_TCVN3 = re.compile(r"\.?\s?Vn(?=[A-Z3])[\w -]*")
_CAPITALS = re.compile(r"[a-z]H(?:\b|$)")
_VNI = re.compile(r"VNI[- ].*", re.IGNORECASE)


@lru_cache(256)
def legacy_encoding(font: str) -> str:
    """`tcvn3`, `tcvn3 capitals` or `vni` for a font of that encoding, empty for any other.

    `font` is without the tag of a subset. Fonts as `.VnTimeH` show small letters as capitals.
    """
    if _TCVN3.fullmatch(font):
        return "tcvn3 capitals" if _CAPITALS.search(font) else "tcvn3"
    return "vni" if _VNI.fullmatch(font) else ""


def charset_of(pieces: Iterable[tuple[str, str]]) -> str:
    """The first old encoding among a text's pieces, empty where all are Unicode."""
    return next((encoding.partition(" ")[0] for _, encoding in pieces if encoding), "")


def to_unicode(pieces: Iterable[tuple[str, str]]) -> str:
    """A text given in pieces with their encodings (empty for Unicode), each run converted as a whole."""
    done: list[str] = []
    run, current = "", ""
    for text, encoding in pieces:
        if encoding != current:
            done.append(_converted(run, current))
            run, current = "", encoding
        run += text
    return "".join([*done, _converted(run, current)])


def _converted(text: str, encoding: str) -> str:
    charset, _, capitals = encoding.partition(" ")
    text = undo_font(text, charset)
    return text.upper() if capitals else text

"""Texts as XML takes them, whatever they hold."""

from __future__ import annotations

import re
from html import escape

# What XML 1.0 has no place for (§2.2), and the controls that it advises against.
_NO_LETTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def readable(text: str) -> str:
    """A text without what XML cannot hold: U+FFFD, the sign for a lost letter, stands in its place."""
    return _NO_LETTER.sub("\ufffd", text)


def escaped(text: str) -> str:
    """A text for use between tags and in quotation marks. A carriage return is kept, which a reader would drop."""
    return escape(readable(text)).replace("\r", "&#13;")

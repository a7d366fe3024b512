"""Texts as YAML that any reader of YAML reads back as those texts."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

_PLAIN = re.compile(r"[^\W\d_](?:[\w .'’“”()/+-]*[\w.'’“”)])?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What needs no quotation marks: an id, or what begins with a letter and holds nothing that means something in YAML."""

_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
"""What other readers of YAML take for something else than a text."""

_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def scalar(text: str) -> str:
    """A text on one line, in quotation marks where it needs them."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def written(value: str | Sequence[str]) -> str:
    """A text, or a list of texts in brackets."""
    if isinstance(value, str):
        return scalar(value) if value else ""
    return f"[{', '.join(map(scalar, value))}]"

"""JSON as pages carry it: in comments or CDATA, with raw line ends in strings, a semicolon or comma too many."""

from __future__ import annotations

import json
import re
from typing import Any

_WRAPPERS = re.compile(
    r"\A\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?://\s*)?(?:-->|\]\]>|/\*\s*\]\]>\s*\*/)\s*\Z"
)
_COMMA = re.compile(r",(\s*[}\]])")


def loads(text: str) -> Any:
    """The value; raises `ValueError` or `RecursionError` when even the usual slips do not explain it."""
    text = _WRAPPERS.sub("", text).strip().rstrip(";")
    try:
        # `strict=False` lets control characters stand in strings.
        return json.loads(text, strict=False)
    except ValueError:
        return json.loads(_COMMA.sub(r"\1", text), strict=False)

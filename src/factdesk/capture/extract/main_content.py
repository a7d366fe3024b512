"""Which blocks of a page are its main content: those that trafilatura keeps, else those outside menus and the like."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from typing import Any

from factdesk.capture.extract.html_blocks import Raw

LONGEST = 3_000_000
"""Characters of a page that is handed to trafilatura; it takes about a second for a million."""

LEAST = 0.02
"""The share of a page's letters below which what it found is taken for nothing."""

_WINDOW = 20_000
_SHORT = 20
_GAP = 40
_NO_LETTER = re.compile(r"[\W_]+")


def main_flags(page: str, url: str, blocks: list[Raw], texts: list[str]) -> list[bool]:
    """Whether each block is main content. An empty `page` leaves trafilatura out."""
    outside = [raw.state.main for raw in blocks]
    kept = _kept(page, url) if 0 < len(page) <= LONGEST else ""
    if not kept:
        return by_structure(blocks)
    lines = {made for line in kept.split("\n") if (made := _letters(line))}
    whole = "".join(_letters(line) for line in kept.split("\n"))
    flags, at = [], 0
    for text, allowed in zip(texts, outside, strict=True):
        letters = _letters(text)
        found = whole.find(letters, at, at + _WINDOW + len(letters)) if len(letters) >= _SHORT else -1
        at = found + len(letters) if found >= 0 else at
        flags.append(found >= 0 or (letters in lines and (allowed or len(letters) >= _SHORT)))
    marked = sum(len(text) for text, flag in zip(texts, flags, strict=True) if flag)
    if marked < LEAST * sum(map(len, texts)):
        return by_structure(blocks)
    return _without_gaps([flag or _is_title(raw) for flag, raw in zip(flags, blocks, strict=True)], outside)


def _is_title(raw: Raw) -> bool:
    return raw.state.level == 1 and raw.state.main


def _without_gaps(flags: list[bool], outside: list[bool]) -> list[bool]:
    """Cells, short items and captions between two blocks of the main content belong to it: they are not told apart
    by their letters alone."""
    filled, last = list(flags), -1
    for at, flag in enumerate(flags):
        if flag:
            if last >= 0 and at - last <= _GAP and all(outside[last:at]):
                filled[last:at] = [True] * (at - last)
            last = at
    return filled


def by_structure(blocks: list[Raw]) -> list[bool]:
    """What stands in an article when there is one, else what stands outside menus, heads and feet."""
    inside = [raw.state.article and raw.state.main for raw in blocks]
    return inside if any(inside) else [raw.state.main for raw in blocks]


def _kept(page: str, url: str) -> str:
    """What trafilatura takes for the main content; empty when it finds nothing or fails."""
    import trafilatura

    found: Any = None
    # Broad: what it raises over strange pages is not documented, and the text does not depend on it.
    with contextlib.suppress(Exception):
        found = trafilatura.bare_extraction(
            page, url=url or None, include_comments=False, include_tables=True, with_metadata=False
        )
    return str(found.text or "") if found is not None else ""


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text)).casefold()

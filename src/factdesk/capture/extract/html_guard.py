"""Refuses pages on which the parser's work would grow with the square of their size.

Its time for a tree of n levels, and for n attributes of one element, grows with n²: a page of half a megabyte would
take minutes. No page that people read is like that.
"""

from __future__ import annotations

import re
from collections import Counter

from factdesk.errors import LimitError

MOST_LEVELS = 20_000
MOST_ATTRIBUTES = 20_000
_LONG_TAG = 1 << 16
_QUOTED = re.compile(r"""=\s{0,9}(?:"[^"]*"|'[^']*')""")
_SPACE = re.compile(r"\s+")
_TAGS = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
# They are closed by what follows them, or hold nothing.
_FLAT = frozenset(
    "p li td th tr dd dt option br img input meta link hr area base col embed param source track wbr".split()  # noqa: SIM905
)


def check_page(page: str, place: str) -> None:
    """Raises `LimitError` for a page that is nested too deep or has an element of too many attributes."""
    if page.count("<") - page.count("</") > MOST_LEVELS and _levels(page) > MOST_LEVELS:
        raise LimitError("The page is nested more than {limit} levels deep.", place=place, limit=MOST_LEVELS)
    if len(page) > _LONG_TAG and any(_is_overloaded(tag) for tag in page.split(">") if len(tag) > _LONG_TAG):
        raise LimitError("An element of the page has more than {limit} attributes.", place=place, limit=MOST_ATTRIBUTES)


def _levels(page: str) -> int:
    """About how deep it is: elements that are opened and not closed, by name."""
    opened: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for found in _TAGS.finditer(page):
        name = found[2].lower()
        if name not in _FLAT:
            opened[name] = max(0, opened[name] + (-1 if found[1] else 1))
            most[name] = max(most[name], opened[name])
    return most.total()


def _is_overloaded(tag: str) -> bool:
    start = tag.find("<")
    return start >= 0 and len(_SPACE.findall(_QUOTED.sub("=", tag[start:]))) > MOST_ATTRIBUTES

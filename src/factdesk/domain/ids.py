"""Ids as people see them."""

from __future__ import annotations

SHOWN = 12
"""Characters of an id that are shown, and by which commands take it."""


def short(own_id: str) -> str:
    """The end of an id: beginnings are those of the time, and alike."""
    return own_id[-SHOWN:]

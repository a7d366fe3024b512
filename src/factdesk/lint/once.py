"""What several rules ask of one draft, one after another: made once and kept until the next draft comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from factdesk.lint.base import Draft

Made = TypeVar("Made")


def once(make: Callable[[Draft], Made]) -> Callable[[Draft], Made]:
    """The function, which makes its result once for a draft. What it makes must be plain data that nobody changes."""
    kept: list[tuple[Draft, Made]] = []

    @wraps(make)
    def made(draft: Draft) -> Made:
        # The pair is read whole: another thread may put in its own in between.
        last = kept[0] if kept else None
        if last is None or last[0] is not draft:
            last = draft, make(draft)
            kept[:] = [last]
        return last[1]

    return made

"""An import or sync as a run: what it read, what it changed, what it could not take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["new", "changed", "unchanged", "repeated", "skipped", "blocked", "withdrawn"]
"""`repeated`: the same review again in one file. `withdrawn`: no longer in a feed that had it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in an input: a file or address, and a row (from 1), line, byte or JSON path in it."""

    source: str
    row: int = 0
    path: str = ""

    def __str__(self) -> str:
        """`feed.json, row 12, item[0].claimReviewed`."""
        parts = [self.source]
        if self.row:
            parts.append(f"row {self.row}")
        if self.path:
            parts.append(self.path)
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Repair:
    """Something an importer mended or passed over. `code` is stable (`bad-date`), `detail` the value, cut short."""

    place: Place
    code: str
    detail: str = ""
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class RunCounts:
    """How many rows went which way."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    skipped: int = 0
    repaired: int = 0
    blocked: int = 0
    withdrawn: int = 0

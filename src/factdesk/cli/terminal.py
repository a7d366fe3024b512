"""What a terminal can show: its width, colour, and how wide a text stands on it."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

NARROW = 56
"""Below this many columns (a phone), nothing stands beside anything else."""

MOST = 80
"""Lines longer than this are hard to read, however wide the window."""

STYLES = {
    "bold": "1",
    "dim": "2",
    "green": "32",
    "bold green": "1;32",
    "yellow": "33",
    "bold yellow": "1;33",
    "bold magenta": "1;35",
    "bold red": "1;31",
}


@dataclass(frozen=True, slots=True)
class Terminal:
    """Columns to write in, and whether colour is wanted."""

    width: int = MOST
    colour: bool = False

    @classmethod
    def of(cls, stream: TextIO, env: Mapping[str, str] = os.environ) -> Terminal:
        """A stream's own. `NO_COLOR` (no-color.org), a dumb terminal or anything but a terminal mean no colour."""
        seen = stream.isatty()
        colour = seen and not env.get("NO_COLOR") and env.get("TERM") != "dumb" and _takes_escapes()
        columns = shutil.get_terminal_size((MOST, 24)).columns if seen or env.get("COLUMNS") else MOST
        return cls(max(20, min(columns, MOST)), colour)

    @property
    def narrow(self) -> bool:
        """Whether this is as narrow as a phone."""
        return self.width < NARROW

    def style(self, text: str, style: str) -> str:
        """A text in a style of `STYLES`, where colour is wanted."""
        return f"\033[{STYLES[style]}m{text}\033[0m" if self.colour and text else text


def _takes_escapes() -> bool:
    """Whether escape sequences are understood: everywhere but in old Windows consoles."""
    return os.name != "nt" or bool(os.environ.get("WT_SESSION") or os.environ.get("TERM"))


def visible(text: str) -> str:
    """A foreign text on one line, with nothing in it that could steer a terminal or turn the line around."""
    return " ".join("".join(" " if _steers(letter) else letter for letter in text).split())


def _steers(letter: str) -> bool:
    """Control characters, and the marks that override the direction of writing (U+202A–E, U+2066–9)."""
    return (
        unicodedata.category(letter) in ("Cc", "Zl", "Zp")
        or letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def columns(text: str) -> int:
    """How many columns a text takes: two for a wide letter, none for a mark on another letter."""
    if text.isascii():
        return len(text)
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` columns, broken at spaces, or within a word that is longer than a line."""
    lines = [""]
    for word in text.split():
        room = width - columns(lines[-1]) - (1 if lines[-1] else 0)
        if columns(word) <= room:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
            continue
        pieces = _pieces(word, width)
        lines += pieces if lines[-1] else []
        if not lines[-1]:
            lines[-1:] = pieces
    return lines


def _pieces(word: str, width: int) -> list[str]:
    pieces, piece, taken = [], "", 0
    for letter in word:
        size = _columns(letter)
        if piece and taken + size > width:
            pieces.append(piece)
            piece, taken = "", 0
        piece += letter
        taken += size
    return [*pieces, piece]


def pad(text: str, width: int) -> str:
    """A text filled up with spaces to `width` columns."""
    return text + " " * max(0, width - columns(text))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], terminal: Terminal) -> list[str]:
    """Rows under heads. Where they do not fit, the widest column wraps; on a phone each row is lines of its own."""
    cells = [[visible(cell) for cell in row] for row in rows]
    if terminal.narrow:
        return _stacked(heads, cells, terminal)
    widths = [max(columns(cell) for cell in column) for column in zip(heads, *cells, strict=True)]
    over = sum(widths) + 2 * (len(widths) - 1) - terminal.width
    if over > 0:
        widest = max(range(len(widths)), key=widths.__getitem__)
        widths[widest] = max(12, widths[widest] - over)
    head = [terminal.style(line.rstrip(), "dim") for line in _row(heads, widths)]
    return head + [line.rstrip() for row in cells for line in _row(row, widths)]


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(len(lines) for lines in wrapped)
    return [
        "  ".join(
            pad(lines[at] if at < len(lines) else "", width) for lines, width in zip(wrapped, widths, strict=True)
        )
        for at in range(height)
    ]


def _stacked(heads: Sequence[str], rows: Sequence[Sequence[str]], terminal: Terminal) -> list[str]:
    lines: list[str] = []
    for row in rows:
        lines += [
            line
            for head, cell in zip(heads, row, strict=True)
            if cell
            for line in wrap(f"{head}: {cell}", terminal.width)
        ]
        lines.append("")
    return lines[:-1]

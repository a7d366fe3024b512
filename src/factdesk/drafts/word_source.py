"""Blocks as Markdown, in one form: what `normal` makes of a check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from factdesk.drafts.word_comments import without_comments_first
from factdesk.drafts.word_escape import heading_end, line_start
from factdesk.drafts.word_inline import markdown
from factdesk.drafts.word_model import Block, Run, Runs

_TICKS = re.compile("`+")
_RULES = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}


@dataclass
class _Level:
    """A list that is open: where its items' words begin, the number of the last item, and how numbers end."""

    block: Block
    number: int
    indent: int = 0
    stop: str = "."


class _Writer:
    """Puts blocks one below another."""

    def __init__(self, first: bool) -> None:
        self._first = first
        self.lines: list[str] = []
        self._levels: list[_Level] = []
        self._last: Block | None = None

    def add(self, block: Block) -> None:
        if block.depth and not (block.opens or self._levels):
            block = replace(block, depth=0)
        if not block.depth or (self._last is not None and self._last.quote != block.quote):
            self._levels.clear()
        gap = self._last is not None
        marker = ""
        if block.depth and block.opens:
            marker, gap = self._item(block)
        elif block.depth:
            del self._levels[block.depth :]
        self._put(block, marker, gap)
        self._last = block

    def _item(self, block: Block) -> tuple[str, bool]:
        """What an item begins with, and whether a blank line stands before it."""
        depth = min(block.depth, len(self._levels) + 1)
        inner = len(self._levels) < depth
        del self._levels[depth:]
        if inner:
            level = _Level(block, block.number)
            self._levels.append(level)
            gap = (depth == 1 and self._last is not None) or (block.ordered and block.number != 1)
        else:
            level = self._levels[-1]
            gap = self._next(level, block)
        outer = self._levels[-2].indent if depth > 1 else 0
        marker = f"{level.number}{level.stop} " if block.ordered else "- "
        level.indent = outer + len(marker)
        return " " * outer + marker, gap or (self._last is not None and not self._last.opens)

    def _next(self, level: _Level, block: Block) -> bool:
        """Go on to the next item; True where that is another list."""
        same = level.block.ordered == block.ordered and (level.block.list == block.list or not block.ordered)
        if same:
            level.number += 1
            return False
        level.stop = ")" if level.block.ordered and block.ordered and level.stop == "." else "."
        level.block, level.number = block, block.number
        return True

    def _put(self, block: Block, marker: str, gap: bool) -> None:
        before = self._last
        quote = "> " if block.quote else ""
        if gap:
            self.lines.append(">" if before is not None and before.quote == block.quote != 0 else "")
        indent = " " * self._levels[-1].indent if block.depth else ""
        lines = _lines(block, first=self._first and not self.lines)
        self.lines.append(f"{quote}{marker or indent}{lines[0]}")
        self.lines.extend(f"{quote}{indent}{line}".rstrip() if quote or indent else line for line in lines[1:])


def body_of(blocks: Iterable[Block], *, first: bool = True) -> str:
    """The body that these blocks make, empty or ended by a line feed. `first`: no front matter stands before it."""
    writer = _Writer(first)
    for block in blocks:
        for each in without_comments_first(block):
            writer.add(each)
    return "\n".join([*writer.lines, ""]) if writer.lines else ""


def _lines(block: Block, *, first: bool) -> list[str]:
    match block.kind:
        case "heading":
            runs = tuple(Run(" ") if run.kind == "break" else run for run in block.runs)
            return [f"{'#' * block.level} {heading_end(markdown(runs))}".rstrip()]
        case "rule":
            # At the very beginning three hyphens would open front matter.
            return ["***" if first else "---"]
        case "code":
            return _code(block)
        case "raw":
            return block.text.split("\n")
        case "table":
            return _table(block)
        case _:
            return [line_start(line) for line in markdown(block.runs).split("\n")]


def _code(block: Block) -> list[str]:
    longest = max((len(run) for run in _TICKS.findall(block.text)), default=0)
    fence = "~" * 3 if "`" in block.info else "`" * max(3, longest + 1)
    return [f"{fence}{block.info}", *(block.text.split("\n") if block.text else []), fence]


def _table(block: Block) -> list[str]:
    width = max(len(row) for row in block.rows)
    aligns = [*block.aligns, *[""] * width][:width]
    head, *rest = [_row(row, width) for row in block.rows]
    return [head, f"| {' | '.join(_RULES[each] for each in aligns)} |", *rest]


def _row(cells: Sequence[Runs], width: int) -> str:
    written = [markdown(cell, cell=True) for cell in cells]
    return f"| {' | '.join([*written, *[''] * (width - len(written))])} |"

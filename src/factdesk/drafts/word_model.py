"""What a check's body is between Markdown and Word: a row of blocks, each a row of runs. Nothing is nested.

Word knows no tree: a list is paragraphs that carry a number and a depth, emphasis is letters that carry a mark. What
Markdown can nest beyond that (a list in a quote's list's table) stays Markdown, as a block of kind `raw`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

RunKind = Literal["text", "code", "raw", "picture", "cite", "break"]
BlockKind = Literal["paragraph", "heading", "code", "raw", "rule", "table"]
Align = Literal["", "left", "center", "right"]

BOLD, ITALIC, STRIKE = "bold", "italic", "strike"
DEEPEST = 9
"""Lists within lists, which is also how many levels Word has."""

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that are all alike.

    `text` is of a picture what it shows in words, of a citation's mark the id, of `raw` Markdown; a break has none.
    `link` is the address of a link or picture, empty for neither.
    """

    text: str
    kind: RunKind = "text"
    marks: frozenset[str] = frozenset()
    link: str = ""
    title: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, table and so on.

    `text` is that of code or `raw`, `info` what the code is; `level` a heading's. `quote` numbers the block quote that
    it stands in, 0 for none. `depth` is that of the list's level that it stands in, 0 for none; `opens` whether an item
    begins with it; `number` the first number of an `ordered` list; `list` tells lists of one depth apart.
    """

    kind: BlockKind
    runs: Runs = ()
    text: str = ""
    info: str = ""
    level: int = 0
    quote: int = 0
    depth: int = 0
    opens: bool = False
    ordered: bool = False
    number: int = 1
    list: int = 0
    rows: tuple[tuple[Runs, ...], ...] = ()
    aligns: tuple[Align, ...] = ()


def clean(text: str) -> str:
    """A text with line ends of one kind, and U+FFFD for what Word's files cannot hold."""
    return _NO_TEXT.sub("\ufffd", _LINE_ENDS.sub("\n", text))

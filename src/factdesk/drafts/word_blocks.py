"""The body of a check as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factdesk.drafts.word_inline import read_runs, reader
from factdesk.drafts.word_model import DEEPEST, Align, Block, Run, Runs, clean
from factdesk.drafts.word_runs import settled

if TYPE_CHECKING:
    from markdown_it.token import Token

_ALIGNS: dict[str, Align] = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}
_ALONE = ("heading_open", "fence", "code_block", "html_block", "hr", "table_open")
"""What stands in no list and no quote here."""


class _NestedError(Exception):
    """A block that holds what Word cannot nest."""


def blocks_of(body: str) -> tuple[Block, ...]:
    """The blocks of a body. One that nests more than Word can is kept as the Markdown that it is.

    Headings and code without a letter, which nobody sees, are left out.
    """
    text = clean(body)
    lines = text.split("\n")
    reading = _Reading()
    return tuple(block for group in groups(reader().parse(text)) for block in reading.read(group, lines))


def groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of one block after another."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


@dataclass
class _Reading:
    """Reads the blocks of a body; `_lists` and `_quotes` count what was met."""

    _quotes: int = 0
    _lists: int = 0
    _open: list[Block] = field(default_factory=list)
    """A block for each open list, which a block within takes its place from."""
    _quote: int = 0
    _begun: bool = False
    """Whether the item that is open has a block already."""

    def read(self, group: list[Token], lines: list[str]) -> list[Block]:
        try:
            return list(self._blocks(group))
        except _NestedError:
            first, last = group[0].map or [0, 0]
            return [Block("raw", text="\n".join(lines[first:last]).strip("\n").rstrip())]
        finally:
            self._open.clear()
            self._quote, self._begun = 0, True

    def _blocks(self, group: list[Token]) -> Iterator[Block]:
        at = 0
        while at < len(group):
            token = group[at]
            if token.type in _ALONE and (self._open or self._quote):
                raise _NestedError
            if token.type == "table_open":
                yield _table(group[at:])
                return
            if token.type == "paragraph_open":
                runs = read_runs(group[at + 1].children or [])
                yield from self._paragraph(runs)
            elif token.type == "heading_open":
                found = read_runs(group[at + 1].children or [])
                runs = settled(Run(" ") if run.kind == "break" else run for run in found)
                if runs:
                    yield Block("heading", runs, level=int(token.tag[1]))
            elif token.nesting:
                self._enter(token)
            elif token.type != "inline" and (token.content.strip("\n") or token.type == "hr"):
                yield _alone(token)
            at += 1

    def _paragraph(self, runs: Runs) -> Iterator[Block]:
        if not runs:
            return
        if not self._open:
            yield Block("paragraph", runs, quote=self._quote)
            return
        top = self._open[-1]
        yield Block(
            "paragraph",
            runs,
            quote=self._quote,
            depth=len(self._open),
            opens=not self._begun,
            ordered=top.ordered,
            number=top.number,
            list=top.list,
        )
        self._begun = True

    def _enter(self, token: Token) -> None:
        match token.type:
            case "blockquote_open":
                if self._quote or self._open:
                    raise _NestedError
                self._quotes += 1
                self._quote = self._quotes
            case "bullet_list_open" | "ordered_list_open":
                if len(self._open) == DEEPEST or (self._open and not self._begun):
                    raise _NestedError
                self._lists += 1
                start = token.attrGet("start")
                ordered = token.type.startswith("ordered")
                number = 1 if start is None else int(start)
                self._open.append(Block("paragraph", ordered=ordered, number=number, list=self._lists))
            case "bullet_list_close" | "ordered_list_close":
                self._open.pop()
            case "list_item_open":
                self._begun = False
            case "list_item_close" if not self._begun:
                # An item without words: Word's reader would see nothing there.
                raise _NestedError
            case _:
                pass


def _alone(token: Token) -> Block:
    text = token.content.removesuffix("\n")
    match token.type:
        case "html_block":
            return Block("raw", text=text.rstrip())
        case "hr":
            return Block("rule")
        case _:
            return Block("code", text=text, info=" ".join(token.info.split()))


def _table(group: Sequence[Token]) -> Block:
    rows: list[list[Runs]] = []
    aligns: list[Align] = []
    for at, token in enumerate(group):
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(read_runs(group[at + 1].children or [], cell=True))
        if token.type == "th_open":
            aligns.append(_ALIGNS.get(str(token.attrGet("style") or ""), ""))
    return Block("table", rows=tuple(map(tuple, rows)), aligns=tuple(aligns))

"""The paragraphs and tables of a Word file as the blocks of a check."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from factdesk.drafts.word_inline import runs_of
from factdesk.drafts.word_letters import Paragraph
from factdesk.drafts.word_model import BOLD, DEEPEST, ITALIC, STRIKE, Align, Block, Run, Runs
from factdesk.drafts.word_names import Names
from factdesk.drafts.word_runs import merged, settled
from factdesk.drafts.word_tree import Table

_MARKS = frozenset({BOLD, ITALIC, STRIKE})
_PICTURE = re.compile(r"!\[(.*)\]")
_WAIVER = re.compile(r"<!\s?(?:--|[–—]-?)\s*(lint:[^<>]{0,1000}?)\s*(?:--|-?[–—])\s?>")
"""A waiver as Word mends it while it is typed: two hyphens become a dash."""
_ALIGNS: dict[str, Align] = {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right"}


class _Counter:
    """Counts the items of lists as Word does."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._counts: dict[tuple[str, int], tuple[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._serial = 0

    def count(self, key: str, depth: int) -> tuple[int, int]:
        """Which list an item at a depth, which counts from 1, belongs to, and its number."""
        copy = self._names.counted_with(key)
        restart = self._names.restart(key, depth - 1)
        anew = restart is not None and (key, depth) not in self._begun
        self._begun.add((key, depth))
        if anew or (copy, depth) not in self._counts:
            self._serial += 1
            list_, number = self._serial, self._names.start(key, depth - 1) if restart is None else restart
        else:
            list_, number = self._counts[copy, depth]
        inner = [at for at in self._counts if at[0] == copy and at[1] > depth]
        for at in inner:
            del self._counts[at]
        self._counts[copy, depth] = list_, number + 1
        return list_, number


class Blocks:
    """Reads one paragraph or table after another, and counts lists and quotes."""

    def __init__(self, names: Names) -> None:
        self._last = ""
        self._quote = 0
        self._depth = 0
        self._counter = _Counter(names)
        self._code: list[str] = []

    def read(self, parts: Iterable[Paragraph | Table]) -> Iterator[Block]:
        """The blocks of a body."""
        for part in parts:
            if isinstance(part, Paragraph) and part.kind.place == "code" and (text := plain(part.runs)):
                self._code.append(text)
                continue
            yield from self._coded()
            yield from self._table(part) if isinstance(part, Table) else self._paragraph(part)
        yield from self._coded()

    def _coded(self) -> Iterator[Block]:
        """The lines of code that were met, as one block."""
        if not self._code:
            return
        text, info = "\n".join(self._code), ""
        if text.startswith("```"):
            info, _, text = text[3:].partition("\n")
        self._code, self._last = [], "code"
        yield Block("code", text=text, info=" ".join(info.split()))

    def _table(self, part: Table) -> Iterator[Block]:
        self._last = "table"
        rows = [[cell_runs(cell) for cell in row] for row in part.rows]
        width = max((len(row) for row in rows), default=0)
        if not any(any(row) for row in rows):
            return
        aligns = [_ALIGNS.get(cell[0].align, "") if cell else "" for cell in part.rows[0]]
        yield Block("table", rows=tuple((*row, *((),) * (width - len(row))) for row in rows), aligns=tuple(aligns))

    def _paragraph(self, part: Paragraph) -> Iterator[Block]:
        kind, before = part.kind, self._last
        self._last = kind.place
        if kind.place == "raw" and (text := plain(part.runs).strip("\n").rstrip()):
            yield Block("raw", text=_mended(text))
            return
        runs = letters_of(part.runs)
        if not runs:
            self._last = ""
            if part.ruled or kind.place == "rule":
                yield Block("rule")
        elif kind.place == "heading":
            yield Block("heading", runs, level=min(kind.level, 6))
        elif kind.place == "quote":
            self._quote += before != "quote"
            yield self._listed(part, runs, self._quote) if kind.list else Block("paragraph", runs, quote=self._quote)
        elif kind.place == "item":
            yield self._listed(part, runs, 0)
        elif kind.place == "more" and (before in ("item", "more")):
            yield Block("paragraph", runs, depth=min(kind.depth or self._depth, DEEPEST))
        else:
            yield Block("paragraph", runs)

    def _listed(self, part: Paragraph, runs: Runs, quote: int) -> Block:
        kind = part.kind
        self._depth = max(min(kind.depth, DEEPEST), 1)
        list_, number = self._counter.count(kind.list, self._depth)
        return Block(
            "paragraph",
            runs,
            quote=quote,
            depth=self._depth,
            opens=True,
            ordered=kind.ordered,
            number=number,
            list=list_,
        )


def _mended(text: str) -> str:
    return _WAIVER.sub(r"<!-- \1 -->", text)


def plain(runs: Iterable[Run]) -> str:
    """What runs say, without any marks."""
    return "".join("\n" if run.kind == "break" else run.text for run in runs)


def letters_of(runs: Iterable[Run]) -> Runs:
    """The runs of a paragraph in one form: marks that we know, waivers mended, Markdown read as such."""
    known = (replace(run, marks=run.marks & _MARKS) for run in runs)
    return settled(each for run in merged(map(_joinable, known)) for each in _meant(run))


def _joinable(run: Run) -> Run:
    """A run of Markdown as text, so that it is one with its neighbours, but marked."""
    return replace(run, kind="text", marks=run.marks | {"raw"}) if run.kind == "raw" else run


def _meant(run: Run) -> Iterator[Run]:
    if "raw" in run.marks:
        marks = run.marks - {"raw"}
        before, after = run.text[: len(run.text) - len(run.text.lstrip())], run.text[len(run.text.rstrip()) :]
        yield replace(run, text=before, marks=marks)
        for each in runs_of(_mended(run.text).strip()):
            yield each if each.link else replace(each, marks=each.marks | marks, link=run.link, title=run.title)
        yield replace(run, text=after, marks=marks)
    elif run.kind == "picture" and not run.link:
        found = _PICTURE.fullmatch(run.text)
        yield replace(run, text=found[1]) if found else replace(run, kind="text")
    elif run.kind == "text":
        yield replace(run, text=_mended(run.text))
    else:
        yield run


def cell_runs(paragraphs: Iterable[Paragraph]) -> Runs:
    """The runs of a table's cell, a break between paragraphs."""
    return letters_of(run for paragraph in paragraphs for run in (*paragraph.runs, Run("", "break")))

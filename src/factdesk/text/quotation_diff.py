"""Two passages word by word: what is the same, missing, added or changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from factdesk.text.quotation_forms import DROPPED, MARK, SOFT, codes_of, tables, text_of
from factdesk.text.quotation_forms import join as joined
from factdesk.text.quotation_forms import kind as kind_of

ChangeKind = Literal["same", "missing", "added", "changed"]

_LETTER = r"[^\W\u3040-\u30ff\u3400-\u9fff]"
# A sign stands before a number only where no word goes before it; ideographs and kana are words each.
_WORD = re.compile(
    rf"(?:(?<!\w)[-\u2010-\u2015\u2212+±](?=\d))?{_LETTER}(?:[\u0300-\u036f]|[.,:/'’-]?{_LETTER})*[%‰°]?|\w|[^\w\s]"
)
_MISSING, _ADDED, _NEARLY, _OTHER = 4, 10, 3, 9
"""What a difference costs when two passages are laid side by side; that of two words less, the more alike they are."""


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words: `quoted` as the quotation has it, `source` as the source does. `missing` stands in the source
    only, `added` in the quotation only."""

    kind: ChangeKind
    quoted: str
    source: str


@dataclass(frozen=True)
class Word:
    """A word of a passage at `start:end`, and what it is compared as."""

    text: str
    start: int = 0
    end: int = 0

    @classmethod
    def of(cls, text: str) -> Word:
        """A run of words as one."""
        return cls(text)

    @cached_property
    def form(self) -> str:
        """The word as it must agree."""
        return joined("".join(char for char in self.text if kind_of(char) not in (DROPPED, SOFT, MARK)))

    @cached_property
    def bare(self) -> str:
        """The word in small letters without accents."""
        return text_of(tables().bases_of(codes_of(self.form)))


def words(text: str) -> list[Word]:
    """The words of a passage, with the signs that are attached to them."""
    return [Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]


def compare(quoted: list[Word], source: list[Word]) -> tuple[tuple[Change, ...], int, int]:
    """How a quotation is changed into the likest stretch of a passage, and that stretch's start and end.

    Words of the passage before and after the stretch cost nothing and are left out.
    """
    steps = _steps(quoted, source)
    used = [at for _, _, at in steps if at is not None]
    if not used:
        return (), 0, 0
    return _changes(steps, quoted, source), source[used[0]].start, source[used[-1]].end


_Step = tuple[ChangeKind, int | None, int | None]


def _steps(quoted: list[Word], source: list[Word]) -> list[_Step]:
    costs = [[0] * (len(source) + 1)]
    for row, word in enumerate(quoted, start=1):
        above, costs_here = costs[-1], [row * _ADDED]
        for column, other in enumerate(source, start=1):
            best = min(above[column - 1] + _cost(word, other), above[column] + _ADDED, costs_here[-1] + _MISSING)
            costs_here.append(best)
        costs.append(costs_here)
    return _back(costs, quoted, source)


def _back(costs: list[list[int]], quoted: list[Word], source: list[Word]) -> list[_Step]:
    row = len(quoted)
    column = min(range(len(source) + 1), key=lambda at: costs[row][at])
    steps: list[_Step] = []
    while row:
        here = costs[row][column]
        if column and here == costs[row - 1][column - 1] + _cost(quoted[row - 1], source[column - 1]):
            row, column = row - 1, column - 1
            steps.append(("same" if quoted[row].form == source[column].form else "changed", row, column))
        elif here == costs[row - 1][column] + _ADDED:
            row -= 1
            steps.append(("added", row, None))
        else:
            column -= 1
            steps.append(("missing", None, column))
    return steps[::-1]


@lru_cache(maxsize=65536)
def _unlike(one: str, other: str) -> int:
    from rapidfuzz import fuzz

    return _NEARLY + round((_OTHER - _NEARLY) * (1 - fuzz.ratio(one, other) / 100))


def _cost(one: Word, other: Word) -> int:
    if one.form == other.form:
        return 0
    return _NEARLY if one.bare == other.bare else _unlike(_printable(one.bare), _printable(other.bare))


def _printable(text: str) -> str:
    """Without half surrogates, which the comparing library refuses."""
    return text.encode("utf-8", "replace").decode()


def _changes(steps: list[_Step], quoted: list[Word], source: list[Word]) -> tuple[Change, ...]:
    """Steps of one kind in a row as one change each."""
    runs: list[tuple[ChangeKind, list[Word], list[Word]]] = []
    for kind, mine, other in steps:
        if not runs or runs[-1][0] != kind:
            runs.append((kind, [], []))
        if mine is not None:
            runs[-1][1].append(quoted[mine])
        if other is not None:
            runs[-1][2].append(source[other])
    return tuple(Change(kind, _text(mine), _text(other)) for kind, mine, other in runs)


def _text(run: list[Word]) -> str:
    """Words in a row, with a space where white space parted them."""
    pieces = [("" if not at or word.start == run[at - 1].end else " ") + word.text for at, word in enumerate(run)]
    return "".join(pieces)

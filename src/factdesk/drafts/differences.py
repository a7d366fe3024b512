"""What changed between two sources of a check, for people: by field, by paragraph, and by word within a paragraph.

A Vietnamese word is a syllable here: what stands between spaces and marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from factdesk.drafts.align import Run, lines, runs
from factdesk.drafts.front import Front, front
from factdesk.errors import InputError
from factdesk.lint.front import split

Kind = Literal["same", "removed", "added", "changed"]

_TOKEN = re.compile("[\\w\u0300-\u036f]+|\\s|[^\\w\\s]")
_WORD = re.compile("[\\w\u0300-\u036f]+")
_MOST_CELLS = 20_000_000
"""The product of two paragraphs' words that are compared one by one; else the paragraph is shown whole."""
_ALIKE = 0.4
"""Of the words of two paragraphs this share is in both when the one is taken for a new wording of the other."""
_NEAR = 8
"""How many paragraphs further on the other wording is looked for."""
_AROUND = 3
"""Lines around a change in the unified form."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a paragraph or a field that was changed: in both, in the old one only, or in the new one only."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field or a paragraph, as it was and as it is. `field` is a field's name, and empty in the body.

    Paragraphs hold the blank lines behind them: all `old` of the body together are the old body, all `new` the new.
    `parts` are there for "changed": "same" and "removed" together are the old one without space behind it, "same" and
    "added" the new one.
    """

    kind: Kind
    old: str
    new: str
    parts: tuple[Part, ...] = ()
    field: str = ""


def differences(old: str, new: str) -> tuple[Change, ...]:
    """What changed: first the fields that did, then the body whole, what stayed the same too."""
    fields: tuple[Change, ...] = ()
    try:
        before, after = front(old), front(new)
        fields = tuple(_fields(_values(old, before), _values(new, after)))
    except InputError:
        # What cannot be read as fields is shown as lines.
        before = after = None
    return (*fields, *_body(_blocks(old[_start(before) :]), _blocks(new[_start(after) :])))


def changed(found: Iterable[Change]) -> tuple[Change, ...]:
    """The changes alone, without what stayed the same."""
    return tuple(each for each in found if each.kind != "same")


def _start(within: Front | None) -> int:
    return within.body if within else 0


def _values(source: str, within: Front | None) -> dict[str, str]:
    """Each field as a person would read it out."""
    if within is None:
        return {}
    told, _ = split(source, "")
    values = {}
    for name, field in told.items():
        entry = within.entry(name)
        raw = source[entry.value : entry.end] if entry else ""
        values[name] = " ".join(raw.split()) if field.records else ", ".join(field.values)
    return values


def _fields(old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name, ""), new.get(name, "")
        if before != after:
            kind: Kind = "added" if not before else "removed" if not after else "changed"
            yield Change(kind, before, after, words(before, after) if kind == "changed" else (), name)


def _blocks(body: str) -> list[str]:
    """The paragraphs with the blank lines behind them; blank lines at the beginning belong to the first."""
    found: list[str] = []
    current: list[str] = []
    has_words = was_blank = False
    for line in lines(body):
        is_blank = not line.strip()
        if was_blank and not is_blank and has_words:
            found.append("".join(current))
            current, has_words = [], False
        current.append(line)
        has_words, was_blank = has_words or not is_blank, is_blank
    return [*found, "".join(current)] if current else found


def _body(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    at_old = at_new = 0
    for run in (*runs([each.strip() for each in old], [each.strip() for each in new]), Run(len(old), len(new), 0)):
        yield from _rewritten(old[at_old : run.old], new[at_new : run.new])
        for number in range(run.size):
            yield Change("same", old[run.old + number], new[run.new + number])
        at_old, at_new = run.old + run.size, run.new + run.size


def _rewritten(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Paragraphs between two that stayed: which of them are new wordings of which, and which came or went."""
    bags = [_bag(text) for text in old]
    first = 0
    for text in new:
        bag = _bag(text)
        window = range(first, min(first + _NEAR, len(old)))
        alike, best = max(((_alike(bags[number], bag), -number) for number in window), default=(0.0, 0))
        if alike >= _ALIKE:
            yield from (Change("removed", gone, "") for gone in old[first:-best])
            yield Change("changed", old[-best], text, words(old[-best].rstrip(), text.rstrip()))
            first = 1 - best
        else:
            yield Change("added", "", text)
    yield from (Change("removed", gone, "") for gone in old[first:])


Bag = tuple[int, Counter[str]]
"""How many words there are, and how many of each."""


def _bag(text: str) -> Bag:
    found = _WORD.findall(text)
    return len(found), Counter(found)


def _alike(one: Bag, other: Bag) -> float:
    """The share of words that both have. Time goes with the shorter of the two."""
    fewer, more = sorted((one[1], other[1]), key=len)
    size = one[0] + other[0]
    return 2 * sum(min(count, more[word]) for word, count in fewer.items()) / size if size else 0.0


def words(old: str, new: str) -> tuple[Part, ...]:
    """Two wordings of one text, by word. Marks and spaces alone between two changes belong to the change."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    parts: list[Part] = []
    gone = come = ""
    at_old = at_new = 0
    for run in (*runs(before, after, _MOST_CELLS), Run(len(before), len(after), 0)):
        gone += "".join(before[at_old : run.old])
        come += "".join(after[at_new : run.new])
        same = "".join(before[run.old : run.old + run.size])
        at_old, at_new = run.old + run.size, run.new + run.size
        is_between = run.size and (gone or come) and at_old < len(before) and at_new < len(after)
        if is_between and not _WORD.search(same):
            gone, come = gone + same, come + same
            continue
        parts += _parts(gone, come, same)
        gone = come = ""
    return tuple(parts)


def _parts(gone: str, come: str, same: str) -> list[Part]:
    named = (Part("removed", gone), Part("added", come), Part("same", same))
    return [part for part in named if part.text]


Tag = Literal["replace", "delete", "insert", "equal"]


class _Lines(SequenceMatcher[str]):
    """The grouping of `difflib` over an alignment that takes bounded time."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(None, "", "")
        self.runs = (*runs(old, new), Run(len(old), len(new), 0))

    def get_opcodes(self) -> list[tuple[Tag, int, int, int, int]]:
        found: list[tuple[Tag, int, int, int, int]] = []
        a = b = 0
        for run in self.runs:
            if a < run.old or b < run.new:
                tag: Tag = "insert" if a == run.old else "delete" if b == run.new else "replace"
                found.append((tag, a, run.old, b, run.new))
            a, b = run.old + run.size, run.new + run.size
            if run.size:
                found.append(("equal", run.old, a, run.new, b))
        return found


def unified(old: str, new: str) -> list[str]:
    """The differences as `diff -u` writes them, lines without their ends, and without the two names at the head.

    A last line counts as ended, as it is in every source.
    """
    before, after = ([line.removesuffix("\n") for line in lines(text)] for text in (old, new))
    found = []
    for group in _Lines(before, after).get_grouped_opcodes(_AROUND):
        first, last = group[0], group[-1]
        found.append(f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@")
        for tag, a, b, c, d in group:
            if tag == "equal":
                found += [f" {line}" for line in before[a:b]]
                continue
            found += [f"-{line}" for line in before[a:b]]
            found += [f"+{line}" for line in after[c:d]]
    return found


def _range(start: int, stop: int) -> str:
    size = stop - start
    return f"{start + 1}" if size == 1 else f"{start + bool(size)},{size}"

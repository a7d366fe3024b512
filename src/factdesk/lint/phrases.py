"""Lists of words and phrases, found in a text in one pass over its words, and the places where a writer speaks himself.

The lists stand in `words/*.json`, each entry with its reason. Two spellings of one Vietnamese syllable (`hòa`, `hoà`)
are one word here; a phrase is found over spaces and hyphens, never over another mark.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from factdesk.domain.matches import Span
from factdesk.lint.base import Draft
from factdesk.lint.people import shown
from factdesk.lint.sources import claim_words, is_bound
from factdesk.text.fold import fold

WORD = re.compile("[^\\W_][\\w\u0300-\u036f]*(?:['’](?:[^\\W_][\\w\u0300-\u036f]*))?")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_QUOTED = re.compile(r"“[^“”\n]*”|«[^«»\n]*»|\"[^\"\n]*\"|(?<!\w)‘[^‘’\n]*’")


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of a list. `plain` is what to say instead, where the list knows it.

    The word before or behind it may have to be one of some, or none of some.
    """

    words: tuple[str, ...]
    why: str
    plain: str = ""
    side: str = ""
    before: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()
    not_behind: frozenset[str] = frozenset()


class Words(NamedTuple):
    """The words of a text, in order: their keys, as `key` makes them, and from where to where each stands."""

    keys: Sequence[str]
    places: Sequence[tuple[int, int]]


Phrases = Mapping[str, Sequence[Entry]]
"""Entries by their first word, longer ones first."""


@lru_cache(maxsize=65_536)
def key(word: str) -> str:
    """A word as it is compared: small letters, and its tone behind it, wherever it was set."""
    low = word.lower().replace("’", "'")
    if low.isascii():
        return low
    apart = unicodedata.normalize("NFD", low)
    tones = "".join(letter for letter in apart if letter in _TONES)
    bare = "".join(letter for letter in apart if letter not in _TONES)
    return unicodedata.normalize("NFC", bare) + tones


@lru_cache(maxsize=1)
def tokens(text: str) -> Words:
    """The words of a text, in order. Several rules ask for those of the same draft, one after another."""
    return Words([key(word) for word in WORD.findall(text)], [found.span() for found in WORD.finditer(text)])


def keys(phrase: str) -> tuple[str, ...]:
    """The words of a phrase as they are compared."""
    return tuple(key(found[0]) for found in WORD.finditer(phrase))


@cache
def read_list(name: str) -> Any:
    """A list of words as it stands in its file."""
    return json.loads((files("factdesk.lint.words") / f"{name}.json").read_text(encoding="utf-8"))


@cache
def phrases(name: str, language: str) -> Phrases:
    """The entries of a list for a language; none for a language that it has not got."""
    return indexed(entry for row in read_list(name).get(language, ()) for entry in entries(row))


def entries(row: Mapping[str, Any]) -> Iterator[Entry]:
    """The phrases of a row, each also without marks where the row says that nothing else is written so."""
    for phrase in row["words"]:
        written = (phrase, fold(phrase)) if row.get("unmarked") else (phrase,)
        for each in dict.fromkeys(written):
            yield Entry(
                keys(each),
                row["why"],
                row.get("plain", ""),
                row.get("side", ""),
                **{name: _keyed(row, name) for name in ("before", "behind", "not_before", "not_behind")},
            )


def _keyed(row: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(key(word) for word in row.get(name, ()))


def indexed(found: Iterable[Entry]) -> Phrases:
    """Entries by their first word."""
    table: dict[str, list[Entry]] = {}
    for entry in found:
        table.setdefault(entry.words[0], []).append(entry)
    return {first: sorted(rows, key=lambda row: -len(row.words)) for first, rows in table.items()}


def find(text: str, table: Phrases) -> Iterator[tuple[Entry, Span]]:
    """The entries that stand in a text, in order and apart. Those that share words go together as one."""
    row = tokens(text)
    held: tuple[Entry, Span] | None = None
    for at in [at for at, word in enumerate(row.keys) if word in table]:
        entry = next((each for each in table[row.keys[at]] if _stands(text, row, at, each)), None)
        if entry is None:
            continue
        start, end = row.places[at][0], row.places[at + len(entry.words) - 1][1]
        if held is not None and start < held[1].end:
            held = held[0], Span(held[1].start, max(held[1].end, end))
            continue
        if held is not None:
            yield held
        held = entry, Span(start, end)
    if held is not None:
        yield held


def _stands(text: str, row: Words, at: int, entry: Entry) -> bool:
    end = at + len(entry.words)
    if tuple(row.keys[at:end]) != entry.words:
        return False
    if not all(_joined(text, row, number) for number in range(at, end - 1)):
        return False
    before = row.keys[at - 1] if at and _joined(text, row, at - 1) else ""
    behind = row.keys[end] if end < len(row.keys) and _joined(text, row, end - 1) else ""
    if before in entry.not_before or behind in entry.not_behind:
        return False
    if entry.before or entry.behind:
        return before in entry.before or behind in entry.behind
    return True


def _joined(text: str, row: Words, at: int) -> bool:
    """Whether nothing but space or a hyphen parts a word from the next; a long gap is markup that was taken out."""
    gap = text[row.places[at][1] : row.places[at + 1][0]]
    return len(gap) <= 40 and (gap.isspace() or gap in "-‑–") and "\n\n" not in gap


def own_words(draft: Draft, table: Phrases) -> Iterator[tuple[Entry, Span]]:
    """The entries in what the writer says himself, in title, summary and text."""
    own = Own(draft)
    for entry, span in find(shown(draft), table):
        if own.says(span.start):
            yield entry, span


class Own:
    """Tells what the writer says himself from the quotations that are cited or the claim's.

    In title and summary, where nothing can be cited, whatever stands in quotation marks is another's.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._quotations = sorted(draft.quotations, key=lambda each: each.span.start)
        self._starts = [each.span.start for each in self._quotations]
        self._claims = claim_words(draft)
        self._known: dict[str, bool] = {}

    def says(self, at: int) -> bool:
        """Whether what stands at a place is the writer's own."""
        if at < self._draft.body.start:
            return not self._is_quoted_in_front(at)
        number = bisect_right(self._starts, at) - 1
        if number < 0 or at >= self._quotations[number].span.end:
            return True
        return not self.is_anothers(number)

    def is_anothers(self, number: int) -> bool:
        """Whether a quotation, by its number in order of place, is cited or the claim's."""
        quotation = self._quotations[number]
        if quotation.cites:
            return True
        if quotation.text not in self._known:
            self._known[quotation.text] = is_bound(quotation, self._claims)
        return self._known[quotation.text]

    def text(self, span: Span) -> str:
        """The prose of a place, with spaces for the words of others."""
        letters = list(self._draft.prose[span.start : span.end])
        number = max(0, bisect_right(self._starts, span.start) - 1)
        while number < len(self._starts) and self._starts[number] < span.end:
            quoted = self._quotations[number].span
            start, end = max(quoted.start, span.start) - span.start, min(quoted.end, span.end) - span.start
            if start < end and self.is_anothers(number):
                letters[start:end] = " " * (end - start)
            number += 1
        return "".join(letters)

    def _is_quoted_in_front(self, at: int) -> bool:
        for name in ("title", "summary"):
            for span in self._draft.field(name).spans:
                if span.start <= at < span.end:
                    # The marks that YAML puts around a whole value quote nobody.
                    edge = self._draft.source[span.start] in "\"'"
                    inside = _QUOTED.finditer(self._draft.source, span.start + edge, span.end - edge)
                    return any(found.start() <= at < found.end() for found in inside)
        return False

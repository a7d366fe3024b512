"""The names of a draft, and whether a source has them.

A name is a row of words with a capital that does not only begin a sentence. It is taken apart at titles, at little
words and at words that are in many names (`University`); of what is left each pair of neighbours must be neighbours in
a source too, so that a surname alone is known from the full name, and two known people are not one new person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from unicodedata import normalize

from factdesk.domain.matches import Span
from factdesk.lint.common_names import (
    ALSO_GIVEN_NAMES,
    GENERIC,
    IN_VIETNAMESE_NAMES,
    KNOWN,
    LONGEST,
    NO_NAMES,
    TITLES,
    VIETNAMESE_BEGINNINGS,
)
from factdesk.lint.sources import written
from factdesk.text.fold import fold

_CAPITAL = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸŁŠŽČĆŚŹŻĞİŞŐŰŘŤĎŇ"
_WORD = rf"[{_CAPITAL}][\w\u0300-\u036f]*(?:['’.][{_CAPITAL}]?[\w\u0300-\u036f]+|[-‑][\w\u0300-\u036f]+)*"
_ROW = re.compile(rf"(?<![\w@#/\\.\-‑]){_WORD}(?:[ \t]{{1,3}}{_WORD})*(?![\w@/])")
_ONE = re.compile(_WORD)
_PLAIN = re.compile(r"[\w\u0300-\u036f]+(?:['’.\-‑][\w\u0300-\u036f]+)*")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]")
_POSSESSIVE = re.compile(r"['’]s?\Z")
# `Kowalska's`, `Paris-based`, `Covid-19` are Kowalska, Paris and Covid.
_BARE = re.compile(r"(?:['’]s?|[-‑][^\W_A-Z].*)\Z")
_STARTS = re.compile(r"(?:\A|[.!?…:;•|(\[“\"‘«–—-])[\s*_“\"‘«(\[]*\Z")
_ALL_COMMON = 3
_UNIT = 4
"""Letters of units with a capital inside: `GHz`."""
_LEAST = 5
"""Letters of a single word that is looked for among words without a capital too."""


Vocabulary = tuple[frozenset[str], frozenset[tuple[str, str]]]
"""Words, and the pairs of them that are neighbours."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: its place, and its words, folded, in rows that must stand in a source as they are."""

    span: Span
    rows: tuple[tuple[str, ...], ...]


def names_in(text: str) -> Iterator[Name]:
    """The names of a sentence, with places into it. A single word that begins a sentence is none."""
    for found in _ROW.finditer(text):
        tokens = [(each[0], found.start() + each.start()) for each in _ONE.finditer(found[0])]
        begins = found.start() == 0 or _STARTS.search(text, max(0, found.start() - 8), found.start())
        leaves = bool(begins) and _begun(tokens[0][0])
        if begins and not _known_at([_form(token) for token, _ in tokens], 0):
            tokens = tokens[1:]
        rows = tuple(_rows([token for token, _ in tokens]))
        if rows:
            yield Name(Span(tokens[0][1] if leaves else found.start(), found.end()), rows)


def _begun(token: str) -> bool:
    """Whether a word has its capital because a sentence begins with it."""
    return _tells_nothing(token, _form(token)) or token.lower() in VIETNAMESE_BEGINNINGS


def _rows(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A name's words without those that are known, taken apart there."""
    forms = [_form(token) for token in tokens]
    row: list[str] = []
    at = 0
    while at < len(forms):
        known = _known_at(forms, at)
        if row and (forms[at] in ALSO_GIVEN_NAMES if known == 1 else _begins_office(tokens[at])):
            known = 0
            row.append(forms[at])
        elif known or _tells_nothing(tokens[at], forms[at]):
            if row:
                yield tuple(row)
            row = []
        else:
            row.append(forms[at])
        at += known or 1
    if row:
        yield tuple(row)
    elif len(forms) >= _ALL_COMMON and all(form in GENERIC for form in forms):
        # `North Sea Council` is a name, made of words that are none.
        yield tuple(forms)


def _known_at(forms: Sequence[str], at: int) -> int:
    """How many words from a place on are a name that everyone knows."""
    lengths = range(min(LONGEST, len(forms) - at), 0, -1)
    return next((length for length in lengths if tuple(forms[at : at + length]) in KNOWN), 0)


def _tells_nothing(token: str, form: str) -> bool:
    # Abbreviations have a rule of their own; a number with a letter, or one letter, is no name.
    capitals, letters = sum(map(str.isupper, token)), len(_LETTERS.findall(token))
    if letters < 2 or token.upper() == token or (capitals > 1 and letters <= _UNIT) or _DIGIT.search(token):
        return True
    if form in NO_NAMES or form in TITLES or form in GENERIC or form.removesuffix("s") in GENERIC:
        return True
    return _begins_office(token)


def _begins_office(token: str) -> bool:
    return normalize("NFC", token.lower()) in IN_VIETNAMESE_NAMES


@lru_cache(maxsize=16384)
def _form(token: str) -> str:
    return fold(_BARE.sub("", token))


class Names:
    """The names of several texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    @cached_property
    def _capital(self) -> Vocabulary:
        """The words with a capital, and the pairs of them that are neighbours."""
        return _joined(_capitals_of(text) for text in self._texts)

    @cached_property
    def _every(self) -> Vocabulary:
        """The same for words of any case: people type names in small letters."""
        return _joined(_vocabulary_of(text) for text in self._texts)

    def writes(self, words: str) -> bool:
        """Whether a name is written just so in one of the texts."""
        return any(written(words, text) for text in self._texts)

    def has(self, row: Sequence[str]) -> bool:
        """Whether a row of a name's words stands in the texts, pair by pair."""
        words, pairs = self._capital
        if len(row) == 1:
            return row[0] in words or (len(row[0]) >= _LEAST and row[0] in self._every[0])
        return all(pair in pairs or pair in self._every[1] for pair in pairwise(row))


def _joined(several: Iterable[Vocabulary]) -> Vocabulary:
    known = list(several)
    words, pairs = frozenset[str](), frozenset[tuple[str, str]]()
    return words.union(*(each for each, _ in known)), pairs.union(*(each for _, each in known))


@lru_cache(maxsize=256)
def _capitals_of(text: str) -> Vocabulary:
    return _vocabulary([_form(token) for token in _ONE.findall(row)] for row in set(_ROW.findall(text)))


@lru_cache(maxsize=256)
def _vocabulary_of(text: str) -> Vocabulary:
    return _vocabulary([_words_of(text)])


def _vocabulary(rows: Iterable[Sequence[str]]) -> Vocabulary:
    words: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for row in rows:
        words.update(row)
        pairs.update(pairwise(row))
    return frozenset(words), frozenset(pairs)


def _words_of(text: str) -> list[str]:
    return [_POSSESSIVE.sub("", word) for word in _PLAIN.findall(fold(text))]

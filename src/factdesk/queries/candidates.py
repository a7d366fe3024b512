"""The known claims that could be the one a message makes, taken out of index and record and taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from factdesk.domain.matches import Verdict
from factdesk.domain.reviews import Review
from factdesk.encode.base import Vectors
from factdesk.match.features import Candidate, Rarity, rarity_of
from factdesk.match.words import words_of
from factdesk.queries.desk import Desk
from factdesk.queries.filters import passes
from factdesk.queries.prepare import Prepared
from factdesk.search.base import Filter, Hits, SearchIndex
from factdesk.search.documents import texts_of
from factdesk.store.reviews import current_reviews, find_by_numbers, find_by_urls

DEPTH = 16
BY_SENTENCE = 4
"""Candidates by words, and as many by meaning; by words of each sentence. With 30 and 6, on which the table learned,
MAP@5 is no better (.9389 against .9399 on clef2020-en test) and an answer takes half as long again."""
MOST_REMEMBERED = 10_000
"""Reviews kept taken apart, some 5 kB each."""
MOST_TERMS = 500_000

NOTHING_SAID: Mapping[int, Verdict] = {}


@dataclass(frozen=True, slots=True)
class Known:
    """One candidate: its number in the record, its review, and the review taken apart."""

    number: int
    id: str
    review: Review
    parts: Candidate
    linked: bool = False


class Rarities:
    """How rare each term is in the index, asked for once: `known`, by term."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._documents = max(1, len(index))
        self.known: dict[str, float] = {}

    def learn(self, terms: set[str]) -> None:
        """Ask the index for the terms that were not asked for yet, all at once."""
        missing = sorted(terms - self.known.keys())
        if len(self.known) > MOST_TERMS:
            self.known.clear()
            missing = sorted(terms)
        if missing:
            counts = self._index.document_frequency(missing)
            self.known.update(zip(missing, (rarity_of(count, self._documents) for count in counts), strict=True))


@dataclass(slots=True)
class Shelf:
    """What a process has taken out of index and record and need not take out again while they stand."""

    seq: int = -1
    head: int = -1
    known: dict[int, Known] = field(default_factory=dict)
    rarities: Rarities | None = None

    @property
    def rarity(self) -> Rarity:
        """How rare each term is that was asked for."""
        return self.rarities.known if self.rarities is not None else {}

    def at(self, index: SearchIndex, head: int = -1) -> Shelf:
        """The shelf, emptied of what has moved on since: `head` is the newest event of the record."""
        if self.seq != index.seq or self.rarities is None:
            self.seq, self.known, self.rarities = index.seq, {}, Rarities(index)
        if self.head != head or len(self.known) > MOST_REMEMBERED:
            self.head, self.known = head, {}
        return self


def candidates(
    desk: Desk,
    index: SearchIndex,
    shelf: Shelf,
    prepared: Prepared,
    vectors: Vectors,
    where: Filter,
    judged: Mapping[int, Verdict] = NOTHING_SAID,
    *,
    depth: int = DEPTH,
) -> list[Known]:
    """The candidates of one message: those it links to, those a person confirmed, then those found by searching.

    `vectors` are those of `prepared.texts`, compared; `depth` is how many are asked for by words, and by meaning.
    """
    linked, confirmed = _named(desk, prepared.links, judged, where)
    hits = (int(key) for found in _hits(index, prepared, vectors, where, depth) for key in found.keys)
    numbers = list(dict.fromkeys((*linked, *confirmed, *hits)))
    taken = _taken_out(desk, index, shelf, numbers)
    found = [replace(known, linked=True) if known.number in linked else known for known in taken]
    if shelf.rarities is not None:
        terms = set(prepared.words.distinct)
        terms.update(*(known.parts.claim.distinct for known in found), *(known.parts.title.distinct for known in found))
        shelf.rarities.learn(terms)
    return found


def taken_apart(review: Review, vectors: Vectors) -> Candidate:
    """A review as the matcher compares it: its title counts only where it says something else than its claim."""
    texts = texts_of(review)
    return Candidate(words_of(texts[0]), words_of(texts[1] if len(texts) > 1 else ""), vectors)


def _hits(index: SearchIndex, prepared: Prepared, vectors: Vectors, where: Filter, depth: int) -> Iterator[Hits]:
    if not prepared.words.sequence:
        return
    yield index.words(prepared.text, depth, where)
    yield index.meaning(vectors[:1], depth, where)
    if len(vectors) > 1:
        yield index.meaning(vectors, depth, where)
    for part in prepared.parts:
        yield index.words(part.text, BY_SENTENCE, where)


def _named(
    desk: Desk, links: Sequence[str], judged: Mapping[int, Verdict], where: Filter
) -> tuple[frozenset[int], frozenset[int]]:
    """Reviews whose page the message links to, and those that a person confirmed for it, of those that may answer."""
    confirmed = [number for number, verdict in judged.items() if verdict == "confirmed"]
    if not links and not confirmed:
        return frozenset(), frozenset()
    with desk.record.read() as session:
        pages = find_by_urls(session, {twin for link in links for twin in twins_of(link)})
        said = find_by_numbers(session, confirmed)
    linked = frozenset(row.number for rows in pages.values() for row in rows if passes(row, where))
    return linked, frozenset(row.number for row in said.values() if passes(row, where))


def twins_of(link: str) -> Iterator[str]:
    """An address as different people write it: with or without `www.`, a slash at its end, and encryption."""
    host, _, path = link.partition("://")[2].partition("/")
    bare, path = host.removeprefix("www."), path.rstrip("/")
    for scheme in ("https", "http"):
        for name in (bare, f"www.{bare}"):
            yield f"{scheme}://{name}/{path}"
            if path:
                yield f"{scheme}://{name}/{path}/"


def _taken_out(desk: Desk, index: SearchIndex, shelf: Shelf, numbers: Sequence[int]) -> list[Known]:
    """The numbered reviews off the shelf, after putting there what was missing; without those that are gone."""
    missing = [number for number in numbers if number not in shelf.known]
    if missing:
        with desk.record.read() as session:
            reviews = current_reviews(session, missing)
        for number, rows in zip(missing, index.vectors(missing), strict=True):
            if number in reviews and len(rows):
                own, review = reviews[number]
                shelf.known[number] = Known(number, own, review, taken_apart(review, rows))
    return [shelf.known[number] for number in numbers if number in shelf.known]

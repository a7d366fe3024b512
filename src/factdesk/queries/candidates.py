"""The known claims that could be the one a message makes, taken out of index and record and taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from factdesk.domain.reviews import Review
from factdesk.encode.base import Vectors
from factdesk.match.features import Candidate, Rarity, rarity_of
from factdesk.match.words import words_of
from factdesk.queries.desk import Desk
from factdesk.queries.prepare import Prepared
from factdesk.search.base import Filter, Hits, SearchIndex
from factdesk.search.documents import texts_of
from factdesk.store.reviews import current_reviews, find_by_urls

BY_WORDS = 30
BY_MEANING = 30
BY_SENTENCE = 6
"""Candidates of each kind: the ranker learned on as many."""
MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Known:
    """One candidate: its number in the record, its review, and the review taken apart."""

    number: int
    id: str
    review: Review
    parts: Candidate
    linked: bool = False


class Rarities(Mapping[str, float]):
    """How rare each term is in the index, asked for once."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._documents = max(1, len(index))
        self._known: dict[str, float] = {}

    def learn(self, terms: set[str]) -> None:
        """Ask the index for the terms that were not asked for yet, all at once."""
        missing = sorted(terms - self._known.keys())
        if missing:
            counts = self._index.document_frequency(missing)
            self._known.update(zip(missing, (rarity_of(count, self._documents) for count in counts), strict=True))

    def __getitem__(self, term: str) -> float:
        return self._known[term]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


@dataclass(slots=True)
class Shelf:
    """What a process has taken out of the record and need not take out again while the record stands."""

    seq: int = -1
    reviews: dict[int, tuple[str, Review]] = field(default_factory=dict)
    rarities: Rarities | None = None

    @property
    def rarity(self) -> Rarity:
        """How rare each term is that was asked for."""
        return self.rarities if self.rarities is not None else {}

    def at(self, index: SearchIndex) -> Shelf:
        """The shelf, emptied when the index has moved on."""
        if self.seq != index.seq or self.rarities is None or len(self.reviews) > MOST_REMEMBERED:
            self.seq, self.reviews, self.rarities = index.seq, {}, Rarities(index)
        return self


def candidates(
    desk: Desk, index: SearchIndex, shelf: Shelf, prepared: Prepared, vectors: Vectors, where: Filter
) -> list[Known]:
    """The candidates of one message, those of its links first. `vectors` are those of `prepared.texts`, compared."""
    linked = _linked(desk, prepared.links)
    numbers = list(
        dict.fromkeys((*linked, *(int(key) for hits in _hits(index, prepared, vectors, where) for key in hits.keys)))
    )
    reviews = _reviews(desk, shelf, numbers)
    rows = dict(zip(numbers, index.vectors(numbers), strict=True))
    found = [
        Known(number, *reviews[number], taken_apart(reviews[number][1], rows[number]), number in linked)
        for number in numbers
        if number in reviews and len(rows[number])
    ]
    if shelf.rarities is not None:
        terms = set(prepared.words.distinct)
        for known in found:
            terms |= known.parts.claim.distinct | known.parts.title.distinct
        shelf.rarities.learn(terms)
    return found


def taken_apart(review: Review, vectors: Vectors) -> Candidate:
    """A review as the matcher compares it: its title counts only where it says something else than its claim."""
    texts = texts_of(review)
    return Candidate(words_of(texts[0]), words_of(texts[1] if len(texts) > 1 else ""), vectors)


def _hits(index: SearchIndex, prepared: Prepared, vectors: Vectors, where: Filter) -> Iterator[Hits]:
    if not prepared.words.sequence:
        return
    yield index.words(prepared.text, BY_WORDS, where)
    yield index.meaning(vectors[:1], BY_MEANING, where)
    if len(vectors) > 1:
        yield index.meaning(vectors, BY_MEANING, where)
    for part in prepared.parts:
        yield index.words(part.text, BY_SENTENCE, where)


def _linked(desk: Desk, links: Sequence[str]) -> tuple[int, ...]:
    """Reviews whose own page, or whose claim's appearance, the message links to."""
    if not links:
        return ()
    with desk.record.read() as session:
        pages = find_by_urls(session, links)
    return tuple(row.number for rows in pages.values() for row in rows if row.deleted_at is None)


def _reviews(desk: Desk, shelf: Shelf, numbers: Sequence[int]) -> dict[int, tuple[str, Review]]:
    missing = [number for number in numbers if number not in shelf.reviews]
    if missing:
        with desk.record.read() as session:
            shelf.reviews.update(current_reviews(session, missing))
    return {number: shelf.reviews[number] for number in numbers if number in shelf.reviews}

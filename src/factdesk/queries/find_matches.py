"""The first thing a desk needs: what is already known of a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from factdesk.domain.matches import Answer, Match
from factdesk.encode.base import Vectors
from factdesk.queries.by_claim import Findings, by_claim
from factdesk.queries.candidates import DEPTH, Shelf, candidates
from factdesk.queries.desk import Desk, Progress, no_progress
from factdesk.queries.filters import Gate, MatchFilter
from factdesk.queries.prepare import Prepared, prepare, prepare_asked
from factdesk.queries.ranking import rank
from factdesk.search.base import SearchIndex
from factdesk.store.events import head
from factdesk.store.judgements import live_judgements, message_digest

__all__ = ["BulkRow", "Finder", "MatchFilter", "bulk_matches", "find_matches"]

CUT = "The message is long: only its beginning was looked up. Ask the rest by itself."
CHUNK = 64
"""Messages encoded at a time in bulk."""


@dataclass(frozen=True, slots=True)
class BulkRow:
    """The answer to one of many messages: matches, best first, whatever their decision."""

    id: str
    matches: tuple[Match, ...]


@dataclass(slots=True)
class Finder:
    """Finds matches in one desk. Keep it: what it took out of the record once it need not take out again."""

    desk: Desk
    where: MatchFilter = field(default_factory=MatchFilter)
    _shelf: Shelf = field(default_factory=Shelf)
    _gate: Gate = field(init=False)

    def __post_init__(self) -> None:
        self._gate = Gate(self.where)

    def answer(self, message: str, top: int = 5) -> Answer:
        """What is known of a message, claim by claim.

        Raises `InputError` for a message that says nothing, `NotFoundError` for a publisher nobody knows.
        """
        prepared = prepare_asked(message)
        if prepared.cut:
            self.desk.tell(CUT)
        vectors = self.desk.matcher.project(self.desk.encoder.encode(prepared.texts))
        digest = message_digest(message)
        found = self._found(None, prepared, vectors, digest, top)
        return Answer(digest, message, prepared.language, by_claim(self.desk, prepared, found, top))

    def many(
        self, rows: Iterable[tuple[str, str]], top: int = 20, progress: Progress = no_progress
    ) -> Iterator[BulkRow]:
        """The answers to many messages, in their order."""
        index = self.desk.index()
        walk, done = iter(rows), 0
        while chunk := list(islice(walk, CHUNK)):
            messages = [prepare(message) for _, message in chunk]
            vectors = map(self.desk.matcher.project, encoded(self.desk, messages))
            for (own_id, message), prepared, own in zip(chunk, messages, vectors, strict=True):
                found = self._found(index, prepared, own, message_digest(message), top)
                yield BulkRow(own_id, tuple(found.explained(prepared, item) for item in found.ranked[:top]))
                done += 1
                progress(done, None)

    def _found(
        self, index: SearchIndex | None, prepared: Prepared, vectors: Vectors, digest: str, top: int
    ) -> Findings:
        with self.desk.record.read() as session:
            seq, judged = head(session)[0], live_judgements(session, digest)
        index = self.desk.index_at(seq) if index is None else index
        shelf = self._shelf.at(index, seq)
        where = self._gate.at(self.desk, seq)
        known = candidates(self.desk, index, shelf, prepared, vectors, where, judged, depth=max(DEPTH, top))
        ranked = rank(self.desk.matcher, prepared, vectors, known, shelf.rarity, judged)
        return Findings(ranked, vectors, shelf.rarity)


def find_matches(desk: Desk, message: str, *, top: int = 5, where: MatchFilter | None = None) -> Answer:
    """What is known of a message, claim by claim: see `Finder.answer`."""
    return Finder(desk, where or MatchFilter()).answer(message, top)


def bulk_matches(
    desk: Desk,
    rows: Iterable[tuple[str, str]],
    *,
    top: int = 20,
    where: MatchFilter | None = None,
    progress: Progress = no_progress,
) -> Iterator[BulkRow]:
    """The answers to many messages, as pairs of id and text, in their order."""
    return Finder(desk, where or MatchFilter()).many(rows, top, progress)


def encoded(desk: Desk, messages: Sequence[Prepared]) -> Iterator[Vectors]:
    """The encoder's vectors of each message's texts, all encoded at once."""
    texts = [text for prepared in messages for text in prepared.texts]
    vectors = desk.encoder.encode(texts)
    at = 0
    for prepared in messages:
        yield vectors[at : at + len(prepared.texts)]
        at += len(prepared.texts)

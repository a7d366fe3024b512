"""The first thing a desk needs: what is already known of a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from factdesk.domain.matches import Answer, ClaimAnswer, Match, Span, Verdict
from factdesk.domain.ratings import disagreement
from factdesk.encode.base import Vectors
from factdesk.errors import NotFoundError
from factdesk.queries.candidates import Shelf, candidates
from factdesk.queries.desk import Desk, Progress, no_progress
from factdesk.queries.prepare import Prepared, prepare, prepare_asked
from factdesk.queries.ranking import Ranked, explained, rank
from factdesk.search.base import Filter
from factdesk.store.batches import day_number
from factdesk.store.judgements import live_judgements, message_digest
from factdesk.store.publishers import blocked_numbers, find_publishers

CHUNK = 64
"""Messages encoded at a time in bulk."""


@dataclass(frozen=True, slots=True)
class MatchFilter:
    """Which reviews may answer: languages by code, publishers by name or site, none before the day `since`."""

    languages: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    since: str = ""


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

    def answer(self, message: str, top: int = 5) -> Answer:
        """What is known of a message, claim by claim.

        Raises `InputError` for a message that says nothing, `NotFoundError` for a publisher nobody knows.
        """
        prepared = prepare_asked(message)
        index = self.desk.index()
        shelf = self._shelf.at(index)
        vectors = self.desk.matcher.project(self.desk.encoder.encode(prepared.texts))
        found = candidates(self.desk, index, shelf, prepared, vectors, self._filter())
        digest = message_digest(message)
        ranked = rank(self.desk.matcher, prepared, vectors, found, shelf.rarity, self._judged(digest))
        claims = _by_claim(self.desk, prepared, ranked, vectors, shelf, top)
        return Answer(digest, message, prepared.language, claims)

    def many(
        self, rows: Iterable[tuple[str, str]], top: int = 20, progress: Progress = no_progress
    ) -> Iterator[BulkRow]:
        """The answers to many messages, in their order."""
        index, where = self.desk.index(), self._filter()
        walk, done = iter(rows), 0
        while chunk := list(islice(walk, CHUNK)):
            messages = [prepare(message) for _, message in chunk]
            vectors = _encoded(self.desk, messages)
            for (own_id, message), prepared, own in zip(chunk, messages, vectors, strict=True):
                shelf = self._shelf.at(index)
                found = candidates(self.desk, index, shelf, prepared, own, where)
                judged = self._judged(message_digest(message))
                ranked = rank(self.desk.matcher, prepared, own, found, shelf.rarity, judged)
                yield BulkRow(own_id, tuple(explained(prepared, item, shelf.rarity, own) for item in ranked[:top]))
                done += 1
                progress(done, None)

    def _judged(self, digest: str) -> dict[int, Verdict]:
        with self.desk.record.read() as session:
            return live_judgements(session, digest)

    def _filter(self) -> Filter:
        with self.desk.record.read() as session:
            wanted: set[int] = set()
            for who in self.where.publishers:
                rows = find_publishers(session, who)
                if not rows:
                    raise NotFoundError(
                        "No publisher is called {who}.", remedy="See the list with: factdesk publishers list", who=who
                    )
                wanted |= {row.number for row in rows}
            blocked = blocked_numbers(session)
        since = day_number(self.where.since) if self.where.since else 0
        return Filter(self.where.languages, frozenset(wanted), blocked, since)


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


def _encoded(desk: Desk, messages: Sequence[Prepared]) -> Iterator[Vectors]:
    """The compared vectors of each message's texts, all encoded at once."""
    texts = [text for prepared in messages for text in prepared.texts]
    vectors = desk.matcher.project(desk.encoder.encode(texts))
    at = 0
    for prepared in messages:
        yield vectors[at : at + len(prepared.texts)]
        at += len(prepared.texts)


def _by_claim(
    desk: Desk, prepared: Prepared, ranked: Sequence[Ranked], vectors: Vectors, shelf: Shelf, top: int
) -> tuple[ClaimAnswer, ...]:
    """The matches under the sentence each is nearest to; of the other sentences, those that can be checked."""
    rarity = shelf.rarity
    matches = [(item, explained(prepared, item, rarity, vectors)) for item in ranked[: max(top, 1) * 3]]
    if not prepared.parts:
        return (_claim(prepared.text, prepared.span.start, prepared.span.end, [match for _, match in matches], top),)
    # Told apart only where there are several: most messages are one sentence, and need no second model.
    from factdesk.claims.kinds import judge_sentences

    kinds = judge_sentences(prepared.message, desk.encoder, prepared.language)
    checkable = [(item.span.start, item.span.end) for item in kinds if item.kind == "checkable"]
    answers = []
    for number, part in enumerate(prepared.parts):
        own = [match for item, match in matches if item.part == number]
        can_be_checked = any(start < part.span.end and part.span.start < end for start, end in checkable)
        if can_be_checked or any(match.decision != "none" for match in own):
            answers.append(_claim(part.text, part.span.start, part.span.end, own, top))
    if answers:
        return tuple(answers)
    return (_claim(prepared.text, prepared.span.start, prepared.span.end, [match for _, match in matches], top),)


def _claim(text: str, start: int, end: int, matches: Sequence[Match], top: int) -> ClaimAnswer:
    shown = tuple(matches[:top])
    return ClaimAnswer(
        text, Span(start, end), shown, disagreement([match.review for match in shown if match.decision == "same"])
    )

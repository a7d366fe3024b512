"""What a desk's library holds that bears on a claim: passages, best first, grouped by the source they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from factdesk.domain.evidence import EvidenceAnswer, EvidenceFilter, SourceHit
from factdesk.domain.stance import StanceHint
from factdesk.encode.base import Vectors
from factdesk.errors import DeskBusyError, DeskReadOnlyError, ResourceError
from factdesk.match.bearing import Claim
from factdesk.queries.desk import BEHIND, Desk, Progress, no_progress
from factdesk.queries.evidence_candidates import DEPTH, Shelf, candidates
from factdesk.queries.evidence_copies import Copies, collapsed
from factdesk.queries.evidence_ranking import Ranked, by_source, claim_of, explained, rank
from factdesk.queries.find_matches import encoded
from factdesk.queries.indexing import followed, of_passages, opened
from factdesk.queries.prepare import Prepared, prepare, prepare_asked
from factdesk.search.base import Filter, SearchIndex
from factdesk.store.batches import day_number

CUT = "The claim is long: only its beginning was looked up. Ask the rest by itself."
CHUNK = 64
"""Claims encoded at a time in bulk."""
PER_SOURCE = 2
"""Passages of one source that are shown."""


@dataclass(frozen=True, slots=True)
class BulkEvidence:
    """The answer to one of many claims: a source's own id (its capture's id where it has none) and score, and why."""

    id: str
    sources: tuple[SourceHit, ...]


@dataclass(slots=True)
class EvidenceFinder:
    """Finds evidence in one desk. Keep it: what it took out of the record once it need not take out again."""

    desk: Desk
    where: EvidenceFilter = field(default_factory=EvidenceFilter)
    _index: SearchIndex | None = None
    _shelf: Shelf = field(default_factory=Shelf)

    def answer(self, claim: str, top: int = 5) -> EvidenceAnswer:
        """What bears on a claim, with what each source seems to do to it. Raises `InputError` for an empty claim."""
        prepared = prepare_asked(claim)
        if prepared.cut:
            self.desk.tell(CUT)
        vectors = self.desk.encoder.encode(prepared.texts)
        taken, ranked = self._ranked(self.index(), prepared, vectors, top)
        groups, copies = collapsed(self.desk, by_source(ranked), top)
        sources = tuple(self._source(prepared, taken, group, copies) for group in groups)
        return EvidenceAnswer(claim, prepared.language, self._hinted(prepared, sources))

    def many(
        self, rows: Iterable[tuple[str, str]], top: int = 20, progress: Progress = no_progress
    ) -> Iterator[BulkEvidence]:
        """The answers to many claims, in their order; copies stand beside one another, and nothing is hinted."""
        index, walk, done = self.index(), iter(rows), 0
        while chunk := list(islice(walk, CHUNK)):
            claims = [prepare(text) for _, text in chunk]
            for (own_id, _), prepared, own in zip(chunk, claims, encoded(self.desk, claims), strict=True):
                taken, ranked = self._ranked(index, prepared, own, top)
                groups = [group[:1] for group in by_source(ranked)[:top]]
                yield BulkEvidence(own_id, tuple(self._source(prepared, taken, group, {}) for group in groups))
                done += 1
                progress(done, None)

    def index(self, progress: Progress = no_progress) -> SearchIndex:
        """The index of passages, brought to the newest event of the record."""
        kind = of_passages(self.desk)
        if self._index is None:
            self._index = opened(self.desk, kind, progress)
            return self._index
        try:
            followed(self.desk, kind, self._index, progress)
        except (DeskBusyError, DeskReadOnlyError):
            self.desk.tell(BEHIND)
        return self._index

    def close(self) -> None:
        """Let go of the index."""
        if self._index is not None:
            self._index.close()

    def _ranked(self, index: SearchIndex, prepared: Prepared, vectors: Vectors, top: int) -> tuple[Claim, list[Ranked]]:
        where = Filter(self.where.languages, since=day_number(self.where.since) if self.where.since else 0)
        shelf = self._shelf.at(index)
        found = candidates(self.desk, index, shelf, prepared, vectors, where, max(DEPTH, 2 * top))
        claim = claim_of(prepared, vectors, self.desk.encoder.name)
        return claim, rank(prepared, claim, found, shelf.rarity, primary=self.where.primary)

    def _source(self, prepared: Prepared, claim: Claim, group: Sequence[Ranked], copies: Copies) -> SourceHit:
        stored = group[0].known.stored
        capture, rarity = stored.capture, self._shelf.rarity
        return SourceHit(
            capture=stored.id,
            own_id=capture.own_id,
            title=capture.about.title,
            source=capture.source,
            date=capture.about.published,
            captured=capture.time.date().isoformat(),
            language=group[0].known.language,
            origin=capture.origin,
            supplied=capture.supplied,
            ocr=capture.ocr,
            primary=capture.primary,
            score=group[0].score,
            passages=tuple(explained(prepared, claim, item, rarity) for item in group[:PER_SOURCE]),
            copies=copies.get(stored.id, ()),
            bears=any(item.bears for item in group[:PER_SOURCE]),
        )

    def _hinted(self, prepared: Prepared, sources: tuple[SourceHit, ...]) -> tuple[SourceHit, ...]:
        """The sources with a hint for the sentence that matters in the best passage of each, if that one bears."""
        best = [each.passages[0] for each in sources if each.passages[0].bears]
        found = iter(self._hints(prepared.text, [hit.text[hit.marked.start : hit.marked.end] for hit in best]))
        return tuple(
            replace(each, passages=(replace(each.passages[0], hint=next(found)), *each.passages[1:]))
            if each.passages[0].bears
            else each
            for each in sources
        )

    def _hints(self, claim: str, texts: Sequence[str]) -> list[StanceHint | None]:
        from factdesk.match.stance import hints

        try:
            return list(hints([(claim, text) for text in texts], self.desk.encoder))
        except ResourceError:
            # Another encoder than the table was learned on: evidence is found all the same.
            return [None] * len(texts)


def find_evidence(desk: Desk, claim: str, *, top: int = 5, where: EvidenceFilter | None = None) -> EvidenceAnswer:
    """What bears on a claim: see `EvidenceFinder.answer`."""
    return EvidenceFinder(desk, where or EvidenceFilter()).answer(claim, top)


def bulk_evidence(
    desk: Desk,
    rows: Iterable[tuple[str, str]],
    *,
    top: int = 20,
    where: EvidenceFilter | None = None,
    progress: Progress = no_progress,
) -> Iterator[BulkEvidence]:
    """The answers to many claims, as pairs of id and text, in their order."""
    return EvidenceFinder(desk, where or EvidenceFilter()).many(rows, top, progress)

"""The passages that could bear on a claim, taken out of index and record and taken apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.domain.matches import Span
from factdesk.encode.base import Vectors
from factdesk.match.bearing import Bare, Passage, shipped_bearing, taken_apart
from factdesk.match.features import Rarity
from factdesk.queries.candidates import Rarities, twins_of
from factdesk.queries.desk import Desk
from factdesk.queries.prepare import Prepared
from factdesk.search.base import Filter, SearchIndex
from factdesk.search.passages import above, capture_of, language_of, passage_key, rows_apart
from factdesk.store.blobs import get_text
from factdesk.store.captures import CAPTURES, Slice, StoredCapture, get_captures, slices_of
from factdesk.text.passages import piece_spans, sentence_spans

Centre = Callable[[Vectors], Vectors]
"""Takes off rows what the passages of a library have in common."""

DEPTH = 40
"""Candidates by words, and as many by meaning."""
LINKED = 40
"""Passages of a source that the claim links to which are looked at."""
MOST_REMEMBERED = 4_000
"""Passages kept taken apart, some 20 kB each."""


@dataclass(frozen=True, slots=True)
class Known:
    """One candidate: a passage, its capture, and the passage taken apart. `sentences` and `pieces`, of which `rows`
    float32[n, dimension] has one each where they are encoded, are places in the whole text."""

    key: int
    stored: StoredCapture
    slice: Slice
    text: str
    sentences: tuple[Span, ...]
    language: str
    parts: Passage
    pieces: tuple[Span, ...]
    rows: Vectors


@dataclass(slots=True)
class Shelf:
    """What a process has taken out of index and record and need not take out again while they stand."""

    seq: int = -1
    known: dict[int, Known] = field(default_factory=dict)
    rarities: Rarities | None = None

    @property
    def rarity(self) -> Rarity:
        """How rare each term is that was asked for."""
        return self.rarities.known if self.rarities is not None else {}

    def at(self, index: SearchIndex) -> Shelf:
        """The shelf, emptied of what has moved on since."""
        if self.seq != index.seq or self.rarities is None:
            self.seq, self.known, self.rarities = index.seq, {}, Rarities(index)
        if len(self.known) > MOST_REMEMBERED:
            self.known = {}
        return self


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of a claim, and the numbers of the captures that it links to."""

    known: list[Known]
    linked: frozenset[int]


def candidates(
    desk: Desk,
    index: SearchIndex,
    shelf: Shelf,
    prepared: Prepared,
    vectors: Vectors,
    where: Filter,
    depth: int = DEPTH,
) -> Found:
    """The candidates of one claim: those it links to, then those found by words and by meaning, `depth` of each.

    `vectors` are those of `prepared.texts`; a claim that the encoder cannot read is looked up by its words alone.
    """
    linked = _linked(desk, prepared.links) if prepared.links else {}
    keys = [key for own in linked.values() for key in own]
    if prepared.words.sequence:
        keys += index.words(prepared.text, depth, where).keys.tolist()
        if prepared.readable:
            keys += index.meaning(vectors, depth, where).keys.tolist()
    known = _taken_out(desk, index, shelf, list(dict.fromkeys(keys)))
    if shelf.rarities is not None:
        shelf.rarities.learn(set(prepared.words.distinct))
    return Found(known, frozenset(linked))


def _linked(desk: Desk, links: Sequence[str]) -> dict[int, list[int]]:
    """The keys of the first passages of the captures of an address, by the capture's number; of each the newest."""
    addresses = {twin for link in links for twin in twins_of(link)}
    with desk.record.read() as session:
        chosen = select(CAPTURES.c.url, CAPTURES.c.number).where(CAPTURES.c.url.in_(addresses))
        newest = {str(row.url): int(row.number) for row in session.execute(chosen.order_by(CAPTURES.c.number))}
        slices = slices_of(session, set(newest.values()))
    return {
        number: [passage_key(number, place) for place in range(len(own))[:LINKED]] for number, own in slices.items()
    }


def _taken_out(desk: Desk, index: SearchIndex, shelf: Shelf, keys: Sequence[int]) -> list[Known]:
    """The passages off the shelf, after putting there what was missing; without those that are gone."""
    missing = [key for key in keys if key not in shelf.known]
    if missing:
        firsts = sorted({passage_key(capture_of(key)[0], 0) for key in missing})
        wanted = list(dict.fromkeys((*missing, *firsts)))
        vectors = dict(zip(wanted, index.vectors(wanted), strict=True))
        centre = partial(
            shipped_bearing().passage_vectors, encoder=desk.encoder.name, mean=index.mean(), passages=len(index)
        )
        with desk.record.read() as session:
            for known in _read(session, desk.config, missing, vectors, centre):
                shelf.known[known.key] = known
    return [shelf.known[key] for key in keys if key in shelf.known]


def _read(
    session: Session, config: DeskConfig, keys: Collection[int], vectors: dict[int, Vectors], centre: Centre
) -> Iterator[Known]:
    """Passages out of the record, capture by capture, so that each text is read once."""
    places: dict[int, list[int]] = {}
    for key in keys:
        number, place = capture_of(key)
        places.setdefault(number, []).append(place)
    captures, slices = get_captures(session, places.keys()), slices_of(session, places.keys())
    for number, stored in captures.items():
        text = get_text(session, config, stored.capture.text_digest)
        code = language_of(stored.capture, text)
        own, titled = slices.get(number, ()), bool(stored.capture.about.title.strip())
        first = vectors[passage_key(number, 0)]
        title = first[-1:] if titled else first[:0]
        for place in places[number]:
            if place < len(own):
                key = passage_key(number, place)
                rows = vectors[key][:-1] if titled and not place else vectors[key]
                yield _known(key, stored, own[place], text, code, rows, title, centre)


def _known(
    key: int, stored: StoredCapture, part: Slice, text: str, code: str, rows: Vectors, title: Vectors, centre: Centre
) -> Known:
    own = text[part.start : part.end]
    spans = sentence_spans(text, part.start, part.end)
    pieces = piece_spans(spans)
    over = above(stored.capture.about.title, part.heading, own)
    found = rows_apart(rows, over=bool(over), pieces=len(pieces))
    bare = Bare(found.whole, title, found.inner)
    parts = taken_apart(_texts(text, spans), over, centre(found.whole), centre(title), bare)
    return Known(key, stored, part, own, spans, code, parts, pieces, found.pieces)


def _texts(text: str, spans: Iterable[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]

"""Passages of captures as the index of evidence holds them: a pure function of the record, safe to delete.

A passage is encoded and indexed with the title of its source and the heading above it, since it seldom says again what
it is about. One pass gives the vectors of the whole, of what stands over it, and of its sentences as they stand in it.
The title is encoded once more by itself, and goes with the first passage. Whoever encodes at capture and whoever
indexes ask the same texts of it: a text is its pieces, joined by `BETWEEN`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.domain.captures import Capture
from factdesk.domain.matches import Span
from factdesk.encode.base import Encoder, Vectors, encode_pieces
from factdesk.search.base import Document
from factdesk.search.source import Batch, Draft
from factdesk.store.batches import day_number
from factdesk.store.blobs import get_text
from factdesk.store.captures import CAPTURES, Slice, StoredCapture, all_captures, slices_of
from factdesk.store.reviews import parts
from factdesk.store.vectors import Vector, packed, unpacked
from factdesk.text.fold import fold
from factdesk.text.language import language
from factdesk.text.passages import piece_spans, sentence_spans

LONGEST_TITLE = 200
READ = 2_000
"""Characters of a text whose language is told where the source does not say."""
BATCH = 128
"""Captures that are read, and given to the index, at a time."""
BETWEEN = "\x1e"
"""Between the pieces of a text that is encoded: a control character that no page shows."""
PLACES = 1 << 20
"""Passages that a capture may have, and by which the index tells them apart."""


def passage_key(capture: int, place: int) -> int:
    """What the index knows a passage by: its capture's number in the record and its place there."""
    return capture * PLACES + place


def capture_of(key: int) -> tuple[int, int]:
    """The capture's number and the passage's place of a key."""
    return divmod(key, PLACES)


def above(title: str, heading: str, text: str) -> str:
    """What stands over a passage, on one line: title and heading, each but once, none that the passage begins with."""
    begins = fold(text[: 2 * LONGEST_TITLE])
    kept: list[str] = []
    for line in (_short(title), _short(heading)):
        if line and not begins.startswith(fold(line)) and fold(line) not in map(fold, kept):
            kept.append(line)
    return " – ".join(kept)


@dataclass(frozen=True, slots=True)
class Rows:
    """The vectors of a passage apart, each float32[n, dimension], without rows where it was not encoded.

    `whole` has one row, `pieces` one for each of `pieces_of`, `inner` another before them for what stands over it.
    """

    whole: Vectors
    inner: Vectors
    pieces: Vectors


def pieces_of(text: str, part: Slice) -> tuple[Span, ...]:
    """The places in a capture's text of the pieces of one of its passages."""
    return piece_spans(sentence_spans(text, part.start, part.end))


def passage_text(title: str, text: str, part: Slice) -> str:
    """The text of a passage that is encoded: what stands over it, then its pieces."""
    over = above(title, part.heading, text[part.start : part.end])
    pieces = [text[span.start : span.end].replace(BETWEEN, " ") for span in pieces_of(text, part)]
    return BETWEEN.join([over.replace(BETWEEN, " "), *pieces] if over else pieces)


def passage_texts(title: str, text: str, slices: Sequence[Slice]) -> list[str]:
    """The texts of a whole capture that are encoded: its passages in their order, and its title."""
    found = [passage_text(title, text, each) for each in slices[:PLACES]]
    return [*found, title_text(title)] if found and title.strip() else found


def title_text(title: str) -> str:
    """The text of a title that is encoded."""
    return _short(title.replace(BETWEEN, " "))


def vectors_name(encoder: str) -> str:
    """What the vectors of passages by an encoder are kept under."""
    return f"{encoder}+pieces-1"


def encode_passages(encoder: Encoder, texts: Sequence[str]) -> list[Vector]:
    """What the record keeps of each text: the row of the whole and, where there are several, those of its pieces."""
    rows = encode_pieces(encoder, [text.split(BETWEEN) for text in texts])
    return [packed(each if len(each) > 2 else each[:1]) for each in rows]


def rows_apart(rows: Vectors, *, over: bool, pieces: int) -> Rows:
    """The rows of a passage as `encode_passages` gives them, apart."""
    inner = rows[1:] if over + pieces > 1 else rows[:1]
    return Rows(rows[:1], inner, inner[int(over) :])


def _short(line: str) -> str:
    return " ".join(line.split())[:LONGEST_TITLE]


def language_of(capture: Capture, text: str) -> str:
    """The language of a capture as a code: what it says of itself, else what its beginning looks like."""
    said = capture.about.language.replace("_", "-").partition("-")[0].strip().lower()
    return said if said else language(text[:READ])


class PassageSource:
    """The passages of the record's captures. A capture is never changed, so nothing is ever gone."""

    def __init__(self, config: DeskConfig, dimension: int) -> None:
        self._config = config
        self._dimension = dimension

    def count(self, session: Session, after: int, upto: int) -> int:
        """How many captures were added."""
        chosen = select(func.count()).select_from(CAPTURES).where(CAPTURES.c.seq > after, CAPTURES.c.seq <= upto)
        return int(session.execute(chosen).scalar_one())

    def batches(self, session: Session, after: int, upto: int) -> Iterator[Batch]:
        """The passages of the captures that were added."""
        for captures in parts(all_captures(session, after, upto), BATCH):
            slices = slices_of(session, [stored.number for stored in captures])
            drafts = [
                draft
                for stored in captures
                if stored.number in slices
                for draft in self._drafts(session, stored, slices[stored.number])
            ]
            yield Batch(len(captures), (), drafts)

    def rows(self, kept: Vectors) -> Vectors:
        """Several rows are packed into one entry."""
        return unpacked(kept, self._dimension)

    def _drafts(self, session: Session, stored: StoredCapture, slices: Sequence[Slice]) -> Iterator[Draft]:
        text = get_text(session, self._config, stored.capture.text_digest)
        code, title = language_of(stored.capture, text), stored.capture.about.title
        day = day_number(stored.capture.about.published)
        for place, each in enumerate(slices[:PLACES]):
            own = text[each.start : each.end]
            over = above(title, each.heading, own)
            finish = partial(_document, passage_key(stored.number, place), own, over, code, day)
            texts = [passage_text(title, text, each)]
            if not place and title.strip():
                texts.append(title_text(title))
            yield Draft(tuple(texts), finish)


def _document(key: int, text: str, over: str, code: str, day: int, vectors: Vectors) -> Document:
    return Document(key, text, over, code, 0, day, np.ascontiguousarray(vectors, np.float32))

"""Passages of captures as the index of evidence holds them: a pure function of the record, safe to delete.

A passage is encoded and indexed with the title of its source and the heading above it, since it seldom says again what
it is about. The title is encoded once more by itself, and goes with the first passage. Whoever encodes at capture and
whoever indexes ask the same texts of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.domain.captures import Capture
from factdesk.encode.base import Vectors
from factdesk.search.base import Document
from factdesk.search.source import Batch, Draft
from factdesk.store.batches import day_number
from factdesk.store.blobs import get_text
from factdesk.store.captures import CAPTURES, Slice, StoredCapture, all_captures, slices_of
from factdesk.store.reviews import parts
from factdesk.text.fold import fold
from factdesk.text.language import language

LONGEST_TITLE = 200
READ = 2_000
"""Characters of a text whose language is told where the source does not say."""
BATCH = 128
"""Captures that are read, and given to the index, at a time."""
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


def passage_text(title: str, heading: str, text: str) -> str:
    """The text of a passage that is encoded."""
    over = above(title, heading, text)
    return f"{over}\n{text}" if over else text


def passage_texts(title: str, text: str, slices: Sequence[Slice]) -> list[str]:
    """The texts of a whole capture that are encoded: its passages in their order, and its title."""
    found = [passage_text(title, each.heading, text[each.start : each.end]) for each in slices[:PLACES]]
    return [*found, _short(title)] if found and title.strip() else found


def _short(line: str) -> str:
    return " ".join(line.split())[:LONGEST_TITLE]


def language_of(capture: Capture, text: str) -> str:
    """The language of a capture as a code: what it says of itself, else what its beginning looks like."""
    said = capture.about.language.replace("_", "-").partition("-")[0].strip().lower()
    return said if said else language(text[:READ])


class PassageSource:
    """The passages of the record's captures. A capture is never changed, so nothing is ever gone."""

    def __init__(self, config: DeskConfig) -> None:
        self._config = config

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

    def _drafts(self, session: Session, stored: StoredCapture, slices: Sequence[Slice]) -> Iterator[Draft]:
        text = get_text(session, self._config, stored.capture.text_digest)
        code, title = language_of(stored.capture, text), stored.capture.about.title
        day = day_number(stored.capture.about.published)
        for place, each in enumerate(slices[:PLACES]):
            own = text[each.start : each.end]
            over = above(title, each.heading, own)
            finish = partial(_document, passage_key(stored.number, place), own, over, code, day)
            texts = [passage_text(title, each.heading, own)]
            if not place and title.strip():
                texts.append(_short(title))
            yield Draft(tuple(texts), finish)


def _document(key: int, text: str, over: str, code: str, day: int, vectors: Vectors) -> Document:
    return Document(key, text, over, code, 0, day, np.ascontiguousarray(vectors, np.float32))

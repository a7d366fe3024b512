"""Bringing an index to the record, and building one anew. An index is a function of the record and of nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factdesk.encode.base import Vectors
from factdesk.search.base import Document, IndexDamagedError, SearchIndex
from factdesk.search.documents import document_of, texts_of
from factdesk.store.events import head
from factdesk.store.record import Record
from factdesk.store.reviews import REVIEWS, Change, changes_since, parts
from factdesk.store.vectors import get_vectors, vector_digest

BATCH = 512
"""Reviews that are read, and given to the index, at a time."""

Encode = Callable[[Sequence[str]], Vectors]
Project = Callable[[Vectors], Vectors]
"""Turns the encoder's vectors into those that are compared: rows in, unit rows out."""

Progress = Callable[[int, int | None], None]


def _unchanged(vectors: Vectors) -> Vectors:
    return vectors


@dataclass(frozen=True, slots=True)
class Making:
    """How the vectors of the index are come by."""

    encoder_name: str
    encode: Encode | None
    project: Project


def follow(
    index: SearchIndex,
    record: Record,
    encoder_name: str,
    *,
    encode: Encode | None = None,
    project: Project = _unchanged,
    progress: Progress = lambda _done, _total: None,
) -> int:
    """Bring an index to the newest event of the record; returns how many reviews changed in it.

    Vectors come from the record, those of `encoder_name`, and are indexed as `project` turns them; `encode` makes those
    that are missing, and without it such a review is found by its words only. Raises
    `DeskBusyError` when another process is writing the index, and `IndexDamagedError` when it is ahead of the record,
    as after a restore.
    """
    making = Making(encoder_name, encode, project)
    index.refresh()
    newest = record.head()[0]
    if index.seq == newest:
        return 0
    index.begin()
    try:
        if index.wasteful:
            index.restart()
            return _fill(index, record, 0, making, progress)
        return _fill(index, record, index.seq, making, progress)
    except BaseException:
        # Interrupted or failed: nothing of it stays, and the writer's place is free.
        index.rollback()
        raise


def rebuild(
    index: SearchIndex,
    record: Record,
    encoder_name: str,
    *,
    encode: Encode | None = None,
    project: Project = _unchanged,
    progress: Progress = lambda _done, _total: None,
) -> int:
    """Build an index anew from the record, beside what is there, and swap it in; returns how many reviews it holds.

    The old index answers until then, and after a failure or `kill -9` at any moment.
    """
    making = Making(encoder_name, encode, project)
    try:
        index.restart()
        _fill(index, record, 0, making, progress)
    except BaseException:
        # As in `follow`.
        index.rollback()
        raise
    return len(index)


def _fill(index: SearchIndex, record: Record, after: int, making: Making, progress: Progress) -> int:
    done = 0
    with record.read() as session:
        upto = head(session)[0]
        if after > upto:
            raise IndexDamagedError(record.place)
        chosen = select(func.count()).select_from(REVIEWS).where(REVIEWS.c.seq > after, REVIEWS.c.seq <= upto)
        total = int(session.execute(chosen).scalar_one())
        for changes in parts(changes_since(session, after, upto), BATCH):
            gone = [change.number for change in changes if change.review is None]
            if gone and after:
                index.delete(gone)
            index.add(_documents(session, changes, making))
            done += len(changes)
            progress(done, total)
    index.commit(upto)
    return done


def _documents(session: Session, changes: Sequence[Change], making: Making) -> list[Document]:
    """The changed reviews that stand, with their vectors."""
    standing = [(change, texts_of(change.review)) for change in changes if change.review is not None]
    vectors = _vectors(session, {text for _, texts in standing for text in texts}, making)
    documents = []
    for change, texts in standing:
        if change.review is not None:
            rows = [vectors[text] for text in texts if text in vectors]
            found = np.stack(rows) if rows else np.zeros((0, 0), np.float32)
            documents.append(
                document_of(change.number, change.review, change.publisher, change.language, change.day, found)
            )
    return documents


def _vectors(session: Session, texts: set[str], making: Making) -> dict[str, Vectors]:
    digests = {text: vector_digest(making.encoder_name, text) for text in sorted(texts)}
    known = get_vectors(session, set(digests.values()))
    vectors = {text: known[digest] for text, digest in digests.items() if digest in known}
    missing = [text for text in digests if text not in vectors]
    if missing and making.encode is not None:
        vectors.update(zip(missing, making.encode(missing), strict=True))
    if not vectors:
        return {}
    return dict(zip(vectors, making.project(np.stack(list(vectors.values()))), strict=True))

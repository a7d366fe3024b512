"""Bringing an index to the record, and building one anew. An index is a function of the record and of nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from factdesk.encode.base import Vectors
from factdesk.search.base import Document, IndexDamagedError, SearchIndex
from factdesk.search.documents import ReviewSource
from factdesk.search.source import Draft, Source
from factdesk.store.events import head
from factdesk.store.record import Record
from factdesk.store.vectors import get_vectors, vector_digest

REVIEWS = ReviewSource()

Encode = Callable[[Sequence[str]], Sequence[Vectors] | Vectors]
"""What the record keeps of each text: its vector, or several packed into one."""
Project = Callable[[Vectors], Vectors]
"""Turns the encoder's vectors into those that are compared: rows in, unit rows out."""

Progress = Callable[[int, int | None], None]


def unchanged(vectors: Vectors) -> Vectors:
    """The vectors as they are."""
    return vectors


@dataclass(frozen=True, slots=True)
class Making:
    """What the index is made of, and how its vectors are come by."""

    source: Source
    encoder_name: str
    encode: Encode | None
    project: Project


def follow(
    index: SearchIndex,
    record: Record,
    encoder_name: str,
    *,
    encode: Encode | None = None,
    project: Project = unchanged,
    progress: Progress = lambda _done, _total: None,
    source: Source = REVIEWS,
) -> int:
    """Bring an index to the newest event of the record; returns how many changes of its source that were.

    Vectors come from the record, those kept under `encoder_name`, and are indexed as `project` turns them; `encode`
    makes those that are missing, and without it such a document is found by its words only. Raises `DeskBusyError`
    when another process is writing the index, and `IndexDamagedError` when it is ahead of the record, as after a
    restore.
    """
    making = Making(source, encoder_name, encode, project)
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
    project: Project = unchanged,
    progress: Progress = lambda _done, _total: None,
    source: Source = REVIEWS,
) -> int:
    """Build an index anew from the record, beside what is there, and swap it in; returns how many documents it holds.

    The old index answers until then, and after a failure or `kill -9` at any moment.
    """
    making = Making(source, encoder_name, encode, project)
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
        total = making.source.count(session, after, upto)
        for batch in making.source.batches(session, after, upto):
            if batch.gone and after:
                index.delete(batch.gone)
            index.add(_documents(session, batch.drafts, making))
            done += batch.changes
            progress(done, total)
    index.commit(upto)
    return done


def _documents(session: Session, drafts: Sequence[Draft], making: Making) -> list[Document]:
    """The drafts with their vectors."""
    vectors = _vectors(session, {text for draft in drafts for text in draft.texts}, making)
    documents = []
    for draft in drafts:
        rows = [vectors[text] for text in draft.texts if text in vectors]
        documents.append(draft.finish(np.concatenate(rows) if rows else np.zeros((0, 0), np.float32)))
    return documents


def _vectors(session: Session, texts: set[str], making: Making) -> dict[str, Vectors]:
    """The rows of each text as they are indexed."""
    digests = {text: vector_digest(making.encoder_name, text) for text in sorted(texts)}
    known = get_vectors(session, set(digests.values()))
    vectors = {text: known[digest] for text, digest in digests.items() if digest in known}
    missing = [text for text in digests if text not in vectors]
    if missing and making.encode is not None:
        vectors.update(zip(missing, making.encode(missing), strict=True))
    if not vectors:
        return {}
    blocks = [making.source.rows(kept) for kept in vectors.values()]
    ends = np.cumsum([len(block) for block in blocks])
    return dict(zip(vectors, np.split(making.project(np.concatenate(blocks)), ends[:-1]), strict=True))

"""Opening, following and rebuilding a desk's index, which is a function of the record and of nothing else."""

from __future__ import annotations

from contextlib import suppress

from factdesk.errors import DeskBusyError, DeskReadOnlyError
from factdesk.queries.desk import BEHIND, REBUILT, Desk, Progress, no_progress
from factdesk.search.base import IndexDamagedError, SearchIndex
from factdesk.search.embedded import EmbeddedIndex
from factdesk.search.follow import follow, rebuild
from factdesk.store.events import get_event

EMBEDDED = "embedded"
HISTORY = "history"
"""File beside the index that names the event it stands at."""


def open_index(desk: Desk, progress: Progress = no_progress) -> SearchIndex:
    """The desk's index, following the record; built anew, with a word, when it is damaged or of another version."""
    try:
        index = _existing(desk)
        _check_history(desk)
        try:
            follow_record(desk, index, progress)
        except (DeskBusyError, DeskReadOnlyError):
            desk.tell(BEHIND)
    except IndexDamagedError:
        index = rebuild_index(desk, progress)
        desk.tell(REBUILT)
    return index


def follow_record(desk: Desk, index: SearchIndex, progress: Progress = no_progress) -> int:
    """Bring the index to the newest event; returns how many reviews changed in it."""
    if index.seq == desk.record.head()[0]:
        return 0
    name, encoder = desk.encoder.name, desk.encoder.encode
    done = follow(index, desk.record, name, encode=encoder, project=desk.matcher.project, progress=progress)
    _note_history(desk, index)
    return done


def rebuild_index(desk: Desk, progress: Progress = no_progress) -> SearchIndex:
    """The index built anew beside the old one, which answers until then, and swapped in."""
    desk.drop_index()
    name, encoder = desk.encoder.name, desk.encoder.encode
    index = _anew(desk)
    rebuild(index, desk.record, name, encode=encoder, project=desk.matcher.project, progress=progress)
    _note_history(desk, index)
    return index


def _note_history(desk: Desk, index: SearchIndex) -> None:
    """Note which event the index stands at, by its hash: a record restored from a backup may count on otherwise."""
    with desk.record.read() as session:
        event = get_event(session, index.seq)
    # Without a note nothing is checked, so one that cannot be written is no reason to stop.
    with suppress(OSError):
        if event is not None:
            (desk.config.index_dir / HISTORY).write_text(f"{event.seq}:{event.hash}", encoding="utf-8")


def _check_history(desk: Desk) -> None:
    """Raise `IndexDamagedError` when the noted event is not the record's."""
    try:
        seq, _, noted = (desk.config.index_dir / HISTORY).read_text(encoding="utf-8").partition(":")
        number = int(seq)
    except (OSError, ValueError):
        return
    with desk.record.read() as session:
        event = get_event(session, number)
    if event is None or event.hash != noted:
        raise IndexDamagedError(str(desk.config.index_dir))


def _existing(desk: Desk) -> SearchIndex:
    if desk.config.search != EMBEDDED:
        return _qdrant(desk)
    return EmbeddedIndex.open(desk.config.index_dir, desk.encoder.dimension, desk.matcher.vectors_name)


def _anew(desk: Desk) -> SearchIndex:
    if desk.config.search != EMBEDDED:
        return _qdrant(desk, anew=True)
    return EmbeddedIndex.anew(desk.config.index_dir, desk.encoder.dimension, desk.matcher.vectors_name)


def _qdrant(desk: Desk, *, anew: bool = False) -> SearchIndex:
    # An optional extra: only a desk that outgrew the embedded index needs it.
    from factdesk.search.qdrant import open_qdrant

    return open_qdrant(desk.config.search, desk.encoder.dimension, desk.matcher.vectors_name, anew=anew)

"""Opening, following and rebuilding a desk's indexes, which are functions of the record and of nothing else.

There are two: of reviews, for matching, and of the passages of captures, for evidence.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from factdesk.errors import DeskBusyError, DeskReadOnlyError
from factdesk.queries.desk import BEHIND, REBUILT, Desk, Progress, no_progress
from factdesk.search.base import IndexDamagedError, SearchIndex
from factdesk.search.documents import ReviewSource
from factdesk.search.embedded import EmbeddedIndex
from factdesk.search.follow import Encode, Project, follow, rebuild, unchanged
from factdesk.search.manifest import EVIDENCE
from factdesk.search.passages import PassageSource, encode_passages, vectors_name
from factdesk.search.source import Source
from factdesk.store.captures import count_captures
from factdesk.store.events import get_event

EMBEDDED = "embedded"
HISTORY = "history"
"""File beside the index that names the event it stands at."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One of a desk's indexes: where it lies, what it is made of, and whose vectors it holds.

    `kept` is what the record keeps the vectors under, and `encode` makes those that it does not have.
    """

    folder: Path
    driver: str
    source: Source
    vectors_name: str
    kept: str
    encode: Encode
    project: Project


def of_reviews(desk: Desk) -> Kind:
    """The index of reviews."""
    matcher, encoder = desk.matcher, desk.encoder
    names = matcher.vectors_name, encoder.name
    return Kind(desk.config.index_dir, desk.config.search, ReviewSource(), *names, encoder.encode, matcher.project)


def of_passages(desk: Desk) -> Kind:
    """The index of passages. It is always the embedded one: a library is smaller than all the world's reviews."""
    folder, encoder = desk.config.index_dir / EVIDENCE, desk.encoder
    source, name = PassageSource(desk.config, encoder.dimension), vectors_name(encoder.name)
    return Kind(folder, EMBEDDED, source, name, name, partial(encode_passages, encoder), unchanged)


def open_index(desk: Desk, progress: Progress = no_progress) -> SearchIndex:
    """The index of reviews, following the record; built anew, with a word, when damaged or of another version."""
    return opened(desk, of_reviews(desk), progress)


def opened(desk: Desk, kind: Kind, progress: Progress = no_progress) -> SearchIndex:
    """An index, following the record; built anew, with a word, when it is damaged or of another version."""
    try:
        index = _existing(desk, kind)
        _check_history(desk, kind)
        try:
            followed(desk, kind, index, progress)
        except (DeskBusyError, DeskReadOnlyError):
            desk.tell(BEHIND)
    except IndexDamagedError:
        index = built_anew(desk, kind, progress)
        desk.tell(REBUILT)
    return index


def follow_record(desk: Desk, index: SearchIndex, progress: Progress = no_progress) -> int:
    """Bring the index of reviews to the newest event; returns how many reviews changed in it."""
    if index.seq == desk.record.head()[0]:
        return 0
    return followed(desk, of_reviews(desk), index, progress)


def followed(desk: Desk, kind: Kind, index: SearchIndex, progress: Progress = no_progress) -> int:
    """Bring an index to the newest event; returns how many changes that were."""
    if index.seq == desk.record.head()[0]:
        return 0
    do = partial(follow, index, desk.record, kind.kept, encode=kind.encode, project=kind.project)
    done = do(progress=progress, source=kind.source)
    _note_history(desk, kind, index)
    return done


def rebuild_index(desk: Desk, progress: Progress = no_progress) -> SearchIndex:
    """The index of reviews built anew beside the old one, which answers until then, and swapped in."""
    desk.drop_index()
    return built_anew(desk, of_reviews(desk), progress)


def rebuild_passages(desk: Desk, progress: Progress = no_progress) -> int:
    """The index of passages built anew where there are any captures; returns how many passages it holds."""
    with desk.record.read() as session:
        if not count_captures(session):
            return 0
    index = built_anew(desk, of_passages(desk), progress)
    index.close()
    return len(index)


def built_anew(desk: Desk, kind: Kind, progress: Progress = no_progress) -> SearchIndex:
    """An index built anew beside the old one, which answers until then, and swapped in."""
    index = _anew(desk, kind)
    do = partial(rebuild, index, desk.record, kind.kept, encode=kind.encode, project=kind.project)
    do(progress=progress, source=kind.source)
    _note_history(desk, kind, index)
    return index


def _note_history(desk: Desk, kind: Kind, index: SearchIndex) -> None:
    """Note which event the index stands at, by its hash: a record restored from a backup may count on otherwise."""
    with desk.record.read() as session:
        event = get_event(session, index.seq)
    # Without a note nothing is checked, so one that cannot be written is no reason to stop.
    with suppress(OSError):
        if event is not None:
            (kind.folder / HISTORY).write_text(f"{event.seq}:{event.hash}", encoding="utf-8")


def _check_history(desk: Desk, kind: Kind) -> None:
    """Raise `IndexDamagedError` when the noted event is not the record's."""
    try:
        seq, _, noted = (kind.folder / HISTORY).read_text(encoding="utf-8").partition(":")
        number = int(seq)
    except (OSError, ValueError):
        return
    with desk.record.read() as session:
        event = get_event(session, number)
    if event is None or event.hash != noted:
        raise IndexDamagedError(str(kind.folder))


def _existing(desk: Desk, kind: Kind) -> SearchIndex:
    if kind.driver != EMBEDDED:
        return _qdrant(desk, kind)
    return EmbeddedIndex.open(kind.folder, desk.encoder.dimension, kind.vectors_name)


def _anew(desk: Desk, kind: Kind) -> SearchIndex:
    if kind.driver != EMBEDDED:
        return _qdrant(desk, kind, anew=True)
    return EmbeddedIndex.anew(kind.folder, desk.encoder.dimension, kind.vectors_name)


def _qdrant(desk: Desk, kind: Kind, *, anew: bool = False) -> SearchIndex:
    # An optional extra: only a desk that outgrew the embedded index needs it.
    from factdesk.search.qdrant import open_qdrant

    return open_qdrant(kind.driver, desk.encoder.dimension, kind.vectors_name, anew=anew)

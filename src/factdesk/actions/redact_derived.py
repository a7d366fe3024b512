"""What was made from the record and can be made again: indexes and caches. None of it keeps what was redacted."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from factdesk.errors import DeskBusyError, DeskReadOnlyError, FactdeskError
from factdesk.queries.desk import Desk
from factdesk.queries.indexing import EMBEDDED
from factdesk.queries.redaction_subject import SubjectKind
from factdesk.search.embedded import LOCK
from factdesk.search.lock import WriterLock
from factdesk.search.manifest import EVIDENCE


def drop_derived(desk: Desk, kind: SubjectKind) -> bool:
    """Delete the caches and the index that held such a subject, which the next search builds anew from the record;
    whether all of it went.

    An index that is no folder here follows the record instead, and forgets what was withdrawn.
    """
    gone = _removed(desk.config.cache_dir)
    if kind == "capture":
        return _index_removed(desk.config.index_dir / EVIDENCE) and gone
    if kind in ("check", "review"):
        desk.drop_index()
        return _index_removed(desk.config.index_dir) and _followed(desk) and gone
    return gone


def _index_removed(folder: Path) -> bool:
    """Delete an index, but not the one that lies in it, unless somebody writes it at this moment."""
    if not folder.is_dir():
        return True
    lock = WriterLock(folder / LOCK)
    try:
        lock.acquire()
    except (DeskBusyError, DeskReadOnlyError):
        return False
    try:
        # All of them, also where one of them stays.
        left = [path for path in folder.iterdir() if path.name != EVIDENCE and not _removed(path)]
        return not left
    finally:
        lock.release()


def _removed(folder: Path) -> bool:
    """Delete a file, or a folder with what is in it; what cannot be deleted stays. A link is not followed."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder, ignore_errors=True)
    else:
        with suppress(OSError):
            folder.unlink(missing_ok=True)
    return not folder.exists()


def _followed(desk: Desk) -> bool:
    """Bring an index that is kept elsewhere to the record."""
    if desk.config.search == EMBEDDED:
        return True
    try:
        desk.index()
    except FactdeskError:
        # Not reached, or no model here to follow with: the next search does it.
        return False
    return True

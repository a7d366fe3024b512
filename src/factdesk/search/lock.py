"""One writer at a time, among all processes of a machine. The lock goes with the process that holds it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from factdesk.errors import DeskBusyError, DeskReadOnlyError

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """A lock on a file: free, or held by this object."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def acquire(self) -> None:
        """Take the lock. Raises `DeskBusyError` when another holds it, `DeskReadOnlyError` when it cannot be made."""
        if self.held:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise DeskReadOnlyError(
                "The search index cannot be written to.",
                place=str(self._path.parent),
                remedy="Give yourself write access to that folder, or copy the desk to one of your own.",
            ) from error
        try:
            _take(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise DeskBusyError(
                "Another factdesk is writing to the search index.",
                place=str(self._path.parent),
                remedy="Wait until it is done, then try again.",
            ) from error
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go of the lock, if held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

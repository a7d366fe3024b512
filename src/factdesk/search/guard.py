"""What the engines raise, turned into our errors: a full disk, a folder that cannot be written, or a damaged file."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factdesk.errors import DeskReadOnlyError, FactdeskError, ResourceError
from factdesk.search.base import IndexDamagedError

_OS_ERROR = re.compile(r"(?:\(os error |\bOs \{ code: )(\d+)")
# What tantivy says when a thread of its writer failed; why, it does not say.
_STOPPED = "index writer was killed"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def damage(place: Path | None) -> Iterator[None]:
    """Turn an engine's failure into `ResourceError`, `DeskReadOnlyError` or `IndexDamagedError`."""
    try:
        yield
    except FactdeskError:
        raise
    except Exception as error:
        raise fault(error, place) from error
    except BaseException as error:
        # A Rust panic comes as pyo3's PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexDamagedError(str(place or "")) from error


@contextmanager
def disk(place: Path) -> Iterator[None]:
    """Turn the system's errors over our own files into ours."""
    try:
        yield
    except OSError as error:
        raise fault(error, place) from error


def fault(error: Exception, place: Path | None) -> FactdeskError:
    """The error to show for one of the engines' or the system's. Rust gives the system's number in words only."""
    said = _OS_ERROR.search(str(error))
    number = getattr(error, "errno", None) or (int(said[1]) if said else 0)
    if number in _FULL:
        return ResourceError(
            "There is no room left on the disk for the search index.",
            place=str(place or ""),
            remedy="Make some room, then try again: nothing that was imported is lost.",
        )
    if number in _FORBIDDEN:
        return DeskReadOnlyError(
            "The search index cannot be written to.",
            place=str(place or ""),
            remedy="Give yourself write access to that folder, or copy the desk to one of your own.",
        )
    if _STOPPED in str(error):
        return ResourceError(
            "The search index could not be written.",
            place=str(place or ""),
            remedy="See whether its disk has room, then try again: nothing that was imported is lost.",
        )
    return IndexDamagedError(str(place or ""))

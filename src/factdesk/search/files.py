"""Arrays on disk that only grow: appended to by the one writer, mapped by any number of readers."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factdesk.search.base import IndexDamagedError

CHUNK = 1 << 24


def mapped(path: Path, dtype: np.dtype[Any], count: int, width: int = 1) -> NDArray[Any]:
    """The first `count` entries of a file, read-only: shape (count,), or (count, width) when width is over 1.

    Raises `IndexDamagedError` when the file has fewer.
    """
    shape = (count, width) if width > 1 else (count,)
    if count == 0:
        return np.zeros(shape, dtype)
    try:
        if path.stat().st_size < count * width * dtype.itemsize:
            raise IndexDamagedError(str(path))
        return np.memmap(path, dtype=dtype, mode="r", shape=shape)
    except OSError as error:
        raise IndexDamagedError(str(path)) from error


def writable(folder: Path) -> bool:
    """Whether files can be made in a folder, as far as the system tells beforehand."""
    effective = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK, effective_ids=effective)


def checksum(path: Path, size: int) -> int:
    """CRC-32 of the first `size` bytes of a file; -1 when it is shorter or cannot be read."""
    value, left = 0, size
    try:
        with path.open("rb") as file:
            while left and (data := file.read(min(left, CHUNK))):
                value = zlib.crc32(data, value)
                left -= len(data)
    except OSError:
        return -1
    return -1 if left else value


class Appender:
    """The writer's end of a growing file: cut to what was committed, then appended to."""

    def __init__(self, path: Path, size: int, crc: int) -> None:
        self.path = path
        self.crc = crc
        self._file = path.open("r+b" if path.exists() else "w+b")
        if path.stat().st_size < size:
            self._file.close()
            raise IndexDamagedError(str(path))
        self._file.truncate(size)
        self._file.seek(size)

    def append(self, data: bytes) -> None:
        """Add bytes at the end; they count once a manifest counts them."""
        self._file.write(data)
        self.crc = zlib.crc32(data, self.crc)

    def read(self, start: int, size: int) -> bytes:
        """Bytes that were appended or were there before."""
        self._file.flush()
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(size)

    def sync(self) -> None:
        """Bring what was appended to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file. What was not synced is not wanted: no matter whether it still can be written."""
        with suppress(OSError):
            self._file.close()

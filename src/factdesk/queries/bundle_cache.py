"""Bundles that were made once, in a folder of the desk's cache: each by a key of what is in it.

Beside a bundle lies a note of its SHA-256, its size and when it was written. What does not fit its note was cut short,
or written into by somebody, and is made again. Bundles are linked to where they are shown, where the disk can do that:
so nobody may write into one; a new one takes its place.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Kept:
    """A bundle of the cache: its file, its SHA-256 and its size in bytes."""

    file: Path
    digest: str
    size: int


def find(folder: Path, key: str) -> Kept | None:
    """The bundle of that key, where there is a whole one."""
    file = _file(folder, key)
    try:
        with _note(file).open("rb", buffering=0) as note:
            digest, size, written = note.read(200).decode("ascii").split()
        found = file.stat()
        if (found.st_size, found.st_mtime_ns) != (int(size), int(written)) or len(digest) != 64:
            return None
    except (OSError, ValueError):
        return None
    return Kept(file, digest, found.st_size)


def keep(folder: Path, key: str, write: Callable[[BinaryIO], None], *, small: bool) -> Kept:
    """Make the bundle of that key; a small one in memory. The folder is there. Raises what `write` does, `OSError`."""
    file = _file(folder, key)
    draft = _draft(file)
    try:
        digest, size = _in_memory(draft, write) if small else _on_disk(draft, write)
        written = draft.stat().st_mtime_ns
        draft.replace(file)
    except BaseException:
        # Also when interrupted: no half file stays.
        draft.unlink(missing_ok=True)
        raise
    with _note(file).open("wb", buffering=0) as note:
        note.write(f"{digest} {size} {written}\n".encode())
    return Kept(file, digest, size)


def show(kept: Kept, target: Path) -> None:
    """Put a bundle where it is shown, in the place of what is there. Raises `OSError`."""
    try:
        target.hardlink_to(kept.file)
    except FileExistsError:
        draft = _draft(target)
        try:
            draft.unlink(missing_ok=True)
            show(kept, draft)
            draft.replace(target)
        finally:
            # Where both were names of one file, nothing was replaced, and the draft is still there.
            draft.unlink(missing_ok=True)
    except OSError:
        # Some disks have no links, or this is another one.
        shutil.copyfile(kept.file, target)


def _file(folder: Path, key: str) -> Path:
    return folder / f"{key}.wacz"


def _note(file: Path) -> Path:
    return Path(f"{file}.sum")


def _draft(file: Path) -> Path:
    return file.with_name(f".{file.name}.{os.getpid()}.part")


def _in_memory(draft: Path, write: Callable[[BinaryIO], None]) -> tuple[str, int]:
    made = io.BytesIO()
    write(made)
    data = made.getbuffer()
    with draft.open("wb") as file:
        file.write(data)
    return hashlib.sha256(data).hexdigest(), len(data)


def _on_disk(draft: Path, write: Callable[[BinaryIO], None]) -> tuple[str, int]:
    with draft.open("w+b") as file:
        write(file)
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest(), size

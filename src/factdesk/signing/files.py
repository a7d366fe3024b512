"""A person's own files: where they are, read with a limit, written whole and for that person alone."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from platformdirs import user_config_path

from factdesk.errors import InputError

OTHERS_MAY_USE = 0o077
OTHERS_MAY_CHANGE = 0o022


def own_folder() -> Path:
    """The folder of settings that the system gives a person's programs."""
    return user_config_path("factdesk")


def read_small(path: Path, most: int) -> tuple[bytes, int]:
    """A regular file of at most `most` bytes, and its mode (0 where modes say nothing).

    Raises `InputError` for pipes, devices, folders and larger files, `OSError` where it cannot be opened.
    """
    # A pipe under this name would keep us waiting for its writer.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise InputError("This is no ordinary file.", place=str(path), remedy="Look at its name and folder again.")
        with open(handle, "rb", closefd=False) as file:
            data = file.read(most + 1)
    finally:
        os.close(handle)
    if len(data) > most:
        raise InputError(
            "The file has more than {most} bytes.",
            place=str(path),
            remedy="Look whether it is the right file.",
            most=f"{most:,}",
        )
    return data, stat.S_IMODE(mode) if os.name == "posix" else 0


def write_own(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a small file whole, mode 0600, its folder made with mode 0700 where there is none.

    Raises `FileExistsError` where the name is taken and `replace` is not said.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Such files are made with mode 0600.
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            draft.replace(path)
        else:
            _take_name(draft, path)
        _sync(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _take_name(draft: Path, path: Path) -> None:
    """Give a file its name unless another has it."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:
        # File systems without hard links: then nothing but looking first is left.
        if path.exists():
            raise FileExistsError(path) from None
        draft.replace(path)


def _sync(folder: Path) -> None:
    """Make a new name survive a loss of power; systems that cannot open folders do so by themselves."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

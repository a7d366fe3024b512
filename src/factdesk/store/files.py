"""Writing a desk's own files so that they are whole or not there, also when the power goes."""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from factdesk.errors import ResourceError
from factdesk.store.faults import translated_files


def toml(settings: Mapping[str, str]) -> str:
    """Settings as TOML: one basic string a line."""
    return "".join(f"{name} = {_quoted(value)}\n" for name, value in settings.items())


def write_durably(path: Path, text: str) -> None:
    """Write a small file whole: under another name first, then renamed."""
    draft = path.with_name(f".{path.name}.new")
    with translated_files(str(path)):
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)


@contextmanager
def whole_bytes(path: Path) -> Iterator[BinaryIO]:
    """A file for a person that takes its name only when all is written; what stood there before stays until then."""
    try:
        if path.exists() and not path.is_file():
            # A pipe or a device is written to as it is; a folder refuses.
            with path.open("wb") as raw:
                yield raw
            return
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    except OSError as error:
        raise _cannot_write(path, error) from error
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            yield raw
            raw.flush()
            os.fsync(raw.fileno())
        draft.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        draft.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder survive a loss of power; systems that cannot open folders do so by themselves."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _quoted(value: str) -> str:
    # JSON's escapes are TOML's but for DEL, which TOML wants escaped as well.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _cannot_write(path: Path, error: OSError) -> ResourceError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ResourceError("The disk is full.", place=str(path), remedy="Free some space and run the command again.")
    return ResourceError(
        "The file cannot be written: {why}.",
        place=str(path),
        remedy="Name a place that you may write to.",
        why=error.strerror or error,
    )

"""Writing a desk's own files so that they are whole or not there, also when the power goes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

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

"""Writing a file of the site, and one that is kept for the next."""

from __future__ import annotations

import os
from pathlib import Path


def put_file(folder: Path, path: str, data: bytes) -> None:
    """Write a file of the site."""
    target = f"{folder}/{path}"
    if path.endswith("/index.html"):
        # Most pages have a folder of their own, which is not there yet.
        os.makedirs(target[: -len("/index.html")], exist_ok=True)  # noqa: PTH103 - see below
    try:
        _write(target, data)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120 - see below
        _write(target, data)


def _write(target: str, data: bytes) -> None:
    # Texts for paths, and no buffer: there are tens of thousands of them.
    with open(target, "wb", buffering=0) as file:  # noqa: PTH123
        file.write(data)


def keep_whole(kept: Path, data: bytes) -> None:
    """Write a file of the cache, whole or not at all, whoever builds beside."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = kept.with_name(f".{kept.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(data)
        draft.replace(kept)
    finally:
        draft.unlink(missing_ok=True)

"""Recent messages by their ids, so that `match confirm` can name one without repeating it.

They lie in the desk's cache, one file each, readable by its owner alone: safe to delete, and never a part of the
record. Only the newest are kept.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from factdesk.config import DeskConfig
from factdesk.errors import InputError, NotFoundError

KEPT = 500
"""How many messages are remembered."""

SURELY_AN_ID = 8
"""From how many hexadecimal digits on a word is no word of any language."""

_ID = re.compile(r"[0-9a-f]{4,64}")
"""An id, or its beginning."""


def short_id(message_id: str) -> str:
    """As much of a message's id as people are shown."""
    return message_id[:12]


def remember_message(config: DeskConfig, message_id: str, message: str) -> bool:
    """Keep a message under its id. False where the desk cannot be written to: an answer does not depend on it."""
    folder = _folder(config)
    beside = folder / f".{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(message.encode("utf-8", "replace"))
        beside.replace(folder / message_id)
        _forget(folder)
    except OSError:
        # Another desk process may have tidied up at the same moment, or nothing may be written here at all.
        return False
    return True


def find_message(config: DeskConfig, word: str) -> str | None:
    """The remembered message whose id is or begins with `word`; None when none does, and `word` is none either.

    Raises `InputError` when several do, `NotFoundError` for what can only be an id and is not remembered: it must not
    be taken for a message.
    """
    if not _ID.fullmatch(word):
        return None
    folder = _folder(config)
    found = sorted(path for path in folder.iterdir() if path.name.startswith(word)) if folder.is_dir() else []
    if len(found) > 1:
        choices = ", ".join(path.name[: len(word) + 8] for path in found[:10])
        raise InputError("{id} can mean several things: {choices}.", id=word, choices=choices)
    if not found and len(word) >= SURELY_AN_ID:
        raise NotFoundError(
            "No message with the id {id} is remembered.", remedy="Give the message itself in quotation marks.", id=word
        )
    return found[0].read_bytes().decode("utf-8", "replace") if found else None


def _forget(folder: Path) -> None:
    paths = [path for path in folder.iterdir() if not path.name.startswith(".")]
    if len(paths) > KEPT + KEPT // 10:
        paths.sort(key=lambda path: path.stat().st_mtime_ns)
        for path in paths[:-KEPT]:
            path.unlink(missing_ok=True)


def _folder(config: DeskConfig) -> Path:
    return config.cache_dir / "messages"

"""A traceback kept for whoever mends factdesk, out of sight of the person who met it."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from pathlib import Path

from factdesk import __version__
from factdesk.config import load_desk
from factdesk.errors import FactdeskError


def keep_traceback(error: Exception, desk: str | None) -> Path | None:
    """The traceback in a file that only its owner can read, in the desk's cache or the system's temporary folder.

    It holds no argument of the command, since a message may stand among them. None when nothing can be written.
    """
    head = f"factdesk {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"
    text = head + "".join(traceback.format_exception(error))
    for folder in (_cache(desk), Path(tempfile.gettempdir())):
        try:
            if folder is None:
                continue
            folder.mkdir(exist_ok=True)
            handle, name = tempfile.mkstemp(prefix="factdesk-error-", suffix=".txt", dir=folder)
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
            return Path(name)
        except OSError:
            # The next folder may take it.
            continue
    return None


def _cache(desk: str | None) -> Path | None:
    try:
        return load_desk(desk).cache_dir
    except FactdeskError:
        # There is no desk here, or none that can be used.
        return None

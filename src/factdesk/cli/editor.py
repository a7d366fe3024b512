"""A person's own editor on a text: what they wrote is in a file until it is saved, whatever happens."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from factdesk.cli.call import Call

Keep = Callable[[str], str | None]
"""Saves a text; returns None when it is saved, or the text to go on with, when a person has to decide."""


def can_edit() -> bool:
    """Whether somebody is there to edit: a terminal, or an editor that was named."""
    return sys.stdin.isatty() or bool(os.environ.get("VISUAL") or os.environ.get("EDITOR"))


def edit(call: Call, text: str, name: str, keep: Keep) -> bool:
    """Open an editor on a text and keep what is written; while `keep` gives a text back, open it on that.

    Whether something was kept. Where keeping fails, or the person stops, the file stays and is named.
    """
    folder = Path(tempfile.mkdtemp(prefix="factdesk-"))
    path = folder / f"{name}.md"
    path.write_text(text, encoding="utf-8", newline="\n")
    before = text
    try:
        while True:
            click.edit(filename=str(path))
            written = path.read_text(encoding="utf-8-sig")
            if written == before:
                return _unchanged(call, path, text == before)
            again = keep(written)
            if again is None:
                path.unlink()
                folder.rmdir()
                return True
            before = again
            path.write_text(again, encoding="utf-8", newline="\n")
    except BaseException:
        call.warn("What was written is in {file}; factdesk check import takes it in.", file=path)
        raise


def _unchanged(call: Call, path: Path, first: bool) -> bool:
    """Nothing was written: of the first text no file need stay."""
    if first:
        path.unlink()
        path.parent.rmdir()
        call.talk("Nothing was changed.")
    else:
        call.warn("Nothing was decided. The text is in {file}; factdesk check import takes it in.", file=path)
    return False

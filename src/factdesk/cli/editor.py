"""A person's own editor on a text: what they wrote is in a file until it is saved, whatever happens."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from factdesk.cli.call import Call
from factdesk.errors import InputError, UsageError

Keep = Callable[[str, str], str | None]
"""Saves a text, told the file that it is in; returns None when it is saved, or the text to go on with, when a person
has to decide."""


def can_edit() -> bool:
    """Whether somebody is there to edit: a terminal, or an editor that was named."""
    return sys.stdin.isatty() or bool(os.environ.get("VISUAL") or os.environ.get("EDITOR"))


def edit(call: Call, text: str, name: str, keep: Keep) -> bool:
    """Open an editor on a text and keep what is written; while `keep` gives a text back, open it on that.

    Whether something was kept. Where keeping fails, or the person stops, what they wrote stays in the file, and that
    is said. Raises `UsageError` for an editor that fails.
    """
    path = Path(tempfile.mkdtemp(prefix="factdesk-")) / f"{name}.md"
    before = text
    _write(path, text)
    try:
        while True:
            written = _written(path)
            if written in (before, ""):
                return _left(call, path, first=text == before, empty=not written)
            again = keep(written, str(path))
            if again is None:
                _remove(path)
                return True
            before = again
            _write(path, again)
    except BaseException:
        if _is_as_it_was(path, text):
            _remove(path)
        else:
            call.warn("What you wrote is in {file}. Once it is mended: factdesk check import {file}", file=path)
        raise


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _written(path: Path) -> str:
    """What an editor leaves: nothing where the file is gone, or holds no letter."""
    try:
        click.edit(filename=str(path))
    except click.ClickException as error:
        raise UsageError(
            "The editor could not be started, or ended with an error.",
            remedy="Name one that works in VISUAL or EDITOR.",
        ) from error
    try:
        written = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise InputError("This is not text.", place=str(path), remedy="Save it as plain text in UTF-8.") from error
    return written if written.strip() else ""


def _left(call: Call, path: Path, *, first: bool, empty: bool) -> bool:
    """Nothing was written. A text with two versions in it, which nobody decided on, stays for later."""
    if first or empty:
        _remove(path)
        call.talk("The file was left empty: nothing is saved." if empty else "Nothing was changed.")
    else:
        call.warn(
            "Nothing was decided. The text is in {file}. Decide there, then: factdesk check import {file}", file=path
        )
    return False


def _is_as_it_was(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return True


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    try:
        path.parent.rmdir()
    except OSError:
        # The editor left files of its own beside it.
        return

"""Putting a folder in another's place, so that whoever looks sees the one or the other, whole."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths are meant from where one is."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""


def swap(new: Path, target: Path, aside: Path) -> None:
    """Put `new` in the place of `target`. What stood there goes by way of `aside`, and is removed.

    The two change places in one step where the system can. Elsewhere the old one is moved aside first: cut short
    between the two, it is put back by `restore`.
    """
    if target.exists() and _exchanged(new, target):
        shutil.rmtree(new)
        return
    if target.exists():
        target.rename(aside)
    new.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def exchange(one: Path, other: Path, aside: Path) -> None:
    """Let two folders change places. Where the system cannot do it in one step, `other` is moved aside first: cut short
    between, it is put back by `restore`."""
    if not _exchanged(one, other):
        other.rename(aside)
        one.rename(other)
        aside.rename(one)


def restore(target: Path, aside: Path) -> None:
    """Put back what a swap that was cut short had moved aside; if the new one is there, remove the old."""
    if not aside.is_dir():
        return
    if target.exists():
        shutil.rmtree(aside, ignore_errors=True)
    else:
        aside.rename(target)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether two folders changed places in one step."""
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    if sys.platform == "darwin":
        change = getattr(library, "renamex_np", None)
        return change is not None and change(os.fsencode(one), os.fsencode(other), _EXCHANGE) == 0
    change = getattr(library, "renameat2", None)
    return change is not None and change(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0

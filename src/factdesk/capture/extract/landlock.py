"""Landlock: a Linux process gives up rights on files, TCP and other processes. https://docs.kernel.org/userspace-api/landlock.html

Three system calls, made through the C library, since Python has no function for them. Rights that the running kernel
does not know are left out of what is asked for.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
from functools import cache
from pathlib import Path

_CREATE, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
# Rights on files by the version that brought them: everything to 1, then moving between folders, truncating, devices.
_FILES = (0, (1 << 13) - 1, 1 << 13, 1 << 14, 0, 1 << 15)
_TCP = 3
_TCP_SINCE, _SCOPE_SINCE = 4, 6
_SCOPES = 3
"""Sockets without a file, and signals: only within."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


@cache
def library() -> ctypes.CDLL:
    """The C library of this process."""
    return ctypes.CDLL(None, use_errno=True)


def version() -> int:
    """The version of Landlock here, 0 without it."""
    try:
        return max(0, _call(_CREATE, None, 0, _VERSION))
    except OSError:
        return 0


def restrict(readable: list[str]) -> None:
    """From here on read only what is beneath these paths, write nothing but /dev/null, and reach nobody.

    Does nothing where there is no Landlock. Raises `OSError`.
    """
    known = version()
    if not known:
        return
    files = 0
    for rights in _FILES[: known + 1]:
        files |= rights
    asked = _Ruleset(files, _TCP if known >= _TCP_SINCE else 0, _SCOPES if known >= _SCOPE_SINCE else 0)
    size = 24 if known >= _SCOPE_SINCE else 16 if known >= _TCP_SINCE else 8
    ruleset = _call(_CREATE, ctypes.byref(asked), size, 0)
    try:
        for path in readable:
            _allow(ruleset, path, _EXECUTE | _READ_FILE | (_READ_DIR if Path(path).is_dir() else 0))
        _allow(ruleset, os.devnull, _WRITE_FILE | _READ_FILE)
        _call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    with contextlib.suppress(FileNotFoundError, PermissionError, NotADirectoryError):
        number = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            _call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(_Beneath(rights, number)), 0)
        finally:
            os.close(number)


def _call(*arguments: object) -> int:
    made = library().syscall(*arguments)
    if made < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return int(made)

"""What a process gives up before it reads what a stranger made.

Memory, time, files: `setrlimit`, where there is one. On Linux with Landlock also: writing any file, reading what is
not a program or a library, reaching other processes, TCP. What it cannot take away: on a machine where we run as root
the number of processes (the whole group is ended at the deadline instead).
"""

from __future__ import annotations

import contextlib
import math
import os
import sys
from pathlib import Path

from factdesk.capture.extract.base import Limits
from factdesk.capture.extract.landlock import library, restrict

if sys.platform != "win32":
    import resource

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 36, 38
_SIGKILL = 9
_OPEN_FILES = 64
_SCRATCH = 256 << 20
"""Bytes that a file may have: a program that reads pictures may want one. Landlock says where: nowhere, or so."""


def confine(limits: Limits) -> None:
    """Give up what reading a document does not need. For good, and for every process started from here."""
    if sys.platform == "win32":
        return
    seconds = math.ceil(limits.seconds) + 1
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: _SCRATCH,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
    }
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # macOS refuses some of them.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))
    if sys.platform == "linux":
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
        _prctl(_PR_SET_PDEATHSIG, _SIGKILL)
        with contextlib.suppress(OSError):
            restrict(_readable())


def become_subreaper() -> None:
    """Be the parent of every orphan among our children's children."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def children_of_this_process() -> set[int]:
    """The numbers of our child processes, ended ones included."""
    found: set[int] = set()
    for path in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found.update(map(int, path.read_text().split()))
    return found


def _prctl(option: int, value: int) -> None:
    with contextlib.suppress(AttributeError, OSError):
        library().prctl(option, value, 0, 0, 0)


def _readable() -> list[str]:
    """Where programs, libraries and their data are."""
    own = {sys.prefix, sys.base_prefix, str(Path(sys.executable).parent), *sys.path}
    given = {os.environ[name] for name in ("TESSDATA_PREFIX", "LD_LIBRARY_PATH") if os.environ.get(name)}
    system = {"/usr", "/lib", "/lib32", "/lib64", "/bin", "/opt", "/nix", "/etc/ld.so.cache", "/etc/fonts",
              "/etc/alternatives", "/sys/devices/system/cpu", "/proc/self", "/proc/cpuinfo",
              "/proc/meminfo", "/dev/urandom"}  # fmt: skip
    return sorted(path for each in own | given | system for path in each.split(os.pathsep) if path.startswith("/"))

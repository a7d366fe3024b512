"""Builds the site of a desk and is killed at one of its calls to the system, again and again. Not a test.

Run as `python -m tests.publish.killed_builder DESK SITE URL URL`. First it says how many calls a build makes. Then it
reads lines: the number of the call at which the next build is killed; and answers once that is done: `killed`, the
number of calls where the build was done before, or which processes of the killed build live on. The builds go under one
address and the other in turn.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from itertools import chain, cycle
from pathlib import Path

from tests.actions.desks_of_people import config_in, opened

from factdesk.publish.build import build

CALLS = ("open", "os.", "shutil.", "ctypes.")
"""The beginnings of the names of calls that count: those that change what is on the disk."""
PATIENCE = 20.0
"""Seconds in which what a killed build had started must notice, on a machine with much else to do."""


def built(desk: Path, site: Path, url: str, last: int) -> int:
    """Build it, and say how many calls that took; killed at the `last` one, where that comes."""
    count, own = 0, os.getpid()

    def hook(event: str, _arguments: object) -> None:
        nonlocal count
        # A process that the build starts has the hook as well: it is the build that is killed.
        if event.startswith(CALLS) and os.getpid() == own:
            count += 1
            if count == last:
                os.kill(own, signal.SIGKILL)

    with opened(config_in(desk)) as known:
        sys.addaudithook(hook)
        build(known, site, url)
    return count


def living(session: int) -> list[int]:
    """The processes of a session, but those that ended and wait to be asked for; none where the system tells nobody."""
    found = []
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of = each.read_text().rpartition(")")[2].split()[:4]
        except (OSError, ValueError):
            # It ended while we looked.
            continue
        if int(of) == session and state not in "ZX":
            found.append(int(each.parent.name))
    return found


def survivors(session: int) -> list[int]:
    """Those that do not end by themselves, though their session's first process did."""
    end = time.monotonic() + PATIENCE
    while (found := living(session)) and time.monotonic() < end:
        time.sleep(0.01)
    return found


def answers(folder: Path, target: Path, urls: list[str]) -> None:
    """Do what is asked, line by line."""
    reader, writer = os.pipe()
    turns = cycle(urls)
    for line in chain([b"0"], iter(sys.stdin.buffer.readline, b"")):
        child = os.fork()
        if child == 0:
            os.setsid()
            os.write(writer, b"%d\n" % built(folder, target, next(turns), int(line)))
            os._exit(0)
        next(turns)
        _, status = os.waitpid(child, 0)
        left = survivors(child)
        answer = os.read(reader, 100).decode().strip() if status == 0 else "killed"
        print(f"{left} live on" if left else answer, flush=True)


if __name__ == "__main__":
    answers(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])

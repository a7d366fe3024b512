"""Builds the site of a desk and is killed at one of its calls to the system, again and again. Not a test.

Run as `python -m tests.publish.killed_builder DESK SITE URL URL`. First it says how many calls a build makes. Then it
reads lines: the number of the call at which the next build is killed; and answers once that is done. The builds go
under one address and the other in turn.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import chain, cycle
from pathlib import Path

from tests.actions.desks_of_people import config_in, opened

from factdesk.publish.build import build

CALLS = ("open", "os.", "shutil.", "ctypes.")
"""The beginnings of the names of calls that count: those that change what is on the disk."""


def built(desk: Path, site: Path, url: str, last: int) -> int:
    """Build it, and say how many calls that took; killed at the `last` one, where that comes."""
    count = 0

    def hook(event: str, _arguments: object) -> None:
        nonlocal count
        if event.startswith(CALLS):
            count += 1
            if count == last:
                os.kill(os.getpid(), signal.SIGKILL)

    with opened(config_in(desk)) as known:
        sys.addaudithook(hook)
        build(known, site, url)
    return count


if __name__ == "__main__":
    folder, target, *urls = sys.argv[1:]
    reader, writer = os.pipe()
    turns = cycle(urls)
    for line in chain([b"0"], iter(sys.stdin.buffer.readline, b"")):
        child = os.fork()
        if child == 0:
            os.write(writer, b"%d\n" % built(Path(folder), Path(target), next(turns), int(line)))
            os._exit(0)
        next(turns)
        _, status = os.waitpid(child, 0)
        print(os.read(reader, 100).decode().strip() if status == 0 else "killed", flush=True)

"""Killing a process at work at a random moment: what the measurements of `kill -9` share."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import TextIO


def kill_once(work: Callable[[TextIO], None], lines: int, delay: float) -> list[str]:
    """Let a child work until it has told `lines` lines and for `delay` seconds more, then kill it; what it told.

    The child is a fork, so that a kill takes milliseconds and not the seconds that a new Python needs to load.
    """
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setpgid(0, 0)
            os.close(read_end)
            with os.fdopen(write_end, "w") as out:
                work(out)
        finally:
            # Whatever went wrong: what follows is the parent's to do.
            os._exit(1)
    # A group of its own, made by whoever comes first: processes that the child starts go with it.
    os.setpgid(child, child)
    os.close(write_end)
    with os.fdopen(read_end) as told_by_child:
        told = [told_by_child.readline() for _ in range(lines)]
        time.sleep(delay)
        os.killpg(child, signal.SIGKILL)
        told += told_by_child.readlines()
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != -signal.SIGKILL:
        raise RuntimeError("the child ended by itself")
    return [line.strip() for line in told if line.endswith("\n")]

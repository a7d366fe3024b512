"""The process that reads documents: started once, it forks a child for each document and ends what overstays.

    python -m factdesk.capture.extract.child serve FD    one control socket; Linux
    python -m factdesk.capture.extract.child once        a job on standard input, the answer on standard output

Why our own, and not multiprocessing's forkserver: that one answers by pickle, knows no deadlines and no process
groups, imports the caller's main module again (so that a script without a guard runs twice), and leaves its children
to themselves when the caller is killed. This one is told what to do by one socket and ends when that closes, which a
kernel does even for a caller that was killed.

The server itself never looks at a document. It imports libraries before it forks, so that a child starts in a
millisecond; the child gives up its rights (`confine`), reads, answers by `wire` frames, and exits. How it ended the
server says on a pipe that the child does not have.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.confine import become_subreaper, children_of_this_process, confine
from factdesk.capture.extract.kinds import EXTRACTORS
from factdesk.capture.extract.reading import read
from factdesk.capture.extract.wire import error_frame, frames
from factdesk.errors import DamagedError, FactdeskError, LimitError

MOST_REQUEST = 1 << 16
_CHUNK = 1 << 20
_WARM = b"<!doctype html><title>a</title><h1 class=a style='b:c'>d<b>e</b></h1><ul><li>f</ul><pre>g</pre>"
_LOOK = 2.0
"""Seconds between looks at whether the caller still lives, for a control socket that a fork of it holds open."""


@dataclass(frozen=True, slots=True)
class Request:
    """One document to be read. `likely` names the extractor whose libraries are to be there beforehand."""

    hint: Hint
    limits: Limits
    content_encoding: str = ""
    extractor: str = ""
    likely: str = ""


def request_from(data: bytes) -> Request:
    """The request that `run` wrote as JSON."""
    fields: dict[str, Any] = json.loads(data)
    return Request(**fields | {"hint": Hint(**fields["hint"]), "limits": Limits(**fields["limits"])})


def answer(request: Request, data: bytes, out: int) -> None:
    """Read a document and write the answer. Every failure becomes one, as far as there is memory for it."""
    try:
        found = read(data, request.hint, request.limits, request.content_encoding, request.extractor)
        for frame in frames(found):
            _write(out, frame)
    except FactdeskError as error:
        _write(out, error_frame(error))
    except MemoryError:
        limit = request.limits.memory_bytes >> 20
        _write(out, error_frame(LimitError("The document needs more than {limit} MB of memory.", limit=limit)))
    except BrokenPipeError:
        pass
    except Exception as error:  # noqa: BLE001  a parser may raise anything over what strangers made
        _write(out, error_frame(DamagedError("The document cannot be read ({why}).", why=type(error).__name__)))


def _write(out: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(out, view) :]


def _read_all(given: int, most: int) -> bytes:
    """What is in a file from its beginning, up to one byte more than may be there."""
    pieces, at = [], 0
    while at <= most and (piece := os.pread(given, min(_CHUNK, most + 1 - at), at)):
        pieces.append(piece)
        at += len(piece)
    return b"".join(pieces)


@dataclass(slots=True)
class _Child:
    """A running child: when it must be done, and the pipe on which to say how it ended."""

    status: int
    deadline: float
    late: bool = False


@dataclass(slots=True)
class Server:
    """Forks a child for each request on the control socket."""

    control: socket.socket
    parent: int = field(default_factory=os.getppid)
    children: dict[int, _Child] = field(default_factory=dict)
    _ready: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Serve until the caller is gone."""
        become_subreaper()
        ended, wake = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            while os.getppid() == self.parent:
                events = self._wait(ended)
                if ended in events:
                    with contextlib.suppress(BlockingIOError):
                        os.read(ended, 4096)
                self._end_abandoned(events)
                self._end_late()
                self._reap()
                if self.control.fileno() in events and not self._accept():
                    return
        finally:
            for pid in self.children:
                _kill(pid)
            _end_strays(set())

    def _wait(self, ended: int) -> set[int]:
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        poll.register(ended, select.POLLIN)
        for child in self.children.values():
            # No event is asked for: a closed reading end is told in any case.
            poll.register(child.status, 0)
        first = min((child.deadline for child in self.children.values() if not child.late), default=float("inf"))
        left = max(0.0, min(_LOOK, first - time.monotonic()))
        return {number for number, _ in poll.poll(left * 1000 + 1)}

    def _accept(self) -> bool:
        """Take a request and fork; false when the caller is gone."""
        data, given, _, _ = socket.recv_fds(self.control, MOST_REQUEST, 3)
        if not data or len(given) != 3:
            return bool(data)
        document, out, status = given
        request = request_from(data)
        self._prepare(request)
        pid = os.fork()
        if pid == 0:
            _be_child(request, document, out)
        os.close(document)
        os.close(out)
        self.children[pid] = _Child(status, time.monotonic() + request.limits.seconds)
        return True

    def _prepare(self, request: Request) -> None:
        """Import what the child will need, once for all."""
        reader = EXTRACTORS.get(request.likely)
        if reader is None:
            return
        about = request.hint.about
        warm = f"warm {about}"
        if request.likely == "html" and warm not in self._ready:
            self._ready.add(warm)
            # What parsers and codecs set up on first use is set up here, on a page of our own.
            with contextlib.suppress(ImportError):
                read(_WARM, Hint(charset="utf-8", about=about, main=False), Limits())
        wanted = (*reader.about, *(reader.main if request.hint.main else ())) if about else ()
        for name in (reader.function.partition(":")[0], *reader.needs, *wanted):
            if name not in self._ready:
                self._ready.add(name)
                # What is missing here the child reports.
                with contextlib.suppress(ImportError, FactdeskError, OSError):
                    module = import_module(name)
                    if name.startswith("factdesk.") and hasattr(module, "extractor"):
                        # Versions are looked up in files, or by asking a program: once is enough.
                        module.extractor()
                gc.collect()
                # Counting references would copy the pages of what every child shares.
                gc.freeze()

    def _end_abandoned(self, events: set[int]) -> None:
        for pid, child in self.children.items():
            if child.status in events:
                _kill(pid)

    def _end_late(self) -> None:
        now = time.monotonic()
        for pid, child in self.children.items():
            if not child.late and now >= child.deadline:
                child.late = True
                _kill(pid)

    def _reap(self) -> None:
        for pid in list(self.children):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                continue
            # While it is not yet waited for, its number cannot be another's: the group is still its own.
            _kill(pid)
            _, code = os.waitpid(pid, 0)
            child = self.children.pop(pid)
            _end_strays(set(self.children))
            ending = {"code": os.waitstatus_to_exitcode(code), "late": child.late}
            with contextlib.suppress(BrokenPipeError):
                os.write(child.status, json.dumps(ending).encode())
            os.close(child.status)


def _kill(pid: int) -> None:
    """End a child with its process group."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError):
            end(pid, signal.SIGKILL)


def _end_strays(known: set[int]) -> None:
    """End what left its group: orphans come to us, since we are their subreaper."""
    for _ in range(100):
        strays = children_of_this_process() - known
        if not strays:
            return
        for pid in strays:
            _kill(pid)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _be_child(request: Request, document: int, out: int) -> None:
    """What runs after the fork. Does not come back."""
    code = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        keep_only(document, out)
        data = _read_all(document, request.limits.input_bytes)
        os.close(document)
        confine(request.limits)
        answer(request, data, out)
        code = 0
    finally:
        # Not sys.exit: what the server would do at its end is not ours to do.
        os._exit(code)


def keep_only(*kept: int) -> None:
    """Close every file but standard ones and these."""
    last = 2
    for number in sorted(kept):
        os.closerange(last + 1, number)
        last = number
    os.closerange(last + 1, os.sysconf("SC_OPEN_MAX") if os.sysconf("SC_OPEN_MAX") < 1 << 16 else 1 << 16)


def once() -> None:
    """One job on standard input: a line with the request, then the document. For systems without `serve`."""
    request = request_from(sys.stdin.buffer.readline(MOST_REQUEST))
    data = sys.stdin.buffer.read(request.limits.input_bytes + 1)
    out = os.dup(1)
    # Nothing that a library prints may get into the answer.
    os.dup2(2, 1)
    confine(request.limits)
    answer(request, data, out)


def main() -> None:
    """Serve, or do one job."""
    if sys.argv[1:] == ["once"]:
        once()
    else:
        Server(socket.socket(fileno=int(sys.argv[2]))).run()


if __name__ == "__main__":
    main()

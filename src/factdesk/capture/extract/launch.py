"""Starts children that read documents, and hears what they say."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

import factdesk
from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.child import Request
from factdesk.capture.extract.kinds import HEAD, likely
from factdesk.capture.extract.reading import check_size
from factdesk.capture.extract.wire import Answer, NonsenseError
from factdesk.domain.documents import Extracted
from factdesk.errors import DamagedError, ExtractError, FactdeskError, InputError, LimitError, ResourceError

GRACE = 30.0
"""Seconds beyond a document's own: the server may have to import libraries first."""

_CHUNK = 1 << 16
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
_KILLED = {"code": -9, "late": False}
_MODULE = "factdesk.capture.extract.child"


@dataclass(slots=True)
class Running:
    """A child at work. `out` is where its answer comes, `status` where the server says how it ended."""

    hint: Hint
    limits: Limits
    out: int
    status: int
    deadline: float
    answer: Answer
    ended: bool = False
    _said: bytes = b""
    _failure: FactdeskError | None = None

    def listening(self) -> list[int]:
        """The files that something may come from."""
        return [number for number in (self.out, self.status) if number >= 0]

    def take(self, number: int) -> None:
        """Read what came."""
        if number == self.out:
            self._hear()
        elif number == self.status:
            self._said = os.read(self.status, 200)
            # Everything it wrote before its end is in the pipe.
            while self._hear():
                pass
            self.close()

    def _hear(self) -> bool:
        """Read a piece of the answer; false when there is none, or none yet."""
        try:
            data = os.read(self.out, _CHUNK) if self.out >= 0 else b""
        except BlockingIOError:
            return False
        try:
            self.answer.feed(data)
        except NonsenseError:
            self._failure = _nonsense(self.hint)
            self.close()
        if not data and self.out >= 0:
            os.close(self.out)
            self.out = -1
        return bool(data)

    def hear_all(self, out: IO[bytes], ending: dict[str, Any]) -> None:
        """Take an answer that is there as a whole, and how the child ended."""
        self._said = json.dumps(ending).encode()
        try:
            while data := out.read(_CHUNK):
                self.answer.feed(data)
        except NonsenseError:
            self._failure = _nonsense(self.hint)

    def give_up(self) -> None:
        """The server itself did not answer in time."""
        self._failure = _late(self.hint, self.limits)
        self.close()

    def close(self) -> None:
        """Listen no more. A child that still runs is ended by the server, which sees it."""
        for number in self.listening():
            os.close(number)
        self.out = self.status = -1
        self.ended = True

    def result(self) -> Extracted:
        """What the child found; raises what went wrong."""
        if self._failure is not None:
            raise self._failure
        ending = json.loads(self._said) if self._said else _KILLED
        if self.answer.complete and not ending["late"]:
            try:
                return self.answer.result(self.hint.place)
            except NonsenseError:
                raise _nonsense(self.hint) from None
        raise _died(ending, self.hint, self.limits)


def start(data: bytes | Path, request: Request) -> Running:
    """Start a child that reads the document. Raises `LimitError` or `InputError` when there is nothing to start."""
    return _served(data, request) if sys.platform == "linux" else start_once(data, request)


def _served(data: bytes | Path, request: Request) -> Running:
    document = _opened(data, request)
    request = _expecting(request, document)
    out, out_there = os.pipe2(os.O_CLOEXEC)
    status, status_there = os.pipe2(os.O_CLOEXEC)
    try:
        os.set_blocking(out, False)
        _SERVER.send(json.dumps(asdict(request)).encode(), [document, out_there, status_there])
    except BaseException:
        os.close(out)
        os.close(status)
        raise
    finally:
        for number in (document, out_there, status_there):
            os.close(number)
    deadline = time.monotonic() + request.limits.seconds + GRACE
    return Running(request.hint, request.limits, out, status, deadline, Answer(request.limits))


def _opened(data: bytes | Path, request: Request) -> int:
    """A file that has the document from its beginning."""
    if isinstance(data, bytes):
        check_size(len(data), request.hint, request.limits)
        number = os.memfd_create("document", os.MFD_CLOEXEC)
        view = memoryview(data)
        while view:
            view = view[os.write(number, view) :]
        return number
    place = request.hint.place or str(data)
    try:
        # A named pipe would be waited for.
        number = os.open(data, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise InputError("The file cannot be opened ({why}).", place=place, why=error.strerror or "") from error
    about = os.fstat(number)
    try:
        if not stat.S_ISREG(about.st_mode):
            raise InputError("It is not a file.", place=place)
        check_size(about.st_size, request.hint, request.limits)
    except InputError:
        os.close(number)
        raise
    return number


def _expecting(request: Request, document: int) -> Request:
    """The request with the extractor that the document's first bytes will be given to."""
    try:
        head = os.pread(document, HEAD, 0)
    except OSError:
        # The child will say so.
        head = b""
    return replace(request, likely=likely(head, request.hint))


class _Client:
    """The server process of this process: started when first asked, again when it died, and after a fork."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def send(self, request: bytes, files: list[int]) -> None:
        """Hand over a request with its files."""
        with self._lock:
            for attempt in (1, 2):
                try:
                    socket.send_fds(self._connection(), [request], files)
                    return
                except (BrokenPipeError, ConnectionError) as error:
                    self._stop()
                    if attempt == 2:
                        raise _no_server() from error

    def _connection(self) -> socket.socket:
        if self._control is None or self._owner != os.getpid():
            self._start()
        if self._control is None:
            raise _no_server()
        return self._control

    def _start(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-P", "-m", _MODULE, "serve", str(theirs.fileno())],
                env=_environment(),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                # Ctrl-C is ours to hear; we close, and it ends.
                start_new_session=True,
            )
        self._control, self._owner = ours, os.getpid()

    def stop(self) -> None:
        """End the server and everything it started."""
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._control = self._process = None


_SERVER = _Client()
atexit.register(_SERVER.stop)


def start_once(data: bytes | Path, request: Request) -> Running:
    """A fresh interpreter for one document; comes back when it is done."""
    document = data if isinstance(data, bytes) else _file_bytes(data, request)
    check_size(len(document), request.hint, request.limits)
    running = Running(request.hint, request.limits, -1, -1, 0.0, Answer(request.limits), ended=True)
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out:
        given.write(json.dumps(asdict(request)).encode() + b"\n" + document)
        given.seek(0)
        process = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-P", "-m", _MODULE, "once"],
            env=_environment(),
            stdin=given,
            stdout=out,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        ending = _ending(process, request.limits.seconds)
        out.seek(0)
        running.hear_all(out, ending)
    return running


def _file_bytes(path: Path, request: Request) -> bytes:
    place = request.hint.place or str(path)
    try:
        check_size(path.stat().st_size, request.hint, request.limits)
        return path.read_bytes()
    except OSError as error:
        raise InputError("The file cannot be opened ({why}).", place=place, why=error.strerror or "") from error


def _ending(process: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
    """How the process ended, its group with it."""
    late = False
    try:
        process.wait(seconds + GRACE / 10)
    except subprocess.TimeoutExpired:
        late = True
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    return {"code": process.wait(), "late": late}


def _environment() -> dict[str, str]:
    """What a reader may know of us: where programs and libraries are, and no secrets."""
    home = str(Path(factdesk.__file__).parent.parent)
    paths = [home, *(path for path in sys.path if Path(path).is_absolute() and path != home)]
    fixed = {"PYTHONPATH": os.pathsep.join(paths), "LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"}
    # More threads would only wait for one another: there is a child for each core.
    fixed |= {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return fixed | {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def _died(ending: dict[str, Any], hint: Hint, limits: Limits) -> ExtractError:
    """The error for a child that did not come to its end."""
    signals = (getattr(signal, "SIGXCPU", None), getattr(signal, "SIGKILL", None))
    number = -int(ending["code"])
    if ending["late"] or number == signals[0]:
        return _late(hint, limits)
    if number == signals[1]:
        limit = limits.memory_bytes >> 20
        return LimitError("The document needs more than {limit} MB of memory.", place=hint.place, limit=limit)
    return DamagedError(
        "The document made its reader crash.",
        place=hint.place,
        remedy="It may be damaged, or an attack; save it anew from its program.",
    )


def _late(hint: Hint, limits: Limits) -> LimitError:
    return LimitError("Reading the document takes more than {limit} s.", place=hint.place, limit=round(limits.seconds))


def _nonsense(hint: Hint) -> DamagedError:
    return DamagedError(
        "The document's reader gave no sensible answer.",
        place=hint.place,
        remedy="It may be an attack; save it anew from its program.",
    )


def _no_server() -> ResourceError:
    return ResourceError("The process that reads documents could not be started.", remedy="Free memory and try again.")

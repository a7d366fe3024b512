"""Extractors that misbehave: what a parser in a stranger's hands could do. They run in the child process."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from factdesk.capture.extract.base import Builder, Hint, Limits
from factdesk.domain.documents import About, Document, Extracted, Extractor


def _said(text: str) -> Extracted:
    builder = Builder()
    builder.add(text)
    return Extracted(builder.document(), About(), Extractor("hostile", "1"), "text/plain")


def _attempt(what: object) -> Extracted:
    return _said(f"done: {what}")


def loaded(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    """Not hostile: whether the library for PDFs is there already."""
    return _said(str("pypdfium2" in sys.modules))


def hang(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    while True:
        time.sleep(3600)


def hang_deaf(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGXCPU):
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(3600)


def hang_with_child(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    """Leaves a process that left its group, whose number it tells in the file's stead: it stays in the group's pipe."""
    if os.fork() == 0:
        os.setsid()
        time.sleep(3600)
    return _said("gone")


def eat_memory(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    kept = []
    while True:
        kept.append(bytearray(1 << 24))


def eat_memory_in_one(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    return _said(str(len(bytearray(1 << 40))))


def crash(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    ctypes.string_at(0)
    return _said("survived")


def abort(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    os.abort()


def leave(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    os._exit(0)


def overflow(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    return overflow(data, hint, limits)


def kill_group(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    os.killpg(0, signal.SIGKILL)
    return _said("survived")


def kill_server(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    os.kill(os.getppid(), signal.SIGKILL)
    return _said("killed")


def _answers(body: bytes) -> Extracted:
    """Write straight to where the answer goes: the only file that is open."""
    for number in range(3, 64):
        try:
            os.write(number, body)
        except OSError:
            continue
    os._exit(0)


def garbage(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    return _answers(b"\x80\x04\x95 not what was agreed" * 1000)


def raw(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    """The document itself is the answer."""
    return _answers(data)


def endless(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    piece = b"T" + (1 << 20).to_bytes(4, "big") + b"x" * (1 << 20)
    while True:
        _write_once(piece)


def _write_once(piece: bytes) -> None:
    for number in range(3, 64):
        try:
            os.fstat(number)
        except OSError:
            continue
        view = memoryview(piece)
        while view:
            view = view[os.write(number, view) :]


def print_much(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    print("x" * 1_000_000)
    sys.stderr.write("x" * 1_000_000)
    return _said("still here")


def outside_text(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    from factdesk.domain.documents import Block

    return Extracted(Document("short", (Block(0, 500),)), About(), Extractor("hostile", "1"), "text/plain")


def control_text(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    return Extracted(Document("a\x00\x1b[2Jb"), About(), Extractor("hostile", "1"), "text/plain")


def environment(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    return _said("environment: " + " ".join(f"{name}={value}" for name, value in os.environ.items()))


def parents_environment(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    return _said(Path(f"/proc/{data.decode()}/environ").read_bytes().decode("utf-8", "replace"))


def parents_memory(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    with Path(f"/proc/{data.decode()}/mem").open("rb") as memory:
        return _attempt(memory.fileno())


def signal_parent(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    os.kill(int(data), 0)
    return _attempt("reached")


def write_file(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    return _attempt(Path(data.decode()).write_text("written"))


def read_file(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    return _attempt(Path(data.decode()).read_text(encoding="utf-8"))


def delete_file(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    Path(data.decode()).unlink()
    return _attempt("deleted")


def connect(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    with socket.create_connection(("127.0.0.1", int(data)), timeout=5):
        return _attempt("connected")


def run_program_that_writes(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    subprocess.run([sys.executable, "-c", f"open({data.decode()!r}, 'w').write('x')"], check=True, capture_output=True)
    return _attempt("written")


def fork_bomb(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    """Bounded, for the sake of whoever runs the tests: 200 processes, half of them outside its group."""
    for number in range(200):
        if os.fork() == 0:
            if number % 2:
                os.setsid()
            time.sleep(3600)
    time.sleep(3600)
    return _said("survived")


def open_files(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    return _attempt([os.dup(1) for _ in range(10_000)])

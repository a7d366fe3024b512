"""A real server on the loopback address whose answers each test writes itself, byte by byte."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpcore

Respond = Callable[[socket.socket, bytes], None]


@dataclass
class Server:
    """Where it listens, every request head it got, and how many connections were made to it."""

    port: int
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """An address on it."""
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving(respond: Respond) -> Iterator[Server]:
    """Answer each connection with `respond(socket, request head)` in a thread, until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1])
    threads: list[threading.Thread] = []

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            server.connections += 1
            thread = threading.Thread(target=talk, args=(client,), daemon=True)
            threads.append(thread)
            thread.start()

    def talk(client: socket.socket) -> None:
        with client:
            head = b""
            while b"\r\n\r\n" not in head:
                got = client.recv(65536)
                if not got:
                    return
                head += got
            server.requests.append(head)
            try:
                respond(client, head)
            except OSError:
                # The other side hung up, as it should on a body beyond its limits.
                return

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        # `close` alone does not wake a thread that waits in `accept`.
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(5)
        for thread in threads:
            thread.join(5)


def answer(body: bytes = b"", status: str = "200 OK", length: int | None = None, **headers: str) -> Respond:
    """A whole answer; `length` overrides the length it declares."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    raw = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    return lambda client, head: client.sendall(raw)


class Internet(httpcore.SyncBackend):
    """Public addresses, of which each leads to a server on this machine; remembers what was connected to.

    Any other address is connected to in earnest: a check that is missing shows.
    """

    def __init__(self, ports: dict[str, int]) -> None:
        super().__init__()
        self.ports = ports
        self.connected: list[str] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.connected.append(host)
        if host in self.ports:
            host, port = "127.0.0.1", self.ports[host]
        return super().connect_tcp(host, port, timeout, local_address, socket_options)

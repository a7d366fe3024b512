"""A forward proxy on the loopback address, through which a browser reaches the network: as far as a fetch would.

It resolves names itself, checks every address and connects to the one it checked; whatever a page asks for, and
however it asks (redirects, frames, WebSockets), comes by here. What goes through TLS it does not read.
"""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpcore

from factdesk.capture.addresses import is_public
from factdesk.capture.client import Way
from factdesk.capture.connect import CheckedBackend, Deadline
from factdesk.capture.targets import checked_url
from factdesk.errors import NetworkError, RefusedAddressError

_CHUNK = 1 << 16
_MAX_HEAD = 64 << 10
_OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"
_REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_FAILED = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_OURS = (b"proxy-", b"connection:", b"keep-alive:", b"host:", b"te:", b"upgrade:")
"""Fields that are between a browser and its proxy, and `Host`, which is made of the address that was checked."""


@dataclass(frozen=True, slots=True)
class ProxyLimits:
    """What one page may take in all: bytes both ways, seconds, connections at once, seconds of silence."""

    bytes: int = 256 << 20
    seconds: float = 90.0
    connections: int = 128
    idle_seconds: float = 20.0


@dataclass(slots=True)
class Proxy:
    """Where it listens, and what has come by. `refused` are hosts that were asked for and not connected to."""

    port: int
    refused: list[str] = field(default_factory=list)
    private: bool = False
    used: int = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def proxying(ports: frozenset[int], way: Way, limits: ProxyLimits | None = None) -> Iterator[Proxy]:
    """A proxy for as long as the block runs, which connects to these ports only."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ExitStack() as stack:
        proxy = Proxy(listener.getsockname()[1])
        service = _Service(proxy, ports, way, limits or ProxyLimits())
        accepting = threading.Thread(target=service.accept, args=(listener,), daemon=True)
        accepting.start()
        stack.callback(service.end)
        stack.callback(accepting.join)
        # `close` alone does not wake a thread that waits in `accept`.
        stack.callback(listener.shutdown, socket.SHUT_RDWR)
        yield proxy


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a browser asks its proxy: where to connect, what to send there first, how much it will send after it."""

    host: str
    port: int
    head: bytes
    body: int | None
    rest: bytes


class _Service:
    """The connections of one proxy."""

    def __init__(self, proxy: Proxy, ports: frozenset[int], way: Way, limits: ProxyLimits) -> None:
        self._proxy = proxy
        self._ports = ports
        self._limits = limits
        self._private = way.allow_private
        self._deadline = Deadline(limits.seconds)
        self._backend = CheckedBackend(
            self._deadline, allow_private=way.allow_private, resolver=way.resolver, network=way.network
        )
        self._room = threading.BoundedSemaphore(limits.connections)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []

    def accept(self, listener: socket.socket) -> None:
        """Take connections until the listener is shut down."""
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            if not self._room.acquire(blocking=False):
                client.close()
                continue
            thread = threading.Thread(target=self._serve, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def end(self) -> None:
        """Break off what is still open."""
        with self._lock:
            for each in self._open:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _serve(self, client: socket.socket) -> None:
        try:
            with client, self._kept(client):
                client.settimeout(self._limits.idle_seconds)
                self._answer(client)
        except (OSError, httpcore.TimeoutException):
            # One side hung up, or its time is over; there is nobody to tell.
            return
        finally:
            self._room.release()

    def _answer(self, client: socket.socket) -> None:
        try:
            asked = _read(client)
            if asked.port not in self._ports:
                raise RefusedAddressError("{url} is not an http or https address.", url=asked.host)
            stream = self._backend.connect_tcp(asked.host, asked.port, self._limits.idle_seconds)
        except RefusedAddressError as error:
            self._proxy.refused.append(str(error.values.get("host") or error.values.get("url", "")))
            client.sendall(_REFUSED)
            return
        except (NetworkError, httpcore.ConnectError, httpcore.ConnectTimeout):
            client.sendall(_FAILED)
            return
        try:
            self._proxy.private |= not is_public(ip_address(stream.address.partition("%")[0]))
            upstream: socket.socket = stream.get_extra_info("socket")
            with self._kept(upstream):
                upstream.settimeout(self._limits.idle_seconds)
                upstream.sendall(asked.head) if asked.head else client.sendall(_OPEN)
                self._relay(client, upstream, asked)
        finally:
            stream.close()

    def _relay(self, client: socket.socket, upstream: socket.socket, asked: _Asked) -> None:
        """Pass bytes on until one side ends, the limits are reached, or a browser sends more than it said."""
        left = asked.body
        if asked.rest:
            left = self._onward(asked.rest, upstream, left)
        with selectors.DefaultSelector() as selector:
            selector.register(client, selectors.EVENT_READ, client)
            selector.register(upstream, selectors.EVENT_READ, upstream)
            while ready := selector.select(self._deadline.left(self._limits.idle_seconds, httpcore.ReadTimeout)):
                for key, _ in ready:
                    data = key.data.recv(_CHUNK)
                    if not data or not self._counted(len(data)):
                        return
                    if key.data is upstream:
                        client.sendall(data)
                    else:
                        left = self._onward(data, upstream, left)

    def _onward(self, data: bytes, upstream: socket.socket, left: int | None) -> int | None:
        """Send a browser's bytes on, and how many more it may send. A second request on the same connection is not
        for this server to answer: raises `OSError`, and the browser connects again."""
        if left is not None and len(data) > left:
            raise ConnectionResetError
        upstream.sendall(data)
        return None if left is None else left - len(data)

    def _counted(self, size: int) -> bool:
        with self._lock:
            self._proxy.used += size
            return self._proxy.used <= self._limits.bytes

    @contextmanager
    def _kept(self, one: socket.socket) -> Iterator[None]:
        """Note a socket as open, so that it can be broken off."""
        with self._lock:
            self._open.add(one)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(one)


def _read(client: socket.socket) -> _Asked:
    """What a browser asks. Raises `RefusedAddressError` for anything that is not an http or https address."""
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = client.recv(_CHUNK)
        if not chunk or len(data) > _MAX_HEAD:
            raise ConnectionResetError
        data += chunk
    head, _, rest = data.partition(b"\r\n\r\n")
    first, *fields = head.split(b"\r\n")
    method, _, target = first.decode("latin-1").partition(" ")
    target = target.partition(" ")[0]
    if method == "CONNECT":
        parts = urlsplit(checked_url(f"https://{target}/"))
        return _Asked(parts.hostname or "", parts.port or 443, b"", None, rest)
    parts = urlsplit(checked_url(target))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kept = [line for line in fields if not line.lower().startswith(_OURS)]
    lines = [
        f"{method} {path} HTTP/1.1".encode("latin-1"),
        f"Host: {parts.netloc}".encode(),
        *kept,
        b"Connection: close",
    ]
    # Only what is http comes in the open, and its port is 80 where none is named.
    return _Asked(parts.hostname or "", parts.port or 80, b"\r\n".join(lines) + b"\r\n\r\n", _length(kept), rest)


def _length(fields: list[bytes]) -> int:
    """How long a request's body is; browsers send none in pieces."""
    lengths = {line.partition(b":")[2].strip() for line in fields if line.lower().startswith(b"content-length:")}
    value = lengths.pop() if len(lengths) == 1 else b"0"
    return int(value) if value.isdigit() else 0

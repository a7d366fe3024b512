"""Connections that go to the address that was checked, and that end when their time is up."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from factdesk.capture.addresses import Resolve, allowed_addresses, resolve

Now = Callable[[], float]


class Deadline:
    """Seconds left of a budget that covers everything from resolving to the last byte."""

    def __init__(self, seconds: float, now: Now = time.monotonic) -> None:
        self._now = now
        self._end = now() + seconds

    def left(self, most: float | None, error: type[Exception]) -> float:
        """Seconds that the next step may take, at most `most`; raises `error` when none are left."""
        left = self._end - self._now()
        if left <= 0:
            raise error("the time for the whole fetch is used up")
        return left if most is None else min(left, most)


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves once, checks every address, and connects to one of those: a second answer of the name server has no say.

    httpcore still sends the host's name in `Host` and in the TLS handshake, and verifies the certificate against it.
    """

    def __init__(
        self,
        deadline: Deadline,
        *,
        allow_private: bool,
        resolver: Resolve = resolve,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._inner = network or httpcore.SyncBackend()
        self._deadline = deadline
        self._allow_private = allow_private
        self._resolver = resolver

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> TimedStream:
        """A stream to the first checked address that answers."""
        failed: Exception = httpcore.ConnectError("no address")
        for address in allowed_addresses(host, port, allow_private=self._allow_private, resolver=self._resolver):
            try:
                wait = self._deadline.left(timeout, httpcore.ConnectTimeout)
                stream = self._inner.connect_tcp(address, port, wait, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return TimedStream(stream, self._deadline, address)
        raise failed

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Never: nothing that is fetched lives in a socket of this machine."""
        del timeout, socket_options
        raise httpcore.ConnectError(path)


class TimedStream(httpcore.NetworkStream):
    """A stream whose every step ends with the deadline, so that a server that drips bytes cannot hold us.

    `address` is where it goes; `sent` what was written first, which is the head of a request.
    """

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline, address: str) -> None:
        self._inner = inner
        self._deadline = deadline
        self.address = address
        self.sent = b""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most that many bytes."""
        return self._inner.read(max_bytes, self._deadline.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of the buffer."""
        self.sent = self.sent or bytes(buffer)
        self._inner.write(buffer, self._deadline.left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same stream, encrypted."""
        wait = self._deadline.left(timeout, httpcore.ConnectTimeout)
        return TimedStream(self._inner.start_tls(ssl_context, server_hostname, wait), self._deadline, self.address)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._inner.get_extra_info(info)

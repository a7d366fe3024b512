"""Asks one address as if everything at the other end were hostile, and follows where it redirects.

http and https only; every address checked, again after each redirect, and connected to as checked; limits on time,
bytes and redirects; no cookies; TLS verified. Only `Location` redirects: what a page itself says of going elsewhere
(`Refresh`, scripts) is part of what is fetched. Proxies of the environment are not used: they would resolve names for
us. Uses httpcore, the engine of httpx, since httpx has no public place to put the check.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

import httpcore

from factdesk import __version__
from factdesk.capture.addresses import Resolve, resolve
from factdesk.capture.connect import CheckedBackend, Deadline
from factdesk.capture.exchange import MAX_HOP_BODY, REDIRECTS, Hop
from factdesk.capture.targets import checked_url, leads_to
from factdesk.clock import utc_now
from factdesk.errors import NetworkError, ResourceError

AGENT = f"factdesk/{__version__}"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take: bytes (sent and unpacked), seconds, redirects."""

    bytes: int = 1 << 30
    total_seconds: float = 900.0
    connect_seconds: float = 15.0
    read_seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Way:
    """How to get onto the network. `resolver` and `network` stand for the machine's own: tests hand in an internet of
    theirs."""

    allow_private: bool = False
    resolver: Resolve = resolve
    network: httpcore.NetworkBackend | None = None
    now: Callable[[], datetime] = utc_now


@dataclass(frozen=True, slots=True)
class Ask:
    """What to ask. A redirect is followed for GET only, and an answer like any other to a POST; `recording` keeps
    the bodies of redirects."""

    headers: Mapping[str, str]
    method: str = "GET"
    content: bytes = b""
    recording: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer that redirects led to, its body still to be read. `hops` are all of them, this one last."""

    response: httpcore.Response
    hop: Hop
    hops: tuple[Hop, ...] = field(default=())

    @property
    def url(self) -> str:
        """Where it came from."""
        return self.hop.url

    def must_be_whole(self) -> None:
        """Raises `NetworkError` for an answer that is not the thing itself: an error, a part of it, nothing."""
        if self.hop.status != 200:
            raise NetworkError("{url} answers with status {status}.", url=self.url, status=self.hop.status)

    def chunks(self, limits: Limits) -> Iterator[bytes]:
        """The body as it comes, transfer encoding removed. Raises `NetworkError` when it is longer than allowed."""
        declared = self.hop.header("content-length")
        if declared.isdigit() and int(declared) > limits.bytes:
            raise too_large(self.url, limits)
        size = 0
        for chunk in self.response.iter_stream():
            size += len(chunk)
            if size > limits.bytes:
                raise too_large(self.url, limits)
            yield chunk


@contextmanager
def answered(url: str, ask: Ask, limits: Limits, way: Way) -> Iterator[Answer]:
    """Ask, follow redirects, and hand over the answer; the connection is closed at the end of the block.

    Raises `RefusedAddressError` for an address that must not be fetched, `NetworkError` for all else that goes wrong,
    while the body is read in the block too.
    """
    backend = CheckedBackend(
        Deadline(limits.total_seconds), allow_private=way.allow_private, resolver=way.resolver, network=way.network
    )
    hops: list[Hop] = []
    at = checked_url(url)
    with httpcore.ConnectionPool(network_backend=backend, max_keepalive_connections=0) as pool:
        while True:
            with _one(pool, at, ask, limits, way) as answer:
                onward = _onward(answer) if ask.method == "GET" else ""
                if not onward:
                    yield replace(answer, hops=(*hops, answer.hop))
                    return
                hops.append(_passed(answer) if ask.recording else answer.hop)
            at = _next(url, onward, hops, limits)


def too_large(url: str, limits: Limits) -> NetworkError:
    """The error for a body beyond its limit."""
    if limits.bytes < 1 << 20:
        return NetworkError("{url} sends more than {limit} kB.", url=url, limit=limits.bytes >> 10)
    return NetworkError("{url} sends more than {limit} MB.", url=url, limit=limits.bytes >> 20)


@contextmanager
def _one(pool: httpcore.ConnectionPool, url: str, ask: Ask, limits: Limits, way: Way) -> Iterator[Answer]:
    """One request and its answer."""
    headers: dict[bytes | str, bytes | str] = {"Host": urlsplit(url).netloc, "User-Agent": AGENT}
    headers.update(ask.headers.items())
    waits = {
        "connect": limits.connect_seconds,
        "read": limits.read_seconds,
        "write": limits.read_seconds,
        "pool": limits.connect_seconds,
    }
    time, extensions = way.now(), {"timeout": waits}
    with (
        _our_words(url),
        pool.stream(ask.method, url, headers=headers, content=ask.content or None, extensions=extensions) as response,
    ):
        stream = response.extensions["network_stream"]
        yield Answer(response, Hop(url, stream.address, time, stream.sent, _head(response), response.status))


@contextmanager
def _our_words(url: str) -> Iterator[None]:
    """What fails while an address is asked, as errors of ours."""
    try:
        yield
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise NetworkError("{url} took too long to answer.", url=url, remedy="Try again later.") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ResourceError("The disk is full.", remedy="Free some space and run the command again.") from error
        raise NetworkError("{url} could not be fetched: {why}.", url=url, why=_why(error)) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise NetworkError("{url} could not be fetched: {why}.", url=url, why=_why(error)) from error


def _head(response: httpcore.Response) -> bytes:
    """The head of an answer as h11 read it: what it would not have is not in it (NUL, folded lines)."""
    version, reason = response.extensions["http_version"], response.extensions["reason_phrase"]
    lines = [b"%b %d %b" % (version, response.status, reason)]
    lines += [b"%b: %b" % (name, value) for name, value in response.headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _onward(answer: Answer) -> str:
    """Where an answer redirects to, empty when it does not."""
    if answer.hop.status not in REDIRECTS:
        return ""
    named = set(answer.hop.headers("location"))
    if len(named) > 1:
        raise NetworkError("{url} redirects to more than one address.", url=answer.url)
    return named.pop() if named else ""


def _passed(answer: Answer) -> Hop:
    """A redirect with what can be had of its body: nothing that is wrong with that keeps us from going on."""
    body, broken = b"", False
    try:
        for chunk in answer.response.iter_stream():
            body += chunk
            if len(body) > MAX_HOP_BODY:
                break
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
        broken = True
    return replace(answer.hop, body=body[:MAX_HOP_BODY], truncated=broken or len(body) > MAX_HOP_BODY)


def _next(asked: str, onward: str, hops: list[Hop], limits: Limits) -> str:
    """The address to ask next, where there may be another."""
    if len(hops) > limits.redirects:
        raise NetworkError("{url} redirects more than {limit} times.", url=asked, limit=limits.redirects)
    url = leads_to(hops[-1].url, onward)
    if any(hop.url == url for hop in hops):
        raise NetworkError("{url} redirects in a circle.", url=asked)
    return url


def _why(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:200]

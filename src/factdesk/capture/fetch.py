"""Fetches an address as if everything at the other end were hostile.

http and https only; every address checked, again after each redirect, and connected to as checked; limits on bytes
(after unpacking too), time and redirects. Proxies of the environment are not used: they would resolve names for us.
Uses httpcore, the engine of httpx, since httpx has no public place to put the check.
"""

from __future__ import annotations

import errno
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import IO
from urllib.parse import SplitResult, urljoin, urlsplit

import httpcore

from factdesk import __version__
from factdesk.capture.addresses import Resolve, resolve
from factdesk.capture.connect import CheckedBackend, Deadline
from factdesk.errors import NetworkError, RefusedAddressError, ResourceError
from factdesk.text.urls import canonical_url

AGENT = f"factdesk/{__version__}"
_ACCEPT = "application/json, application/ld+json, text/html;q=0.9, text/csv;q=0.9, */*;q=0.5"
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take: bytes (sent and unpacked), seconds, redirects."""

    bytes: int = 1 << 30
    total_seconds: float = 900.0
    connect_seconds: float = 15.0
    read_seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing changed since the `etag` or `last_modified` we sent."""

    url: str


@dataclass(slots=True)
class Fetched:
    """What came: a temporary file at its beginning, unpacked; gone when closed. `url` is where redirects led."""

    body: IO[bytes]
    url: str
    size: int
    media_type: str
    etag: str
    last_modified: str

    def __enter__(self) -> Fetched:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.body.close()


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    allow_private: bool = False,
    limits: Limits = Limits(),
    resolver: Resolve = resolve,
    network: httpcore.NetworkBackend | None = None,
) -> Fetched | NotModified:
    """Get an address. Close what it returns, or use it in a `with`.

    `resolver` and `network` stand for the machine's own: tests hand in an internet of theirs.

    Raises `RefusedAddressError` for an address that must not be fetched, `NetworkError` for all else that goes wrong.
    """
    deadline = Deadline(limits.total_seconds)
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    backend = CheckedBackend(deadline, allow_private=allow_private, resolver=resolver, network=network)
    at = url
    with httpcore.ConnectionPool(network_backend=backend, max_keepalive_connections=0) as pool:
        for _ in range(limits.redirects + 1):
            target = checked_url(at)
            answer = _asked(pool, target, conditions, limits)
            if not isinstance(answer, str):
                return answer
            at = urljoin(target, answer)
    raise NetworkError("{url} redirects more than {limit} times.", url=url, limit=limits.redirects)


def _asked(
    pool: httpcore.ConnectionPool, url: str, conditions: dict[str, str], limits: Limits
) -> Fetched | NotModified | str:
    """One request, its failures in our words."""
    try:
        return _once(pool, url, conditions, limits)
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise NetworkError("{url} took too long to answer.", url=url, remedy="Try again later.") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ResourceError("The disk is full.", remedy="Free some space and run the command again.") from error
        raise NetworkError("{url} could not be fetched: {why}.", url=url, why=_why(error)) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise NetworkError("{url} could not be fetched: {why}.", url=url, why=_why(error)) from error


def checked_url(url: str) -> str:
    """The address when it is one we may ask for; raises `RefusedAddressError` otherwise.

    Unlike a canonical address it keeps its query whole: a server may need every parameter.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), None
    if parts.username is not None or parts.password is not None:
        # Not shown: the password is in it.
        raise RefusedAddressError("Addresses with a user name or password are not fetched.")
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc or not canonical_url(url) or port == 0:
        raise RefusedAddressError("{url} is not an http or https address.", url=url[:200])
    host = urlsplit(canonical_url(url)).netloc
    path = urlsplit(canonical_url(f"http://x.example{parts.path or '/'}")).path
    query = "".join(letter if "!" <= letter <= "~" else _percent(letter) for letter in parts.query)
    return f"{parts.scheme.lower()}://{host}{path}{'?' + query if query else ''}"


def _percent(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))


def _once(
    pool: httpcore.ConnectionPool, url: str, conditions: dict[str, str], limits: Limits
) -> Fetched | NotModified | str:
    """One request: what came, or where it redirects to."""
    headers: dict[bytes | str, bytes | str] = {
        "Host": urlsplit(url).netloc,
        "User-Agent": AGENT,
        "Accept": _ACCEPT,
        "Accept-Encoding": "gzip, deflate",
    }
    headers |= {name: _header(value) for name, value in conditions.items() if value}
    waits = {
        "connect": limits.connect_seconds,
        "read": limits.read_seconds,
        "write": limits.read_seconds,
        "pool": limits.connect_seconds,
    }
    with pool.stream("GET", url, headers=headers, extensions={"timeout": waits}) as response:
        got = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in response.headers}
        if response.status in (301, 302, 303, 307, 308) and got.get("location"):
            return got["location"]
        if response.status == 304:
            return NotModified(url)
        if response.status != 200:
            raise NetworkError("{url} answers with status {status}.", url=url, status=response.status)
        if got.get("content-length", "").isdigit() and int(got["content-length"]) > limits.bytes:
            raise _too_large(url, limits)
        return _spooled(response, got, url, limits)


def _spooled(response: httpcore.Response, got: dict[str, str], url: str, limits: Limits) -> Fetched:
    """The body in a temporary file that has no name and is gone with its last handle."""
    body = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    try:
        size = 0
        for piece in _unpacked(_limited(response, url, limits), got.get("content-encoding", ""), url):
            size += len(piece)
            if size > limits.bytes:
                raise _too_large(url, limits)
            body.write(piece)
        body.seek(0)
    except BaseException:
        # Whatever went wrong, an interrupt too: the file must not stay.
        body.close()
        raise
    media = got.get("content-type", "").partition(";")[0].strip().lower()
    return Fetched(body, url, size, media, got.get("etag", ""), got.get("last-modified", ""))


def _limited(response: httpcore.Response, url: str, limits: Limits) -> Iterator[bytes]:
    size = 0
    for chunk in response.iter_stream():
        size += len(chunk)
        if size > limits.bytes:
            raise _too_large(url, limits)
        yield chunk


def _unpacked(chunks: Iterator[bytes], encoding: str, url: str) -> Iterator[bytes]:
    """The body without its content encoding, in pieces that stay small whatever they unpack to."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        yield from chunks
        return
    if name not in ("gzip", "x-gzip", "deflate"):
        raise NetworkError("{url} sends an encoding that was not asked for: {name}.", url=url, name=name[:40])
    engine = zlib.decompressobj(31 if name != "deflate" else 15)
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting and not engine.eof:
                yield engine.decompress(waiting, _CHUNK)
                waiting = engine.unconsumed_tail
        yield engine.flush(_CHUNK)
    except zlib.error as error:
        raise NetworkError("{url} sends a body that cannot be unpacked.", url=url) from error
    if not engine.eof:
        raise NetworkError("{url} sends a body that cannot be unpacked.", url=url)


def _header(value: str) -> str:
    """A header's value on one line: what we kept from a server is not to be trusted either."""
    return "".join(letter for letter in value if " " <= letter <= "~")[:1000]


def _too_large(url: str, limits: Limits) -> NetworkError:
    return NetworkError("{url} sends more than {limit} MB.", url=url, limit=limits.bytes >> 20)


def _why(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:200]

"""Fetches an address: a feed, unpacked; or raw, as evidence, with what was asked and answered on the way to it."""

from __future__ import annotations

import hashlib
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import IO

import httpcore

from factdesk.capture.addresses import Resolve, resolve
from factdesk.capture.client import Answer, Ask, Limits, Way, answered, too_large
from factdesk.capture.exchange import Exchange, encoding_of
from factdesk.clock import utc_now
from factdesk.errors import NetworkError

FEED_LIMITS = Limits()
CAPTURE_LIMITS = Limits(bytes=64 << 20, total_seconds=60.0, redirects=10)
"""What a capture may take."""

_FEEDS = "application/json, application/ld+json, text/html;q=0.9, text/csv;q=0.9, */*;q=0.5"
_PAGES = "text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.9, */*;q=0.8"
_PACKED = {"Accept-Encoding": "gzip, deflate"}
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing changed since the `etag` or `last_modified` we sent."""

    url: str


@dataclass(slots=True)
class _Held:
    """A temporary file at its beginning, gone when closed, and its size in bytes."""

    body: IO[bytes]
    size: int

    def close(self) -> None:
        """Let go of the file."""
        self.body.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(slots=True)
class Fetched(_Held):
    """What came, unpacked. `url` is where redirects led."""

    url: str
    media_type: str
    etag: str
    last_modified: str

    def __enter__(self) -> Fetched:
        return self


@dataclass(slots=True)
class Raw(_Held):
    """What came, as received: transfer encoding removed, content encoding kept. `digest` is its SHA-256 in
    hexadecimal."""

    digest: str
    exchange: Exchange

    @property
    def private(self) -> bool:
        """Whether any of it came from an address that is not on the public internet."""
        return self.exchange.private

    def __enter__(self) -> Raw:
        return self


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    allow_private: bool = False,
    limits: Limits = FEED_LIMITS,
    resolver: Resolve = resolve,
    network: httpcore.NetworkBackend | None = None,
) -> Fetched | NotModified:
    """Get an address, unpacked. Close what it returns, or use it in a `with`.

    Raises `RefusedAddressError` for an address that must not be fetched, `NetworkError` for all else that goes wrong.
    """
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {"Accept": _FEEDS, **_PACKED} | {name: _header(value) for name, value in conditions.items() if value}
    with answered(url, Ask(headers), limits, Way(allow_private, resolver, network)) as answer:
        hop = answer.hop
        if hop.status == 304:
            return NotModified(hop.url)
        encoding = _known_encoding(answer)
        pieces = _unpacked(answer.chunks(limits), encoding, hop.url)
        held, _ = _spooled(pieces, hop.url, limits)
        media = Exchange((hop,)).media_type
        return Fetched(held.body, held.size, hop.url, media, hop.header("etag"), hop.header("last-modified"))


def fetch_raw(
    url: str,
    *,
    allow_private: bool = False,
    limits: Limits = CAPTURE_LIMITS,
    resolver: Resolve = resolve,
    network: httpcore.NetworkBackend | None = None,
    now: Callable[[], datetime] = utc_now,
) -> Raw:
    """Get an address as evidence: the body as received, with every request and answer on the way.

    Close what it returns, or use it in a `with`. A body that breaks off is an error: half a page is no evidence.
    Raises as `fetch` does.
    """
    ask = Ask({"Accept": _PAGES, **_PACKED}, recording=True)
    with answered(url, ask, limits, Way(allow_private, resolver, network, now)) as answer:
        _known_encoding(answer)
        held, digest = _spooled(answer.chunks(limits), answer.url, limits)
        return Raw(held.body, held.size, digest, Exchange(answer.hops))


def _spooled(pieces: Iterable[bytes], url: str, limits: Limits) -> tuple[_Held, str]:
    """The pieces in a temporary file that has no name and is gone with its last handle, and their digest."""
    body = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    size, digest = 0, hashlib.sha256()
    try:
        for piece in pieces:
            size += len(piece)
            if size > limits.bytes:
                raise too_large(url, limits)
            digest.update(piece)
            body.write(piece)
        body.seek(0)
    except BaseException:
        # Whatever went wrong, an interrupt too: the file must not stay.
        body.close()
        raise
    return _Held(body, size), digest.hexdigest()


def _known_encoding(answer: Answer) -> str:
    """How a whole answer's body is packed, when it is a way that we asked for."""
    answer.must_be_whole()
    name = encoding_of(answer.hop.header("content-encoding"))
    if name not in ("", "gzip", "deflate"):
        raise NetworkError("{url} sends an encoding that was not asked for: {name}.", url=answer.url, name=name[:40])
    return name


def _unpacked(chunks: Iterator[bytes], encoding: str, url: str) -> Iterator[bytes]:
    """The body without its content encoding, in pieces that stay small whatever they unpack to."""
    if not encoding:
        yield from chunks
        return
    engine = zlib.decompressobj(31 if encoding == "gzip" else 15)
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

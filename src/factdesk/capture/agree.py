"""Whether an exchange agrees with itself and with the capture that was made of it. Needs no network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from factdesk.capture.exchange import REDIRECTS, Exchange, Hop, encoding_of
from factdesk.capture.targets import leads_to
from factdesk.domain.captures import Capture
from factdesk.domain.matches import Reason
from factdesk.errors import RefusedAddressError
from factdesk.text.urls import canonical_url

_ADDRESS = "The capture says that {said} was asked for, its exchange that it was {found}."
_FINAL = "The capture says that it came from {said}, its exchange that it was {found}."
_PACKED = "The capture says that it is packed as {said}, its exchange as {found}."
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3})(?: [^\r\n\0]*)?\r\n")
_FIELDS = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*\r\n)*\r\n\Z")


def check(exchange: Exchange, capture: Capture) -> Reason | None:
    """The first thing in which an exchange disagrees with itself or with its capture; None when it agrees."""
    return next(_faults(exchange, capture), None)


def _faults(exchange: Exchange, capture: Capture) -> Iterator[Reason]:
    for number, hop in enumerate(exchange.hops, 1):
        yield from _head_faults(hop, number)
    yield from _chain_faults(exchange)
    yield from _capture_faults(exchange, capture)


def _head_faults(hop: Hop, number: int) -> Iterator[Reason]:
    """Heads that are no heads, or that are about another address or status."""
    parts = urlsplit(hop.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = hop.request_head.split(b"\r\n")
    hosts = [line for line in lines[1:] if line.lower().startswith(b"host:")]
    if lines[0] != f"GET {target} HTTP/1.1".encode() or hosts != [f"Host: {parts.netloc}".encode()]:
        yield Reason("exchange", "Request {number} does not ask for {url}.", {"number": str(number), "url": hop.url})
    status = _STATUS.match(hop.response_head)
    if status is None or not _FIELDS.match(hop.response_head, status.end()):
        yield Reason("exchange", "The head of answer {number} is not one.", {"number": str(number)})
    elif int(status[1]) != hop.status:
        yield Reason("exchange", "Answer {number} has another status than is kept of it.", {"number": str(number)})


def _chain_faults(exchange: Exchange) -> Iterator[Reason]:
    """A redirect that does not lead to the next address, or an end that is none."""
    for number, (hop, following) in enumerate(zip(exchange.hops, exchange.hops[1:], strict=False), 1):
        if hop.status not in REDIRECTS or _leads(hop) != {following.url}:
            values = {"number": str(number), "url": following.url}
            yield Reason("exchange", "Answer {number} does not redirect to {url}.", values)
    if exchange.status != 200:
        yield Reason("exchange", "The last answer has status {status}.", {"status": str(exchange.status)})


def _leads(hop: Hop) -> set[str]:
    """Where a redirect leads; an address that would not have been followed is an empty one."""
    return {_written(hop.url, location) for location in hop.headers("location")}


def _written(base: str, location: str) -> str:
    try:
        return leads_to(base, location)
    except RefusedAddressError:
        return ""


def _capture_faults(exchange: Exchange, capture: Capture) -> Iterator[Reason]:
    """What the capture says that its exchange does not."""
    last = exchange.last
    said = (
        (_ADDRESS, canonical_url(capture.url), canonical_url(exchange.url)),
        (_FINAL, capture.final_url or exchange.final_url, exchange.final_url),
        (_PACKED, encoding_of(capture.content_encoding), exchange.content_encoding),
    )
    for template, of_capture, of_exchange in said:
        if of_capture != of_exchange:
            yield Reason("exchange", template, {"said": of_capture or "–", "found": of_exchange or "–"})
    if exchange.private and not capture.private:
        values = {"address": next(hop.address for hop in exchange.hops if hop.private)}
        yield Reason("exchange", "It came from a private network ({address}), which the capture does not say.", values)
    lengths = last.headers("content-length")
    if lengths and not last.headers("transfer-encoding") and set(lengths) != {str(capture.size)}:
        values = {"declared": ", ".join(lengths), "size": str(capture.size)}
        yield Reason("exchange", "The server declares {declared} bytes, and {size} were kept.", values)

"""Fetching a source as evidence: its bytes, and the capture as far as the network knows it. Nothing is kept yet."""

from __future__ import annotations

from dataclasses import dataclass

from factdesk.capture.extract.base import Hint
from factdesk.domain.captures import Capture
from factdesk.domain.documents import Extractor
from factdesk.queries.desk import Desk
from factdesk.store.blobs import digest_of

UNREAD = Extractor("", "")
"""Of a capture whose text was not taken out yet."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of a capture beside the bytes. `authority` is the address of a timestamp authority."""

    note: str = ""
    primary: bool = False
    allow_private: bool = False
    screenshot: bool = False
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What an address answered. `capture` lacks what an extractor finds; it names the digests of `body`, the bytes as
    received, and of `exchange`."""

    capture: Capture
    body: bytes
    exchange: bytes
    hint: Hint


def fetch_source(desk: Desk, url: str, wishes: Wishes) -> Source:
    """Fetch an address, with every request and answer on the way. Raises `NetworkError`, `RefusedAddressError`."""
    # The web client takes a tenth of a second to load, and most commands fetch nothing.
    from factdesk.capture.exchange import exchange_bytes
    from factdesk.capture.fetch import fetch_raw

    allow = wishes.allow_private or desk.config.allow_private
    with fetch_raw(url, allow_private=allow, now=desk.record.clock.now) as raw:
        body = raw.body.read()
        exchange = exchange_bytes(raw.exchange)
    first, last = raw.exchange.hops[0], raw.exchange.last
    capture = Capture(
        origin="web",
        digest=raw.digest,
        size=raw.size,
        media_type="",
        text_digest="",
        extractor=UNREAD,
        time=first.time,
        url=first.url,
        final_url=last.url,
        content_encoding=raw.exchange.content_encoding,
        exchange=digest_of(exchange),
        note=wishes.note,
        private=raw.private,
        primary=wishes.primary,
    )
    return Source(capture, body, exchange, Hint(last.header("content-type"), url=last.url))

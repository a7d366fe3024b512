"""WARC/1.1: the requests and answers of captures, as every web archive reads them.

What is written is a function of what is handed in: record ids come from the content, dates from the exchange, and
each record is a gzip member of its own without a time. A body whose transfer encoding was removed, as it was received
in pieces, stands under `X-Archive-Orig-Transfer-Encoding`, so that nobody takes its bytes for pieces again.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import IO, Any, Literal

from factdesk.capture.exchange import Exchange, Hop

Kind = Literal["warcinfo", "request", "response", "resource"]

MEDIA: dict[Kind, str] = {
    "warcinfo": "application/warc-fields",
    "request": "application/http; msgtype=request",
    "response": "application/http; msgtype=response",
}
UNKNOWN_MEDIA = "application/octet-stream"
_CHUNK = 1 << 16
_PLAIN = re.compile(r"[!-~]+")
_TRANSFER = re.compile(rb"(?im)^(transfer-encoding:)")
_NAMESPACE = uuid.UUID("b1d3c4f0-6f0e-5a5a-9a39-3f5f0a3f7d11")


@dataclass(frozen=True, slots=True)
class Item:
    """One record. `head` is an HTTP head with its empty line (nothing for others), `body` a stream at its beginning.

    `digest` and `size` are the body's; `url` the record's target (`urn:sha256:…` for what has no address); `media_type`
    what a resource or an answer's body is; `address` where an answer came from; `date` is aware UTC.
    """

    kind: Kind
    url: str
    date: datetime
    body: IO[bytes]
    digest: str
    size: int
    head: bytes = b""
    media_type: str = ""
    address: str = ""
    truncated: bool = False
    status: int = 0

    @property
    def block_media_type(self) -> str:
        """What the record's block is."""
        return MEDIA.get(self.kind) or self.media_type or UNKNOWN_MEDIA


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a record was written: its offset and length in the (packed) file, and what an index says of it."""

    kind: Kind
    url: str
    date: datetime
    offset: int
    length: int
    digest: str
    media_type: str
    status: int


def items_of(exchange: Exchange, body: IO[bytes], digest: str, size: int) -> list[Item]:
    """A web capture as records: for each hop its answer and its request."""
    found: list[Item] = []
    for hop in exchange.hops[:-1]:
        found += _pair(hop, BytesIO(hop.body), hashlib.sha256(hop.body).hexdigest(), len(hop.body))
    return [*found, *_pair(exchange.last, body, digest, size)]


def resource(url: str, date: datetime, body: IO[bytes], digest: str, size: int, media_type: str) -> Item:
    """What somebody supplied, as a record; without an address it is named by its digest, and so is one whose
    address would not stand on a line."""
    named = url if _PLAIN.fullmatch(url) else f"urn:sha256:{digest}"
    media = media_type if _PLAIN.fullmatch(media_type) else ""
    return Item("resource", named, date, body, digest, size, media_type=media)


def warcinfo(date: datetime, fields: dict[str, str]) -> Item:
    """What a file says of itself: `software`, `format`, …"""
    data = b"".join(f"{name}: {value}\r\n".encode() for name, value in fields.items())
    return Item("warcinfo", "", date, BytesIO(data), hashlib.sha256(data).hexdigest(), len(data))


def write_warc(out: IO[bytes], items: Iterable[Item]) -> list[Placed]:
    """Write records, each a gzip member of its own. A request that follows its answer names it.

    Of records that are equal in kind, address, date and content, the first is written only.
    """
    from warcio.warcwriter import WARCWriter

    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    placed: list[Placed] = []
    seen: set[str] = set()
    partner = ""
    for item in items:
        block = _block_digest(item)
        name, answer = record_id(item, block), partner
        partner = name if item.kind == "response" else ""
        if name in seen:
            continue
        seen.add(name)
        offset = out.tell()
        writer.write_record(_record(item, name, block, answer if item.kind == "request" else ""))
        placed.append(_placed(item, offset, out.tell() - offset))
    return placed


def record_id(item: Item, block_digest: str) -> str:
    """A record's id: made of what it is about and its block, so that the same record always has the same."""
    said = "\n".join((item.kind, item.url, timestamp_of(item.date), item.address, block_digest))
    return f"<urn:uuid:{uuid.uuid5(_NAMESPACE, said)}>"


def timestamp_of(date: datetime) -> str:
    """A date as WARC/1.1 writes it, to the microsecond."""
    return date.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def archived_head(head: bytes) -> bytes:
    """An answer's head as it stands over a body whose transfer encoding was removed."""
    return _TRANSFER.sub(rb"X-Archive-Orig-\1", head)


def _pair(hop: Hop, body: IO[bytes], digest: str, size: int) -> Iterator[Item]:
    yield Item(
        "response",
        hop.url,
        hop.time,
        body,
        digest,
        size,
        head=archived_head(hop.response_head),
        media_type=hop.header("content-type").partition(";")[0].strip().lower(),
        address=hop.address,
        truncated=hop.truncated,
        status=hop.status,
    )
    empty = hashlib.sha256().hexdigest()
    yield Item("request", hop.url, hop.time, BytesIO(), empty, 0, head=hop.request_head, address=hop.address)


def _placed(item: Item, offset: int, length: int) -> Placed:
    return Placed(item.kind, item.url, item.date, offset, length, item.digest, item.media_type, item.status)


def _block_digest(item: Item) -> str:
    if not item.head:
        return item.digest
    whole = hashlib.sha256(item.head)
    for chunk in iter(lambda: item.body.read(_CHUNK), b""):
        whole.update(chunk)
    item.body.seek(0)
    return whole.hexdigest()


def _record(item: Item, name: str, block: str, partner: str) -> Any:
    """A record for warcio, digests and length given, so that it computes none and reads no head."""
    from warcio.recordloader import ArcWarcRecord
    from warcio.statusandheaders import StatusAndHeaders

    fields = [("WARC-Type", item.kind), ("WARC-Record-ID", name), ("WARC-Date", timestamp_of(item.date))]
    fields += [("WARC-Target-URI", item.url)] if item.url else []
    fields += [("WARC-IP-Address", item.address)] if item.address else []
    fields += [("WARC-Concurrent-To", partner)] if partner else []
    fields += [("WARC-Truncated", "unspecified")] if item.truncated else []
    fields += [("WARC-Payload-Digest", f"sha256:{item.digest}")] if item.kind != "warcinfo" else []
    fields += [("WARC-Block-Digest", f"sha256:{block}"), ("Content-Type", item.block_media_type)]
    head = StatusAndHeaders("", fields, protocol="WARC/1.1")
    stream = _Joined(item.head, item.body)
    return ArcWarcRecord("warc", item.kind, head, stream, None, item.block_media_type, len(item.head) + item.size)


class _Joined:
    """A head and the stream that follows it, read as one."""

    def __init__(self, head: bytes, body: IO[bytes]) -> None:
        self._head = BytesIO(head)
        self._body = body

    def read(self, size: int) -> bytes:
        """At most that many bytes."""
        return self._head.read(size) or self._body.read(size)

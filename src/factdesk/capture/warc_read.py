"""Reads the WARC files that `capture.warc` writes, and believes nothing in them that it can compute.

Strict on purpose: warcio reads what any crawler wrote and passes over what it cannot understand; here every byte has
to be what the writer would have written.
"""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO, Any, cast

from factdesk.capture.exchange import fields_of
from factdesk.capture.warc import MEDIA, UNKNOWN_MEDIA, Item, Kind, record_id, timestamp_of
from factdesk.domain.matches import Reason

_CHUNK = 1 << 16
_MAGIC = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"
_KINDS: frozenset[str] = frozenset({"warcinfo", "request", "response", "resource"})
_NEEDED = frozenset({"warc-type", "warc-record-id", "warc-date", "warc-block-digest", "content-type", "content-length"})
_FIELDS = _NEEDED | frozenset(
    {"warc-target-uri", "warc-ip-address", "warc-concurrent-to", "warc-truncated", "warc-payload-digest"}
)
_LINE = re.compile(rb"([A-Za-z-]+): ([^\r\n\0]*)\r\n")
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3})[ \r]")
_IN_MEMORY = 1 << 20


@dataclass(frozen=True, slots=True)
class WarcLimits:
    """What a file may hold: records, bytes of one, bytes of all (unpacked), bytes of a head."""

    records: int = 1_000_000
    record: int = 256 << 20
    total: int = 16 << 30
    head: int = 256 << 10


@dataclass(frozen=True, slots=True)
class Read:
    """A record that was read, and where it stands in the packed file. The caller closes `item.body`."""

    item: Item
    record_id: str
    concurrent_to: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the record that begins at `offset` is not as it should be. `url` is its target, where known."""

    offset: int
    reason: Reason
    url: str = ""


class _BrokenError(Exception):
    """A fault, and that nothing behind it can be read."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.template)


def read_warc(stream: IO[bytes], limits: WarcLimits | None = None) -> Iterator[Read | Fault]:
    """The records of a file, and faults where they are found; behind a fault in a record's form nothing is read.

    Both digests and the record's id are computed again. Bodies are in memory or in temporary files.
    """
    limits = limits or WarcLimits()
    source, total = _Source(stream), 0
    for number in range(limits.records + 1):
        offset = source.offset
        try:
            if source.at_end():
                return
            if number == limits.records:
                raise _BrokenError(
                    Reason("warc", "There are more than {limit} records.", {"limit": str(limits.records)})
                )
            most = min(limits.record, limits.total - total)
            found = list(_read(_Member(source), most, limits, offset))
        except _BrokenError as error:
            yield Fault(offset, error.reason)
            return
        for each in found:
            total += each.item.size + len(each.item.head) if isinstance(each, Read) else 0
            yield replace(each, length=source.offset - offset) if isinstance(each, Read) else each


def _read(member: _Member, most: int, limits: WarcLimits, offset: int) -> Iterator[Read | Fault]:
    """One record, and what is wrong with it."""
    fields = _fields(member, limits.head)
    size = fields["content-length"]
    if not size.isdigit() or len(size) > 15 or int(size) > most:
        raise _BrokenError(Reason("warc", "A record is longer than allowed, or than can be told."))
    item, block = _item(member, fields, int(size), limits.head)
    try:
        if member.read(5) != b"\r\n\r\n":
            raise _BrokenError(Reason("warc", "A record does not end where it should."))
    except BaseException:
        item.body.close()
        raise
    for reason in _faults(item, block, fields):
        yield Fault(offset, reason, item.url)
    yield Read(item, fields["warc-record-id"], fields.get("warc-concurrent-to", ""), offset, 0)


def _fields(member: _Member, most: int) -> dict[str, str]:
    """The named fields at a record's beginning, each once."""
    if member.readline(most) != b"WARC/1.1\r\n":
        raise _BrokenError(Reason("warc", "This is not a WARC/1.1 record."))
    fields: dict[str, str] = {}
    while (line := member.readline(most)) != b"\r\n":
        found, most = _LINE.fullmatch(line), most - len(line)
        name = found[1].decode("ascii").lower() if found else ""
        if found is None or name not in _FIELDS or name in fields:
            raise _BrokenError(Reason("warc", "A record has a field that cannot be read."))
        fields[name] = _text(found[2])
    if not fields.keys() >= _NEEDED or fields["warc-type"] not in _KINDS:
        raise _BrokenError(Reason("warc", "A record does not say what it is."))
    return fields


def _item(member: _Member, fields: dict[str, str], size: int, most: int) -> tuple[Item, str]:
    """The record as an item whose digest is computed, and the digest of its block."""
    kind = cast(Kind, fields["warc-type"])
    date = _date(fields["warc-date"])
    head = _http_head(member, min(size, most)) if kind in ("request", "response") else b""
    block, payload = hashlib.sha256(head), hashlib.sha256()
    body = _room(size)
    try:
        left = size - len(head)
        while left:
            chunk = member.read(min(left, _CHUNK))
            if not chunk:
                raise _BrokenError(Reason("warc", "A record does not end where it should."))
            block.update(chunk)
            payload.update(chunk)
            body.write(chunk)
            left -= len(chunk)
        body.seek(0)
    except BaseException:
        body.close()
        raise
    item = Item(kind, fields.get("warc-target-uri", ""), date, body, payload.hexdigest(), size)
    return _completed(item, fields, head), block.hexdigest()


def _room(size: int) -> IO[bytes]:
    """Somewhere to put a body: memory, or a file that is gone when closed."""
    return io.BytesIO() if size <= _IN_MEMORY else cast(IO[bytes], tempfile.TemporaryFile())


def _completed(item: Item, fields: dict[str, str], head: bytes) -> Item:
    """The item with what its head and fields say."""
    status = _STATUS.match(head) if item.kind == "response" else None
    declared = fields_of(head).get("content-type", []) if item.kind == "response" else [fields["content-type"]]
    media = ", ".join(declared).partition(";")[0].strip().lower() if item.kind in ("response", "resource") else ""
    return replace(
        item,
        size=item.size - len(head),
        head=head,
        media_type="" if item.kind == "resource" and media == UNKNOWN_MEDIA else media,
        address=fields.get("warc-ip-address", ""),
        truncated="warc-truncated" in fields,
        status=int(status[1]) if status else 0,
    )


def _faults(item: Item, block: str, fields: dict[str, str]) -> Iterator[Reason]:
    """What a record says of itself that is not so."""
    wanted = f"sha256:{item.digest}" if item.kind != "warcinfo" else ""
    if fields["warc-block-digest"] != f"sha256:{block}":
        yield Reason("warc", "The block of the record does not have its digest.")
    if fields.get("warc-payload-digest", "") != wanted:
        yield Reason("warc", "The payload of the record does not have its digest.")
    if fields["warc-record-id"] != record_id(item, block):
        yield Reason("warc", "The record does not have the id that its content gives.")
    if item.kind in MEDIA and fields["content-type"] != MEDIA[item.kind]:
        yield Reason("warc", "The record says that it is {media}.", {"media": fields["content-type"]})
    if fields.get("warc-truncated", "unspecified") != "unspecified" or bool(item.url) == (item.kind == "warcinfo"):
        yield Reason("warc", "A record has a field that cannot be read.")


def _http_head(member: _Member, most: int) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = member.readline(most - len(head))
        head += line
        if not line.endswith(b"\r\n"):
            raise _BrokenError(Reason("warc", "A record has no HTTP head."))
    return head


def _date(text: str) -> datetime:
    try:
        date = datetime.fromisoformat(text)
        if timestamp_of(date) == text:
            return date
    except ValueError:
        pass
    raise _BrokenError(Reason("warc", "A record has a field that cannot be read."))


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        raise _BrokenError(Reason("warc", "A record has a field that cannot be read.")) from None


class _Source:
    """The packed file, with what was read of it and not yet used."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._read = 0
        self.waiting = b""

    @property
    def offset(self) -> int:
        """Bytes that were used."""
        return self._read - len(self.waiting)

    def more(self) -> bool:
        """Read on; false at the end."""
        data = self._stream.read(_CHUNK)
        self._read += len(data)
        self.waiting += data
        return bool(data)

    def at_end(self) -> bool:
        """Whether everything was used."""
        return not self.waiting and not self.more()


class _Member:
    """One gzip member, unpacked as it is read."""

    def __init__(self, source: _Source) -> None:
        while len(source.waiting) < len(_MAGIC) and source.more():
            pass
        if not source.waiting.startswith(_MAGIC):
            raise _BrokenError(Reason("warc", "This is not a gzip member as a capture writes it."))
        self._source = source
        self._buffer = io.BufferedReader(_Unpacking(source), _CHUNK)

    def read(self, size: int) -> bytes:
        """That many bytes, fewer at the member's end."""
        return self._buffer.read(size)

    def readline(self, most: int) -> bytes:
        """A line with its end, or as much of it as is allowed."""
        return self._buffer.readline(max(most, 0))


class _Unpacking(io.RawIOBase):
    """The bytes of one gzip member. Its check sum is checked at its end."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._engine = zlib.decompressobj(31)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Some bytes; none at the end."""
        while not self._engine.eof:
            ended = not self._source.waiting and not self._source.more()
            try:
                data = self._engine.decompress(self._source.waiting, len(buffer))
            except zlib.error:
                raise _BrokenError(Reason("warc", "A gzip member is damaged.")) from None
            self._source.waiting = self._engine.unused_data if self._engine.eof else self._engine.unconsumed_tail
            if data:
                buffer[: len(data)] = data
                return len(data)
            if ended and not self._engine.eof:
                raise _BrokenError(Reason("warc", "The file ends in the middle of a record."))
        return 0

"""Bytes of any origin as a stream safe to parse: unpacked within limits, in UTF-8, ending where damage begins."""

from __future__ import annotations

import codecs
import zlib
from typing import BinaryIO, Protocol
from unicodedata import normalize

CHUNK = 1 << 16
GZIP = b"\x1f\x8b"
MAX_RATIO = 500
"""Unpacked bytes to packed ones; JSON that repeats itself reaches 100, a bomb 1,000."""
RATIO_FROM = 64 << 20
"""Unpacked bytes that nobody asks about."""
MAX_UNPACKED = 64 << 30


class Reader(Protocol):
    """What is read from: `read(n)` gives at most n bytes, and none at the end only."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes."""


class Peekable:
    """A stream whose beginning can be looked at before it is read."""

    def __init__(self, inner: Reader) -> None:
        self._inner = inner
        self._held = b""

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end, without taking them."""
        parts = [self._held]
        have = len(self._held)
        while have < size:
            chunk = self._inner.read(min(CHUNK, size - have))
            if not chunk:
                break
            parts.append(chunk)
            have += len(chunk)
        self._held = b"".join(parts)
        return self._held[:size]

    def read(self, size: int = CHUNK, /) -> bytes:
        """The next bytes."""
        if size < 0:
            size = CHUNK
        if self._held:
            out, self._held = self._held[:size], self._held[size:]
            return out
        return self._inner.read(size)


class Gunzip:
    """Unpacks gzip. At damage it ends, and `damage` holds the code of a `Repair` and where."""

    def __init__(self, inner: Reader) -> None:
        self._inner = inner
        self._engine = zlib.decompressobj(31)
        self._waiting = b""
        self._packed = 0
        self._unpacked = 0
        self._began = False
        self.damage: tuple[str, str] | None = None

    def read(self, size: int = CHUNK, /) -> bytes:
        """At most `size` unpacked bytes."""
        size = size if size >= 0 else CHUNK
        while size and self.damage is None:
            if not self._waiting and not self._refill():
                return b""
            out = self._unpack(size)
            if out:
                return out
        return b""

    def _refill(self) -> bool:
        while chunk := self._inner.read(CHUNK):
            self._packed += len(chunk)
            # Between members zeros may pad a tape block.
            self._waiting = chunk if self._began else chunk.lstrip(b"\0")
            if self._waiting:
                return True
        if self._began:
            self._fail("compressed-cut-short")
        return False

    def _unpack(self, size: int) -> bytes:
        self._began = True
        try:
            out = self._engine.decompress(self._waiting, size)
        except zlib.error:
            self._fail("compressed-damaged")
            return b""
        self._waiting = self._engine.unconsumed_tail
        if self._engine.eof:
            # Another member may follow, or padding.
            self._waiting = (self._engine.unused_data or b"").lstrip(b"\0")
            self._engine = zlib.decompressobj(31)
            self._began = bool(self._waiting)
        self._unpacked += len(out)
        if self._unpacked > max(RATIO_FROM, self._packed * MAX_RATIO) or self._unpacked > MAX_UNPACKED:
            self._fail("compressed-too-far")
            return b""
        return out

    def _fail(self, code: str) -> None:
        self.damage = (code, f"byte {self._packed - len(self._waiting)}")


class Utf8:
    """Recodes a stream to UTF-8; what cannot be decoded becomes U+FFFD, which the repairs of each review name."""

    def __init__(self, inner: Reader, encoding: str) -> None:
        self._inner = inner
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        # Windows-1258 writes Vietnamese tone marks apart from their letters.
        self._composed = encoding.replace("-", "").lower() in ("cp1258", "windows1258")
        self._tail = ""
        self._held = b""
        self._ended = False

    def read(self, size: int = CHUNK, /) -> bytes:
        """At most `size` bytes of UTF-8."""
        size = size if size >= 0 else CHUNK
        # A parser asks for nothing to see what kind of thing it is handed.
        while size and not self._held and not self._ended:
            chunk = self._inner.read(CHUNK)
            self._ended = not chunk
            text = self._decoder.decode(chunk, final=self._ended)
            if self._composed:
                text = self._whole_letters(text)
            self._held = text.encode("utf-8", "replace")
        out, self._held = self._held[:size], self._held[size:]
        return out

    def _whole_letters(self, text: str) -> str:
        """Composed text; its last letter waits, since a mark may follow in the next chunk."""
        text = self._tail + text
        cut = len(text) if self._ended else max(len(text) - 2, 0)
        self._tail = text[cut:]
        return normalize("NFC", text[:cut])


def opened(stream: BinaryIO) -> tuple[Peekable, Gunzip | None]:
    """The stream unpacked when its first bytes say gzip, and the unpacker to ask for damage."""
    raw = Peekable(stream)
    if raw.peek(2) != GZIP:
        return raw, None
    unpacker = Gunzip(raw)
    return Peekable(unpacker), unpacker

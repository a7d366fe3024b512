"""Undoes HTTP's content encodings, within limits."""

from __future__ import annotations

import re
import zlib

from factdesk.capture.extract.base import MEGABYTE, Hint, Limits
from factdesk.errors import DamagedError, LimitError, UnknownKindError

MOST_STACKED = 2
"""Encodings one upon another. Servers that compress twice by mistake exist; more is an attack."""

MOST_RATIO = 250
"""Bytes that one byte may become once `_FREE` bytes are there. Pages stay under 100; deflate can do 1,032."""

_FREE = 16 * MEGABYTE
_STEP = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS
_ZEROS = re.compile(rb"\0*")


def unpack(data: bytes, content_encoding: str, hint: Hint, limits: Limits) -> bytes:
    """The bytes without the encodings of a `Content-Encoding` header (a comma-separated list, last applied last).

    Raises `UnknownKindError` for an encoding that is not read, `DamagedError` for what is not encoded so or is cut
    off, `LimitError` for a bomb.
    """
    names = [name for part in content_encoding.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if len(names) > MOST_STACKED:
        raise LimitError("The document is compressed more than {limit} times.", place=hint.place, limit=MOST_STACKED)
    for name in reversed(names):
        if name in ("gzip", "x-gzip"):
            # Some servers declare what they did not do.
            data = _gunzip(data, hint, limits) if data.startswith(b"\x1f\x8b") else data
        elif name == "deflate":
            out = bytearray()
            _inflate(data, 0, _window(data), out, hint, limits)
            data = bytes(out)
        else:
            raise UnknownKindError(
                "The document is compressed as {name}, which is not read.",
                place=hint.place,
                remedy="Save it uncompressed and give the file.",
                name=name[:40],
            )
    return data


def _window(data: bytes) -> int:
    """`deflate` is zlib's format by the standard, and bare in the wild."""
    zlibbed = len(data) > 1 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
    return zlib.MAX_WBITS if zlibbed else -zlib.MAX_WBITS


def _gunzip(data: bytes, hint: Hint, limits: Limits) -> bytes:
    """Every member; what follows the last one and is none is left out, as browsers do."""
    out, at = bytearray(), 0
    while data.startswith(b"\x1f\x8b", at):
        at = _inflate(data, at, _GZIP, out, hint, limits)
        at += len(_ZEROS.match(data, at)[0])  # type: ignore[index]
    return bytes(out)


def _inflate(data: bytes, at: int, window: int, out: bytearray, hint: Hint, limits: Limits) -> int:
    """Unpacks the stream at `at` onto `out`, and says where it ends."""
    decoder = zlib.decompressobj(window)
    while not decoder.eof:
        # Short pieces: what a step leaves over is copied.
        given = decoder.unconsumed_tail or data[at : (at := min(at + _STEP, len(data)))]
        try:
            made = decoder.decompress(given, _STEP)
        except zlib.error as error:
            raise DamagedError("The document is not compressed as declared.", place=hint.place) from error
        if not made and not given:
            raise DamagedError("The document is damaged or cut off.", place=hint.place)
        out += made
        _check(len(out), len(data), hint, limits)
    return at - len(decoder.unused_data)


def _check(made: int, given: int, hint: Hint, limits: Limits) -> None:
    most = min(limits.unpacked_bytes, _FREE + MOST_RATIO * given)
    if made > most:
        raise LimitError(
            "The document unpacks to more than {limit} MB.",
            place=hint.place,
            remedy="Capture a part of it.",
            limit=most // MEGABYTE,
        )

"""Which letters a font file draws, read from the file itself: WOFF 1.0, character map of format 4.

Only our own files are read, those of `typeface/`: anything unexpected in them is an error of the package.
"""

from __future__ import annotations

import struct
import zlib

_HEAD, _ENTRY = 44, 20
"""Bytes of a WOFF header, and of an entry of its table directory."""


def letters_of(data: bytes) -> frozenset[int]:
    """The code points that a font draws. Raises `ValueError` for a file that is not such a font."""
    if data[:4] != b"wOFF":
        raise ValueError("not a WOFF file")
    table = _table(data, b"cmap")
    (count,) = struct.unpack(">H", table[2:4])
    places = (struct.unpack(">HHL", table[4 + 8 * each : 12 + 8 * each])[2] for each in range(count))
    found = [place for place in places if table[place : place + 2] == b"\x00\x04"]
    if not found:
        raise ValueError("no character map of format 4")
    return frozenset(_format_4(table[found[0] :]))


def _table(data: bytes, name: bytes) -> bytes:
    (count,) = struct.unpack(">H", data[12:14])
    for each in range(count):
        start = _HEAD + _ENTRY * each
        tag, offset, packed, whole, _ = struct.unpack(">4sLLLL", data[start : start + _ENTRY])
        if tag == name:
            table = data[offset : offset + packed]
            return zlib.decompress(table) if packed < whole else table
    raise ValueError("a table is missing")


def _format_4(table: bytes) -> set[int]:
    """Segments of code points: their ends, their starts, what is added, and where a list of glyphs stands, if any."""
    (double,) = struct.unpack(">H", table[6:8])
    count = double // 2
    starts_at = 16 + double
    ends = struct.unpack(f">{count}H", table[14 : 14 + double])
    starts = struct.unpack(f">{count}H", table[starts_at : starts_at + double])
    deltas = struct.unpack(f">{count}H", table[starts_at + double : starts_at + 2 * double])
    ranges_at = starts_at + 2 * double
    found = set()
    for number, (start, end, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
        place = ranges_at + 2 * number
        (offset,) = struct.unpack(">H", table[place : place + 2])
        for letter in range(start, min(end, 0xFFFE) + 1):
            at = place + offset + 2 * (letter - start)
            glyph = struct.unpack(">H", table[at : at + 2])[0] if offset else letter + delta
            if glyph and (glyph + delta) % 0x10000 if offset else glyph % 0x10000:
                found.add(letter)
    return found

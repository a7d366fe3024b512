"""Where in a file one byte was changed, told from its CRC-32 alone.

A CRC is linear: what a changed byte does to it depends on the change and on how many bytes follow. Walking back from
the end, there are at most a few places at which one byte explains the difference; a SHA-256 tells which is the one.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator

MOST = 4 << 20
"""Bytes of the longest file that is searched: half a second of work."""


def changed_byte(data: bytes, crc: int, sha256: str) -> int | None:
    """The place of the one byte by which `data` differs from a file of this CRC-32 and SHA-256, counted from 0.

    None when it differs by more, or is too long to be searched. Without a SHA-256, when one place alone explains it.
    """
    if len(data) > MOST:
        return None
    if not sha256:
        places = [place for place, _ in _candidates(zlib.crc32(data) ^ crc, len(data))]
        return places[0] if len(places) == 1 else None
    for place, change in _candidates(zlib.crc32(data) ^ crc, len(data)):
        mended = bytearray(data)
        mended[place] ^= change
        if hashlib.sha256(mended).hexdigest() == sha256:
            return place
    return None


def _candidates(difference: int, size: int) -> Iterator[tuple[int, int]]:
    """Places and changes of a single byte that make this difference of CRCs."""
    table = _table()
    changes = {value: change for change, value in enumerate(table) if change}
    # The last step of a CRC is `value >> 8 ^ table[low byte]`; the table's high bytes are all different.
    undo = {value >> 24: (value, low) for low, value in enumerate(table)}
    for place in range(size - 1, -1, -1):
        if difference in changes:
            yield place, changes[difference]
        value, low = undo[difference >> 24]
        difference = ((difference ^ value) << 8 | low) & 0xFFFFFFFF


def _table() -> list[int]:
    """CRC-32's table: what each byte alone adds."""
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)  # noqa: PLW2901 - eight steps of one register
        table.append(value)
    return table

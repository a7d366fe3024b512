"""Where one byte was changed, told from check sums."""

from __future__ import annotations

import hashlib
import os
import zlib

from hypothesis import given
from hypothesis import strategies as st

from factdesk.capture.wacz_locate import MOST, changed_byte


@given(st.binary(min_size=1, max_size=2000), st.data())
def test_any_changed_byte_is_found(data: bytes, choice: st.DataObject) -> None:
    place = choice.draw(st.integers(0, len(data) - 1))
    changed = bytearray(data)
    changed[place] ^= choice.draw(st.integers(1, 255))
    crc, digest = zlib.crc32(data), hashlib.sha256(data).hexdigest()
    assert changed_byte(bytes(changed), crc, digest) == place
    assert changed_byte(bytes(changed), crc, "") == place


def test_two_changed_bytes_are_not_taken_for_one() -> None:
    data = bytearray(os.urandom(5000))
    crc, digest = zlib.crc32(data), hashlib.sha256(data).hexdigest()
    data[10] ^= 1
    data[4000] ^= 1
    assert changed_byte(bytes(data), crc, digest) is None


def test_what_is_too_long_is_not_searched() -> None:
    assert changed_byte(b"\0" * (MOST + 1), 0, "") is None

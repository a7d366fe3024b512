"""Time and ids, made in one place so that tests and golden files can fix them."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The present as an aware UTC time, to the microsecond."""
    return datetime.now(UTC)


def uuid7(unix_ms: int, random: bytes) -> str:
    """A UUIDv7 (RFC 9562 §5.7) from a Unix time in milliseconds and ten random bytes."""
    value = (unix_ms & ((1 << 48) - 1)) << 80 | int.from_bytes(random[:10])
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def new_uuid7() -> str:
    """A fresh id; ids made later sort later, to the millisecond."""
    return uuid7(time.time_ns() // 1_000_000, os.urandom(10))


@dataclass(frozen=True, slots=True)
class Clock:
    """What a function needs to stamp its work: the time, an id, a salt of 16 bytes."""

    now: Callable[[], datetime] = field(default=utc_now)
    new_id: Callable[[], str] = field(default=new_uuid7)
    new_salt: Callable[[], bytes] = field(default=lambda: os.urandom(16))

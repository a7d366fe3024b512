"""The public keys of a desk's people. Private ones live with the person, outside the desk."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from factdesk.domain.events import canonical_payload, canonical_time

Why = Literal["", "rotated", "lost", "compromised"]
"""Why a key is no longer used. Only `compromised` casts doubt on what it signed before."""

REASONS: tuple[Why, ...] = ("rotated", "lost", "compromised")

_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An Ed25519 key of a person. `public` is its 32 bytes in hexadecimal; `time` is when the desk got to know it."""

    person: str
    public: str
    time: datetime
    revoked: datetime | None = None
    why: Why = ""

    @property
    def fingerprint(self) -> str:
        """What readers pin."""
        return fingerprint(self.public)

    def content(self) -> str:
        """The key as canonical JSON."""
        data = asdict(self) | {"time": canonical_time(self.time)}
        data["revoked"] = canonical_time(self.revoked) if self.revoked else ""
        return canonical_payload({key: value for key, value in data.items() if value})


def key_from(data: Mapping[str, Any]) -> PublicKey:
    """The key that `content` wrote, as parsed JSON. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    known = dict(data)
    known["time"] = datetime.fromisoformat(known["time"])
    known["revoked"] = datetime.fromisoformat(known["revoked"]) if known.get("revoked") else None
    key = PublicKey(**known)
    if not _HEX.fullmatch(key.public) or key.why not in ("", *REASONS):
        raise ValueError("no key")
    return key


def fingerprint(public: str) -> str:
    """The SHA-256 of a public key's 32 bytes, in hexadecimal. Raises `ValueError` for what is no such key."""
    if not _HEX.fullmatch(public):
        raise ValueError("no public key")
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()


def shown_fingerprint(own: str) -> str:
    """A fingerprint in groups of four, as people compare it."""
    return " ".join(own[at : at + 4] for at in range(0, len(own), 4))

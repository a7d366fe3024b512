"""The form of a file in which a private key rests, and what is refused before any work is done for it.

The file is JSON on few lines: `format`, `version`, the `public` key, `kdf` (scrypt and its cost), `salt`, `cipher`
(ChaCha20-Poly1305), `nonce`, and `sealed`, the 32 bytes of the seed encrypted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from factdesk.errors import InputError
from factdesk.signing.sign import is_public

FORMAT = "factdesk-key"
VERSION = 1
SEED_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
SEALED_BYTES = SEED_BYTES + 16
"""The seed and the tag of Poly1305."""

MOST_BYTES = 4_096
"""Largest file that is looked at; a key takes under 500 bytes."""


@dataclass(frozen=True, slots=True)
class Cost:
    """How much work one guess at a passphrase is: scrypt's parameters (RFC 7914). Memory is 128·n·r bytes."""

    n: int
    r: int
    p: int


DEFAULT = Cost(2**17, 8, 1)
"""What OWASP's Password Storage Cheat Sheet advises first for scrypt: 128 MB, and 0.4 s of a core."""

MOST_MEMORY = 512 * 2**20
MOST_R = 32
MOST_P = 4
"""A file that asks for more was not written by factdesk."""


def read_envelope(data: bytes) -> tuple[dict[str, Any], Cost]:
    """A key's file and its cost, every field of the form that `keys.locked` writes. Raises `InputError`."""
    try:
        fields = json.loads(data) if len(data) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or fields.get("format") != FORMAT:
        raise InputError(
            "This is not a key of factdesk.", remedy="Name the .key file that `factdesk key new` made, or make one."
        )
    if fields.get("version") != VERSION:
        raise InputError("This key was written by a newer factdesk.", remedy="Install the newer one.")
    cost = _cost(fields.get("kdf"))
    sizes = {"salt": SALT_BYTES, "nonce": NONCE_BYTES, "sealed": SEALED_BYTES}
    sound = (
        fields.keys() == {"format", "version", "public", "kdf", "cipher", *sizes}
        and fields["cipher"] == "chacha20-poly1305"
        and all(_is_hex(fields[name], size) for name, size in sizes.items())
        and _is_hex(fields["public"], SEED_BYTES)
        and is_public(fields["public"])
    )
    if cost is None or not sound:
        raise damaged()
    return fields, cost


def _cost(kdf: Any) -> Cost | None:
    """scrypt's cost in a file; None where it is none that a machine should be made to pay."""
    if not isinstance(kdf, dict) or kdf.keys() != {"name", "n", "r", "p"} or kdf["name"] != "scrypt":
        return None
    n, r, p = kdf["n"], kdf["r"], kdf["p"]
    if not all(type(each) is int and each > 0 for each in (n, r, p)):
        return None
    if r > MOST_R or p > MOST_P or 128 * n * r > MOST_MEMORY:
        return None
    # RFC 7914, 2: a power of two between 1 and 2^(128·r/8).
    return Cost(n, r, p) if 1 < n < 2 ** (16 * r) and n & (n - 1) == 0 else None


def _is_hex(value: Any, size: int) -> bool:
    return isinstance(value, str) and len(value) == 2 * size and set(value) <= set("0123456789abcdef")


def damaged() -> InputError:
    """What is said of a file of our format that cannot be right."""
    return InputError("This key is damaged.", remedy="Restore the file from a backup, or make a new key and rotate.")

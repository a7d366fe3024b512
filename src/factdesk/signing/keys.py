"""A private key, and the file in which it rests: encrypted under a passphrase.

All of the file (`envelope`) but the sealed seed is authenticated with it, so that no cost can be lowered and no public
key exchanged.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from typing import Any, NoReturn

from factdesk.errors import InputError
from factdesk.signing.envelope import (
    DEFAULT,
    FORMAT,
    NONCE_BYTES,
    SALT_BYTES,
    SEED_BYTES,
    VERSION,
    Cost,
    damaged,
    read_envelope,
)
from factdesk.signing.passphrases import check_passphrase, composed


class PrivateKey:
    """An Ed25519 key of a person. It is no dataclass, so that nothing that prints or writes dataclasses shows it."""

    __slots__ = ("_seed",)

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_BYTES:
            raise ValueError("no seed")
        self._seed = bytes(seed)

    @property
    def seed(self) -> bytes:
        """The 32 secret bytes (RFC 8032, 5.1.5)."""
        return self._seed

    @property
    def public(self) -> str:
        """The public key in hexadecimal."""
        return public_of(self._seed)

    def __repr__(self) -> str:
        return f"PrivateKey(public={self.public})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PrivateKey) and secrets.compare_digest(self._seed, other._seed)

    def __hash__(self) -> int:
        return hash(self.public)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not pickled")


def new_key() -> PrivateKey:
    """A new key, from the system's source of randomness."""
    return PrivateKey(secrets.token_bytes(SEED_BYTES))


def public_of(seed: bytes) -> str:
    """The public key of 32 secret bytes, in hexadecimal."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


def locked(key: PrivateKey, passphrase: str, *, cost: Cost = DEFAULT) -> bytes:
    """The key as the content of a file. Raises `RefusedError` for a weak passphrase, `InputError` for one that is
    no text."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    check_passphrase(passphrase)
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    header: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "public": key.public,
        "kdf": {"name": "scrypt", **asdict(cost)},
        "salt": salt.hex(),
        "cipher": "chacha20-poly1305",
        "nonce": nonce.hex(),
    }
    cipher = ChaCha20Poly1305(_derived(passphrase, salt, cost))
    sealed = cipher.encrypt(nonce, key.seed, _authenticated(header))
    return (json.dumps(header | {"sealed": sealed.hex()}, indent=1) + "\n").encode()


def unlocked(data: bytes, passphrase: str) -> PrivateKey:
    """The key in a file's content. Raises `InputError` for another format, damage, or a wrong passphrase."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    header, cost = read_envelope(data)
    sealed = bytes.fromhex(header.pop("sealed"))
    cipher = ChaCha20Poly1305(_derived(passphrase, bytes.fromhex(header["salt"]), cost))
    try:
        key = PrivateKey(cipher.decrypt(bytes.fromhex(header["nonce"]), sealed, _authenticated(header)))
    except InvalidTag as error:
        # The cipher cannot tell one from the other, so neither can we.
        raise InputError(
            "The passphrase does not open this key, or the file has been changed.",
            remedy="Type it again, and look whether capital letters or another keyboard are on; else restore the file.",
        ) from error
    if key.public != header["public"]:
        raise damaged()
    return key


def public_in(data: bytes) -> str:
    """The public key that a file's content names, which is not proved before it is unlocked. Raises `InputError`."""
    return str(read_envelope(data)[0]["public"])


def _derived(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, n=cost.n, r=cost.r, p=cost.p).derive(composed(passphrase).encode())


def _authenticated(header: dict[str, Any]) -> bytes:
    return json.dumps(header, sort_keys=True, separators=(",", ":")).encode()

"""What is said under a key: a sign-off, over the digest of a statement (`domain.statements`); a signed head, over its
text (`domain.heads`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factdesk.signing.keys import PrivateKey

CONTEXT = b"factdesk sign-off v1\n"
"""Stands before the digest, so that no signature made for something else can be shown as a sign-off."""

HEAD_CONTEXT = b"factdesk signed head v1\n"
"""Stands before the text of a head, as `CONTEXT` does before a digest."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")

PRIME = 2**255 - 19
"""The field of edwards25519 (RFC 8032, 5.1)."""

_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
LOW_ORDER = frozenset({0, 1, PRIME - 1, _ORDER_8, PRIME - _ORDER_8})
"""The y of the eight points whose order divides eight. Under the one with y = 1 a made-up signature fits every
message, and the library takes it, as RFC 8032 lets it."""


def sign(key: PrivateKey, digest: str) -> str:
    """The signature over a statement's digest (64 hexadecimal digits), as 128 hexadecimal digits.

    Raises `ValueError` for what is no digest.
    """
    return _signature(key, message(digest))


def sign_head(key: PrivateKey, text: str) -> str:
    """The signature over the text of a head, as 128 hexadecimal digits."""
    return _signature(key, HEAD_CONTEXT + _bytes(text))


def message(digest: str) -> bytes:
    """The bytes that are signed. Raises `ValueError` for what is no digest."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError("no digest")
    return CONTEXT + digest.encode()


def is_signed(public: str, digest: str, signature: str) -> bool:
    """Whether a signature is that of a public key over a digest. False, and never an error, for anything malformed.

    Each has one spelling, lower-case hexadecimal, so that no signature can be kept twice under two spellings.
    """
    return _DIGEST.fullmatch(digest) is not None and _is_over(public, message(digest), signature)


def is_head_signed(public: str, text: str, signature: str) -> bool:
    """Whether a signature is that of a public key over the text of a head. False, as `is_signed`, for anything
    malformed."""
    return _is_over(public, HEAD_CONTEXT + _bytes(text), signature)


def is_public(public: str) -> bool:
    """Whether this can be someone's public key: 32 bytes in lower-case hexadecimal, canonical, and of no low order.

    A desk asks this before it takes in a key.
    """
    if not _DIGEST.fullmatch(public):
        return False
    # The highest bit is the sign of x.
    y = int.from_bytes(bytes.fromhex(public), "little") & (2**255 - 1)
    return y < PRIME and y not in LOW_ORDER


def _signature(key: PrivateKey, data: bytes) -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(key.seed).sign(data).hex()


def _is_over(public: str, data: bytes, signature: str) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if not (is_public(public) and _SIGNATURE.fullmatch(signature)):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _bytes(text: str) -> bytes:
    # Half a surrogate pair is no text, and yet must have one spelling.
    return text.encode("utf-8", "surrogatepass")

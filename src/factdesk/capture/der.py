"""Puts the certificates in a timestamp into the order that DER wants of a set.

OpenSSL, which many authorities run on, sends the signer's first and its issuer's after it; the parser takes only what
is in order. Nothing signs the certificates' order, so that it can be mended without harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_SEQUENCE, _CERTIFICATES = 0x30, 0xA0


@dataclass(frozen=True, slots=True)
class Part:
    """One value in DER: its tag, where it begins, where its content begins, and where it ends."""

    tag: int
    start: int
    inside: int
    end: int


def sorted_certificates(token: bytes) -> bytes:
    """The answer of an authority with its certificates in order, else as it is. Raises `ValueError` for no DER.

    Their place (RFC 3161 §2.4.2, RFC 5652 §5.1): TimeStampResp → timeStampToken → content [0] → SignedData →
    certificates [0].
    """
    certificates = _at(token, _SEQUENCE, 1, 1, 0)
    for part in parts(token, certificates.inside, certificates.end) if certificates else ():
        if part.tag == _CERTIFICATES:
            each = sorted(token[one.start : one.end] for one in parts(token, part.inside, part.end))
            return token[: part.inside] + b"".join(each) + token[part.end :]
    return token


def parts(data: bytes, start: int, end: int) -> Iterator[Part]:
    """The values that stand one after another in a range. Raises `ValueError` where they do not fill it."""
    while start < end:
        part = _part(data, start, end)
        yield part
        start = part.end


def _at(data: bytes, tag: int, *path: int) -> Part | None:
    """The value at a path of positions; None where there is none."""
    found = _part(data, 0, len(data))
    if found.tag != tag:
        raise ValueError("another tag")
    for position in path:
        inner = list(parts(data, found.inside, found.end))
        if position >= len(inner):
            return None
        found = inner[position]
    return found


def _part(data: bytes, start: int, end: int) -> Part:
    if start + 2 > end:
        raise ValueError("cut off")
    length, inside = data[start + 1], start + 2
    if length & 0x80:
        octets = length & 0x7F
        if not 1 <= octets <= 4 or inside + octets > end:
            raise ValueError("a length that cannot be read")
        length, inside = int.from_bytes(data[inside : inside + octets]), inside + octets
    if inside + length > end:
        raise ValueError("cut off")
    return Part(data[start], start, inside, inside + length)

"""Fingerprints as people write them: in groups, with colons, in capitals."""

from __future__ import annotations

import re

DIGITS = 64
LEAST_DIGITS = 8
"""A beginning of a fingerprint that may stand for it among one's own keys. Never among keys of others: to make a key
whose fingerprint begins in a given way costs 2**32 attempts, which is an afternoon."""

_BETWEEN = re.compile(r"[\s:]+")
_HEX = re.compile(r"[0-9a-f]+")


def beginning_of(given: str) -> str:
    """A fingerprint or its beginning as lower-case digits; empty for what cannot be one."""
    digits = _BETWEEN.sub("", given).lower()
    return digits if _HEX.fullmatch(digits) and LEAST_DIGITS <= len(digits) <= DIGITS else ""


def whole(given: str) -> str:
    """A whole fingerprint as lower-case digits; empty for anything else."""
    digits = beginning_of(given)
    return digits if len(digits) == DIGITS else ""

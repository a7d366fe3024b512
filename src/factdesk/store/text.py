"""Text as both databases can keep and index it."""

from __future__ import annotations

import hashlib

INDEXED = 1000
"""The most bytes of a text in an index: PostgreSQL takes about 2,700 for all its columns together."""


def storable(text: str) -> str:
    """The text without what a database cannot keep: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def indexable(text: str) -> str:
    """The text where it is short enough for an index, else its digest: equal texts stay equal."""
    clean = storable(text)
    raw = clean.encode()
    return clean if len(raw) <= INDEXED else "sha256:" + hashlib.sha256(raw).hexdigest()

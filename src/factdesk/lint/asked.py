"""What a draft asks of a desk, read without taking it apart."""

from __future__ import annotations

from dataclasses import dataclass

from factdesk.lint.base import Field
from factdesk.lint.prose import links_of, marks_of
from factdesk.lint.read import opened


@dataclass(frozen=True, slots=True)
class Asked:
    """What a draft names: citations by their marks, addresses of its links, and its front matter's claims."""

    marks: frozenset[str]
    urls: frozenset[str]
    claims: Field


def asked(source: str, path: str) -> Asked:
    """What a draft names. Raises `InputError` as `read_draft` does."""
    front, body = opened(source, path)
    return Asked(
        frozenset(mark.id for mark in marks_of(source, body)),
        frozenset(link.url for link in links_of(source, body) if "://" in link.url),
        front.get("claims") or Field("claims", (), (), body),
    )

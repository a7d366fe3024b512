"""What a draft asks of a desk, read without taking it apart."""

from __future__ import annotations

from dataclasses import dataclass

from factdesk.lint.base import Field
from factdesk.lint.front import split
from factdesk.lint.prose import links_of, marks_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What a draft names: citations by their marks, addresses of its links, and its front matter's claims."""

    marks: frozenset[str]
    urls: frozenset[str]
    claims: Field


def asked(source: str, path: str) -> Asked:
    """What a draft names. Raises `InputError` for front matter that cannot be read."""
    front, body = split(source, path)
    return Asked(
        frozenset(mark.id for mark in marks_of(source, body)),
        frozenset(link.url for link in links_of(source, body) if "://" in link.url),
        front.get("claims") or Field("claims", (), (), body),
    )

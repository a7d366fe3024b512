"""The records of a bundle's archive, held against what its manifest and its exchanges say must be in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from factdesk.capture.wacz import (
    INDEX,
    PAGES,
    WARC,
    Facts,
    index_of,
    items_of_capture,
    pages_of,
    warcinfo_of,
)
from factdesk.capture.wacz_check import Contents, finding
from factdesk.capture.wacz_manifest import Manifest
from factdesk.capture.wacz_zip import Member
from factdesk.capture.warc import Item, Placed
from factdesk.capture.warc_read import Fault, Read, read_warc
from factdesk.domain.verification import Step

MOST = 64 << 20
"""Bytes of the largest text, layout, exchange, screenshot or timestamp that is read."""

_NOT_EXPECTED = "The record at byte {offset} is not the one that belongs there ({url})."
_MISSING = "The record of {url} is missing."
_DIFFERS = "This file is not as factdesk writes it, from its byte {offset} on."
_EXCHANGE = "These requests and answers cannot be read."


@dataclass(frozen=True, slots=True)
class Archived:
    """A record whose body is that of captures: its digest, and the body at its beginning, for its taker to close."""

    digest: str
    body: IO[bytes]


def archived(contents: Contents, manifest: Manifest, facts: Facts) -> Iterator[Step | Archived]:
    """The bodies in the archive, and everything that is wrong with its records, its index and its pages."""
    wanted, faults = _wanted(contents, manifest, facts)
    yield from faults
    known = {step.subject for step in contents.findings}
    placed: list[Placed] = []
    with_digest = {capture.digest for capture in facts.captures.values()}
    whole = True
    for each in read_warc(io.BufferedReader(_Part(contents.file, contents.members[WARC]), 1 << 16)):
        if isinstance(each, Fault):
            whole = False
            yield Step("container", f"{WARC}:{each.offset}", "fail", each.reason)
            continue
        placed.append(_placed(each))
        if wanted is not None and (len(placed) > len(wanted) or _seen(each.item) != _seen(wanted[len(placed) - 1])):
            whole = False
            values = {"offset": f"{each.offset:,}", "url": each.item.url or each.item.kind}
            yield finding(f"{WARC}:{each.offset}", _NOT_EXPECTED, **values)
        if each.item.digest in with_digest and each.item.kind in ("response", "resource"):
            yield Archived(each.item.digest, each.item.body)
        else:
            each.item.body.close()
    if whole and wanted is not None:
        yield from (finding(WARC, _MISSING, url=item.url or item.kind) for item in wanted[len(placed) :])
        yield from _derived(contents, INDEX, index_of(placed), known)
    yield from _derived(contents, PAGES, pages_of(facts), known)


def _wanted(contents: Contents, manifest: Manifest, facts: Facts) -> tuple[list[Item] | None, list[Step]]:
    """The records that must be there; None when an exchange is no exchange."""
    items, seen = [warcinfo_of(manifest, facts)], set()
    for capture in facts.captures.values():
        name = f"factdesk/{capture.exchange}.exchange"
        try:
            exchange = contents.read(name, MOST) if capture.exchange else None
            found = items_of_capture(capture, exchange, io.BytesIO())
        except ValueError:
            return None, [finding(name, _EXCHANGE)]
        for item in found:
            # What is written of equal records is the first.
            if _seen(item) not in seen:
                seen.add(_seen(item))
                items.append(item)
    return items, []


def _seen(item: Item) -> tuple[Any, ...]:
    said = (item.kind, item.url, item.date, item.digest, item.size, item.head, item.address, item.truncated)
    # An answer's media type is in its head.
    return (*said, item.media_type if item.kind == "resource" else "")


def _placed(each: Read) -> Placed:
    item = each.item
    return Placed(item.kind, item.url, item.date, each.offset, each.length, item.digest, item.media_type, item.status)


def _derived(contents: Contents, name: str, expected: bytes, known: set[str]) -> Iterator[Step]:
    """A file that can be written again from the others."""
    try:
        found = contents.read(name, max(MOST, len(expected)))
    except ValueError:
        return
    if found != expected and name not in known:
        pairs = zip(found, expected, strict=False)
        at = next((at for at, pair in enumerate(pairs) if pair[0] != pair[1]), min(len(found), len(expected)))
        yield finding(name, _DIFFERS, offset=f"{at:,}")


class _Part(io.RawIOBase):
    """A member's content as a file of its own, to be read from its beginning to its end."""

    def __init__(self, file: IO[bytes], member: Member) -> None:
        self._file = file
        self._at = member.start
        self._end = member.end

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Some bytes; none at the end."""
        self._file.seek(self._at)
        data = self._file.read(min(len(buffer), self._end - self._at))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

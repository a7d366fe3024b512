"""Reads reviews from anything a desk is handed, as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from factdesk.domain.runs import Place, Repair
from factdesk.errors import InputError
from factdesk.interchange.datafeed import read_document
from factdesk.interchange.entries import Found, Item
from factdesk.interchange.jsonl import read_lines
from factdesk.interchange.pages import read_page
from factdesk.interchange.sniff import PEEK, sniff_encoding, sniff_format
from factdesk.interchange.streams import Gunzip, Peekable, Utf8, opened
from factdesk.interchange.tables import read_table

__all__ = ["Found", "Item", "read_reviews"]


def read_reviews(stream: BinaryIO, source: str, format: str = "") -> Iterator[Item]:  # noqa: A002 - the word people use
    """The reviews in a file, in order: `Found`, or a `Repair` with `skipped` for what cannot be one.

    `source` names the file or address in places. gzip is known by its bytes, the format by its content unless named.
    A `Repair` that is not skipped speaks of the whole file (`encoding-assumed`). Memory is bounded whatever the input.
    Raises `InputError` when the file is empty or nothing that can be read, `UsageError` for an unknown format name.
    """
    raw, unpacker = opened(stream)
    head = raw.peek(PEEK)
    if not head.strip():
        raise InputError("The file is empty.", place=source)
    encoding, guessed = sniff_encoding(head, source)
    text = raw if encoding == "utf-8" else Peekable(Utf8(raw, encoding))
    kind = sniff_format(text.peek(PEEK), source, format)
    if kind == "json" and text is raw:
        # The parser gives up the whole document at one byte that is no UTF-8.
        text = Peekable(Utf8(raw, encoding))
    if guessed:
        yield Repair(Place(source), "encoding-assumed", encoding)
    yield from _until_damage(_READERS[kind](text, source), unpacker, source)


def _until_damage(items: Iterator[Item], unpacker: Gunzip | None, source: str) -> Iterator[Item]:
    """The items; at damage of a compressed file that, in place of what the format's reader makes of the sudden end."""
    row = 0
    for item in items:
        if unpacker and unpacker.damage and isinstance(item, Repair) and item.code in _SUDDEN:
            continue
        row = item.place.row or row
        yield item
    if unpacker and unpacker.damage:
        code, where = unpacker.damage
        yield Repair(Place(source, row + 1, where), code, skipped=True)


_SUDDEN = frozenset({"bad-json", "json-cut-short", "json-damaged", "bad-row", "no-review-in-page"})
_READERS = {"json": read_document, "jsonl": read_lines, "csv": read_table, "html": read_page}

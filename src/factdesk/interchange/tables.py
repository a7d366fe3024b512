"""CSV and its relatives: header names in English or Vietnamese, the delimiter found out."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from itertools import count, zip_longest

from factdesk.domain.runs import Place, Repair
from factdesk.errors import InputError
from factdesk.interchange.claimreview import PREFIX
from factdesk.interchange.draft import MAX_BODY
from factdesk.interchange.entries import Item, items_in
from factdesk.interchange.rows import field_of
from factdesk.interchange.streams import CHUNK, Peekable, Reader

DELIMITERS = ",;\t|"
MAX_COLUMNS = 1000
MAX_ROW_BYTES = 4 << 20
LISTS = ("appearances", "claimant same as")
"""Columns that hold several addresses, parted by spaces, in files that factdesk wrote."""
GUARD = "'"
"""Stands before a cell that a spreadsheet would run as a formula; taken off again in files that factdesk wrote."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", GUARD)


def read_table(stream: Peekable, source: str) -> Iterator[Item]:
    """The reviews in a table with a header line. `Place.row` is the row after the header, from 1.

    Raises `InputError` when no column can hold a claim.
    """
    head = stream.peek(CHUNK)
    delimiter = sniff_delimiter(head.decode("utf-8", "replace"))
    csv.field_size_limit(MAX_BODY * 2)
    rows = csv.reader(_text_lines(stream), delimiter=delimiter)
    header = [name.strip().lstrip("\ufeff") for name in _first(rows)][:MAX_COLUMNS]
    if not any(field_of(name) in ("claim", "text") for name in header):
        raise InputError(
            "No column of the table is known to hold claims; its columns are: {columns}.",
            place=source,
            remedy="Name one of them claim or text.",
            columns=", ".join(header)[:300],
        )
    own = any(name.startswith(PREFIX) for name in header)
    for number in count(1):
        place = Place(source, number)
        try:
            cells = next(rows, None)
        except csv.Error as error:
            yield Repair(place, "bad-row", str(error)[:100], skipped=True)
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            row = dict(zip_longest(header, cells[: len(header)], fillvalue=""))
            yield from items_in(_own_row(row) if own else row, place)


def _first(rows: Iterator[list[str]]) -> list[str]:
    """The first line's names; none where it is no line of a table."""
    try:
        return next(rows, [])
    except csv.Error:
        return []


def sniff_delimiter(head: str) -> str:
    """The character that parts the header line into the most names we know; a comma when none does better."""
    line = head.lstrip("\ufeff\r\n").partition("\n")[0]

    def known(delimiter: str) -> int:
        return sum(1 for name in line.split(delimiter) if field_of(name.strip().strip('"')))

    return max(DELIMITERS, key=known)


def _own_row(row: dict[str, str]) -> dict[str, str | list[str]]:
    """A row that factdesk wrote, as it was before it became cells."""
    plain = {name: _unguarded(cell) for name, cell in row.items()}
    return {name: cell.split(" ") if name in LISTS else cell for name, cell in plain.items()}


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith(GUARD) and cell[1:].startswith(FORMULA_STARTS) else cell


def _text_lines(stream: Reader) -> Iterator[str]:
    """Lines with their ends, as `csv` wants them; a line beyond the limit comes in pieces, which `csv` then refuses."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    held = ""
    while chunk := stream.read(CHUNK):
        held += decoder.decode(chunk).replace("\0", "")
        if "\n" not in held and held.count("\r") > 1:
            held = held.replace("\r", "\n")
        *ended, held = held.split("\n")
        for line in ended:
            yield line + "\n"
        if len(held) > MAX_ROW_BYTES:
            yield held
            held = ""
    held += decoder.decode(b"", final=True)
    if held:
        yield held

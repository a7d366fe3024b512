"""The desk's reviews, or its judged matches, written into a file that imports as the same record."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, TextIO, TypeVar, cast

from factdesk.domain.reviews import Review
from factdesk.errors import UsageError
from factdesk.interchange.write import WRITERS
from factdesk.queries.judgements import labelled
from factdesk.store.files import whole_bytes
from factdesk.store.record import Record
from factdesk.store.reviews import all_reviews, count_reviews

Format = Literal["datafeed", "jsonl", "csv", "judgements"]
FORMATS: tuple[str, ...] = (*WRITERS, "judgements")
Progress = Callable[[int, int | None], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Exported:
    """Rows written, and how many reviews among them without their claimant (DESIGN §1.7)."""

    rows: int
    withheld: int = 0


def export(
    record: Record,
    target: Path | TextIO,
    format: str,  # noqa: A002 - the word people use
    *,
    progress: Progress = lambda _done, _total: None,
) -> int:
    """Write everything that stands, in order of number; the rows written. See `export_counted`."""
    return export_counted(record, target, format, progress=progress).rows


def export_counted(
    record: Record,
    target: Path | TextIO,
    format: str,  # noqa: A002 - the word people use
    *,
    progress: Progress = lambda _done, _total: None,
) -> Exported:
    """Write everything that stands. A file is packed when its name ends in `.gz`, and appears only when it is whole.

    Claimants who are not classified as an organisation or a public figure are withheld, and counted.
    Raises `UsageError` for another format, `ResourceError` where the file cannot be written.
    """
    if format not in FORMATS:
        raise UsageError(
            "There is no format {name}.", remedy="Choose one of: {known}.", name=format, known=", ".join(FORMATS)
        )
    if isinstance(target, Path):
        with whole_file(target) as out:
            return _write(record, out, format, progress)
    return _write(record, target, format, progress)


def _write(record: Record, out: TextIO, kind: str, progress: Progress) -> Exported:
    if kind == "judgements":
        rows = 0
        for row in _watched(labelled(record), None, progress):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            rows += 1
        return Exported(rows)
    with record.read() as session:
        total = count_reviews(session)
        reviews: Iterator[Review] = (review for _, review in all_reviews(session))
        done = WRITERS[kind](_watched(reviews, total, progress), out)
    return Exported(done.reviews, done.withheld)


def _watched(items: Iterable[T], total: int | None, progress: Progress) -> Iterator[T]:
    for done, item in enumerate(items, 1):
        yield item
        progress(done, total)


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A text file that takes its name only when all is written; what stood there before stays until then."""
    with whole_bytes(path) as raw, _text(raw, packed=path.suffix == ".gz") as out:
        yield out


@contextmanager
def _text(raw: BinaryIO, *, packed: bool) -> Iterator[TextIO]:
    """UTF-8 into a binary file, which stays open. A packed file names no time: equal exports are equal bytes."""
    inner = gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0, compresslevel=6) if packed else raw
    out = io.TextIOWrapper(cast(BinaryIO, inner), encoding="utf-8", newline="", write_through=False)
    try:
        yield out
        out.flush()
    finally:
        out.detach()
        if packed:
            inner.close()

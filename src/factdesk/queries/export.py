"""The desk's reviews, or its judged matches, written into a file that imports as the same record."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, TextIO, TypeVar, cast

from factdesk.domain.reviews import Review
from factdesk.errors import ResourceError, UsageError
from factdesk.interchange.write import WRITERS
from factdesk.queries.judgements import labelled
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
    try:
        if path.exists() and not path.is_file():
            # A pipe or a device is written to as it is; a folder refuses.
            with path.open("wb") as raw, _text(raw, packed=path.suffix == ".gz") as out:
                yield out
            return
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    except OSError as error:
        raise _cannot_write(path, error) from error
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            with _text(raw, packed=path.suffix == ".gz") as out:
                yield out
            raw.flush()
            os.fsync(raw.fileno())
        draft.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        draft.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        draft.unlink(missing_ok=True)


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


def _cannot_write(path: Path, error: OSError) -> ResourceError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ResourceError("The disk is full.", place=str(path), remedy="Free some space and run the command again.")
    return ResourceError(
        "The file cannot be written: {why}.",
        place=str(path),
        remedy="Name a place that you may write to.",
        why=error.strerror or error,
    )

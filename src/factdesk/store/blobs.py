"""Bytes by their SHA-256, each stored once: small ones in the record, large ones in the folder `blobs` beside it.

A large blob is written durably before the transaction that names it; what a crash leaves behind is a file that nothing
names, and the same bytes stored again find it there. A record that is no file keeps all of them in its own table.
"""

from __future__ import annotations

import hashlib
import io
import os
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.errors import IntegrityError
from factdesk.store.engines import sqlite_file
from factdesk.store.faults import translated_files
from factdesk.store.files import sync_folder
from factdesk.store.models import Blobs, table
from factdesk.store.record import Writer
from factdesk.store.reviews import parts
from factdesk.store.stream import streamed

BLOBS = table(Blobs)

INLINE = 64 << 10
"""Bytes up to which a blob lies in the record: reading those from a table is quicker than from files of their own."""
FOLDER = "blobs"
CHUNK = 1 << 20
DRAFTS = ".*.part"
ABANDONED = 86_400
"""Seconds after which a file that nothing names was left behind by a command that was cut short."""

_KNOWN = select(BLOBS.c.digest).where(BLOBS.c.digest.in_(bindparam("values", expanding=True)))


@dataclass(frozen=True, slots=True)
class Staged:
    """Bytes about to be named by a row. `data` is None where they lie in the folder already."""

    digest: str
    size: int
    data: bytes | None


def blobs_folder(config: DeskConfig) -> Path | None:
    """Where large blobs lie; None where the record keeps all of them."""
    return sqlite_file(config).parent / FOLDER if config.is_sqlite else None


def blob_path(folder: Path, digest: str) -> Path:
    """The file of a blob."""
    return folder / digest[:2] / digest


def digest_of(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def stage(config: DeskConfig, data: bytes) -> Staged:
    """Make bytes ready to be named: large ones are written to the folder, durably."""
    folder = blobs_folder(config)
    if folder is None or len(data) <= INLINE:
        return Staged(digest_of(data), len(data), data)
    return _to_folder(folder, [data])


def put_blobs(writer: Writer, staged: Collection[Staged]) -> int:
    """Name the staged bytes that are not stored yet; returns how many. What names them is sealed, not they."""
    unique = {blob.digest: blob for blob in staged}
    known: set[str] = set()
    for part in parts(sorted(unique)):
        known.update(row[0] for row in writer.session.connection().execute(_KNOWN, {"values": part}))
    rows = [
        {"digest": blob.digest, "size": blob.size, "data": blob.data}
        for blob in unique.values()
        if blob.digest not in known
    ]
    if rows:
        writer.session.execute(insert(BLOBS), rows)
    return len(rows)


def open_blob(session: Session, config: DeskConfig, digest: str) -> BinaryIO:
    """A blob, open to be read; its digest is not checked. Raises `IntegrityError` when it is missing."""
    row = session.connection().execute(select(BLOBS.c.size, BLOBS.c.data).where(BLOBS.c.digest == digest)).first()
    if row is None:
        raise _missing(digest)
    if isinstance(row.data, bytes):
        return io.BytesIO(row.data)
    folder = blobs_folder(config)
    try:
        if folder is None:
            raise FileNotFoundError(digest)
        return blob_path(folder, digest).open("rb")
    except FileNotFoundError as error:
        raise _missing(digest) from error


def get_blob(session: Session, config: DeskConfig, digest: str) -> bytes:
    """A blob whole; its digest is not checked. Raises `IntegrityError` when it is missing."""
    with open_blob(session, config, digest) as stream:
        return stream.read()


def get_text(session: Session, config: DeskConfig, digest: str) -> str:
    """A text that was stored in UTF-8. Raises `IntegrityError` when it is missing."""
    return get_blob(session, config, digest).decode("utf-8", "surrogatepass")


def blob_sizes(session: Session) -> tuple[int, int]:
    """How many blobs there are, and their bytes."""
    row = session.execute(select(func.count(), func.coalesce(func.sum(BLOBS.c.size), 0)).select_from(BLOBS)).one()
    return int(row[0]), int(row[1])


def large_blobs(session: Session) -> list[str]:
    """The digests of blobs too large for a table of small ones, in order."""
    return [
        str(row[0]) for row in session.execute(select(BLOBS.c.digest).where(BLOBS.c.size > INLINE).order_by("digest"))
    ]


def adopt(session: Session, config: DeskConfig, digest: str, chunks: Iterable[bytes]) -> None:
    """Put the bytes of a blob whose row is there already where such a record keeps them."""
    folder = blobs_folder(config)
    if folder is not None:
        _to_folder(folder, chunks)
    else:
        session.execute(update(BLOBS).where(BLOBS.c.digest == digest).values(data=b"".join(chunks)))


def missing_blobs(session: Session, config: DeskConfig) -> Iterator[str]:
    """The digests of blobs whose bytes are not there, or not as many as there should be; contents are not read."""
    folder = blobs_folder(config)
    for digest, size in streamed(session, select(BLOBS.c.digest, BLOBS.c.size).where(BLOBS.c.data.is_(None))):
        path = blob_path(folder, digest) if folder is not None else None
        if path is None or not path.is_file() or path.stat().st_size != size:
            yield digest


def stray_blobs(session: Session, config: DeskConfig) -> Iterator[Path]:
    """Files of blobs that nothing names, older than a day: a capture was cut short between its files and its row."""
    folder = blobs_folder(config)
    if folder is None or not folder.is_dir():
        return
    named = {str(row[0]) for row in session.execute(select(BLOBS.c.digest).where(BLOBS.c.data.is_(None)))}
    for path in sorted(folder.glob("[0-9a-f][0-9a-f]/*")):
        if path.name not in named and path.stat().st_mtime < time.time() - ABANDONED:
            yield path


def wrong_small_blobs(session: Session) -> Iterator[str]:
    """The digests of blobs in the record whose bytes have another one."""
    for row in streamed(session, select(BLOBS.c.digest, BLOBS.c.size, BLOBS.c.data).where(BLOBS.c.data.is_not(None))):
        data = bytes(row.data)
        if (digest_of(data), len(data)) != (row.digest, row.size):
            yield str(row.digest)


def _to_folder(folder: Path, chunks: Iterable[bytes]) -> Staged:
    with translated_files(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        draft = folder / f".{uuid4().hex}.part"
        try:
            digest, size = _written(draft, chunks)
            path = blob_path(folder, digest)
            if path.is_file() and path.stat().st_size == size:
                draft.unlink()
            else:
                path.parent.mkdir(exist_ok=True)
                draft.replace(path)
                sync_folder(path.parent)
                sync_folder(folder)
        except BaseException:
            # Also when interrupted: no half file stays.
            draft.unlink(missing_ok=True)
            raise
    return Staged(digest, size, None)


def _sweep(folder: Path) -> None:
    """Remove the half files of commands that were killed; young ones may be another's that is still writing."""
    for draft in folder.glob(DRAFTS):
        with suppress(FileNotFoundError):
            if draft.stat().st_mtime < time.time() - ABANDONED:
                draft.unlink()


def _written(path: Path, chunks: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _missing(digest: str) -> IntegrityError:
    return IntegrityError(
        "The bytes {digest} are missing from the desk.", remedy="Restore a backup that has them.", digest=digest
    )

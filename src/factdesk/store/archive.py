"""A backup as one ZIP file: `desk.toml`, `record/TABLE.jsonl`, `blobs/DIGEST`, `reports/…`, and `manifest.json` with
their SHA-256.

Reading is for hostile files: names come from a fixed list, sizes are bounded before and while bytes are unpacked,
and every byte is held against the manifest.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from factdesk.errors import InputError, IntegrityError, NotFoundError
from factdesk.store.faults import translated_files
from factdesk.store.files import sync_folder

MANIFEST = "manifest.json"
FORMAT = "factdesk-backup"
NAMES = re.compile(
    r"desk\.toml|record/[a-z][a-z_]{0,40}\.jsonl|blobs/[0-9a-f]{64}|reports/[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}"
)
BLOBS = "blobs/"

MEMBERS = 500_000
MOST_MANIFEST = 128 << 20
"""Bytes that a manifest may have: some 200 for each member."""
SMALL = 16 << 20
"""Bytes that any file may unpack to whatever its packed size."""
RATIO = 200
"""How many times its packed size a file may unpack to: JSON of real reviews reaches 10."""
LINE = 64 << 20
"""Bytes of the longest line."""

_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)
"""What `zipfile` raises for files that are damaged, encrypted or packed in a way it does not know."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a manifest says: facts about the record, and each file's digest, size and, for tables, columns."""

    facts: dict[str, Any]
    files: dict[str, dict[str, Any]]


@dataclass(slots=True)
class ArchiveWriter:
    """A backup being written, under another name until `finish`."""

    target: Path
    _draft: Path = field(init=False)
    _file: BinaryIO = field(init=False)
    _zip: zipfile.ZipFile = field(init=False)
    _files: dict[str, dict[str, Any]] = field(default_factory=dict)
    _done: bool = False

    def __post_init__(self) -> None:
        self._draft = self.target.with_name(f".{self.target.name}.{os.getpid()}.part")
        self._file = self._draft.open("wb")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=3)

    def add(self, name: str, chunks: Iterable[bytes], **facts: Any) -> int:
        """Add a file; returns its bytes."""
        digest, size = hashlib.sha256(), 0
        member = _member(name)
        if name.startswith(BLOBS):
            # Pictures, PDFs and pages as they came are packed already.
            member.compress_type = zipfile.ZIP_STORED
        with self._zip.open(member, "w", force_zip64=True) as raw, io.BufferedWriter(raw, 1 << 20) as file:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self._files[name] = {"sha256": digest.hexdigest(), "bytes": size, **facts}
        return size

    def finish(self, facts: dict[str, Any]) -> None:
        """Write the manifest, make the file durable, and give it its name."""
        manifest = {"format": FORMAT, "version": 1, **facts, "files": self._files}
        self._zip.writestr(_member(MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1))
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._draft.replace(self.target)
        sync_folder(self.target.absolute().parent)
        self._done = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._done:
            # Closing the zip would write its directory, on a disk that may be full: the half file just goes.
            self._zip.fp = None
            with suppress(OSError):
                self._file.close()
            self._draft.unlink(missing_ok=True)


class ArchiveReader:
    """A backup being read."""

    def __init__(self, source: Path, archive: zipfile.ZipFile) -> None:
        self.source = source
        self._zip = archive
        self.contents = self._read_manifest()
        self._check_members()

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a file. Raises `IntegrityError` at its end when it is not what the manifest says."""
        return self._pieces(name, lambda stream: stream.readline(LINE + 1))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, in pieces. Raises what `lines` raises."""
        return self._pieces(name, lambda stream: stream.read(1 << 20))

    def _pieces(self, name: str, read: Callable[[BinaryIO], bytes]) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        with self._refused(), self._zip.open(name) as raw:
            stream = io.BufferedReader(raw, 1 << 20)  # type: ignore[type-var]
            while piece := read(stream):
                size += len(piece)
                if len(piece) > LINE or size > self.contents.files[name]["bytes"]:
                    raise self._differs(name)
                digest.update(piece)
                yield piece
        if (digest.hexdigest(), size) != (self.contents.files[name]["sha256"], self.contents.files[name]["bytes"]):
            raise self._differs(name)

    def read(self, name: str) -> bytes:
        """A small file whole, verified."""
        if self.contents.files[name]["bytes"] > SMALL:
            raise self._differs(name)
        return b"".join(self.lines(name))

    @property
    def unpacked(self) -> int:
        """Bytes of all files together."""
        return sum(entry["bytes"] for entry in self.contents.files.values())

    def _read_manifest(self) -> Contents:
        with self._refused():
            try:
                info = self._zip.getinfo(MANIFEST)
            except KeyError as error:
                raise self._foreign() from error
            if info.file_size > MOST_MANIFEST:
                raise self._foreign()
            data = json.loads(self._zip.read(MANIFEST))
        if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("files"), dict):
            raise self._foreign()
        if data.get("version") != 1:
            raise InputError("This backup was made by a newer factdesk.", place=str(self.source))
        files = data.pop("files")
        for entry in files.values():
            if not isinstance(entry, dict) or not isinstance(entry.get("bytes"), int) or entry["bytes"] < 0:
                raise self._foreign()
        return Contents(data, files)

    def _check_members(self) -> None:
        infos = self._zip.infolist()
        names = [info.filename for info in infos if info.filename != MANIFEST]
        for name in [*names, *self.contents.files]:
            if not NAMES.fullmatch(name):
                raise InputError(
                    "The backup holds a file that does not belong in one: {name}.", place=str(self.source), name=name
                )
        if len(infos) > MEMBERS or len(set(names)) != len(names) or set(names) != set(self.contents.files):
            raise IntegrityError("The backup's files are not those its manifest names.", place=str(self.source))
        for info in infos:
            if info.file_size > max(SMALL, RATIO * info.compress_size):
                raise InputError(
                    "The backup unpacks to far more than it should: {name}.", place=str(self.source), name=info.filename
                )

    @contextmanager
    def _refused(self) -> Iterator[None]:
        try:
            yield
        except _UNREADABLE as error:
            raise InputError("The backup is damaged and cannot be read.", place=str(self.source)) from error

    def _differs(self, name: str) -> IntegrityError:
        return IntegrityError("{name} in the backup is not what its manifest says.", place=str(self.source), name=name)

    def _foreign(self) -> InputError:
        return InputError("This is not a factdesk backup.", place=str(self.source))


@contextmanager
def open_archive(source: Path) -> Iterator[ArchiveReader]:
    """A backup, opened. Raises `NotFoundError`, `InputError`, `IntegrityError`."""
    if not source.is_file():
        raise NotFoundError("There is no such file.", place=str(source))
    try:
        with translated_files(str(source)):
            archive = zipfile.ZipFile(source)
    except _UNREADABLE as error:
        raise InputError("This is not a factdesk backup.", place=str(source)) from error
    with archive:
        yield ArchiveReader(source, archive)


def _member(name: str) -> zipfile.ZipInfo:
    # A fixed time: the same record gives the same file.
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info

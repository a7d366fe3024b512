"""A ZIP that can be written in one way only: members stored, dated 1980-01-01, no extra fields, no comments.

Nothing in it is free: whoever knows the names and the contents can write every other byte again. So a reader holds
each header, the directory and the end against what they must be, byte for byte, and names the byte that differs.
Below 4 GiB and 65,535 members; ZIP64 is not written and not read. Source: PKWARE APPNOTE 6.3.10, §4.3.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from factdesk.errors import ResourceError

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*(/[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*){0,2}")
"""Plain lower-case names: nothing that a file system could take for another place."""

LONGEST_NAME = 160
MEMBERS = 60_000
MOST = (1 << 32) - (1 << 26)
"""Bytes of a whole bundle, with room below 4 GiB for its directory."""

CHUNK = 1 << 18

_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _FLAGS, _STORED, _TIME, _DATE = 20, 0, 0, 0, 33


class BrokenError(Exception):
    """These bytes are not such a ZIP. `offset` is where that shows, `member` the last name that was read."""

    def __init__(self, offset: int, member: str = "") -> None:
        super().__init__(offset, member)
        self.offset = offset
        self.member = member


@dataclass(frozen=True, slots=True)
class Member:
    """One file in a ZIP: `offset` is that of its header in the ZIP, `crc` its CRC-32 as the header says."""

    name: str
    offset: int
    size: int
    crc: int

    @property
    def start(self) -> int:
        """Where its content begins in the ZIP."""
        return self.offset + _LOCAL.size + len(self.name)

    @property
    def end(self) -> int:
        """Where its content ends in the ZIP."""
        return self.start + self.size


def local_header(member: Member) -> bytes:
    """What stands before a member's content."""
    fixed = (b"PK\3\4", _VERSION, _FLAGS, _STORED, _TIME, _DATE, member.crc, member.size, member.size)
    return _LOCAL.pack(*fixed, len(member.name), 0) + member.name.encode()


def entry(member: Member) -> bytes:
    """A member's line in the directory."""
    fixed = (b"PK\1\2", _VERSION, _VERSION, _FLAGS, _STORED, _TIME, _DATE, member.crc, member.size, member.size)
    return _ENTRY.pack(*fixed, len(member.name), 0, 0, 0, 0, 0, member.offset) + member.name.encode()


def end_of(members: Sequence[Member]) -> bytes:
    """The ZIP's last bytes."""
    start = members[-1].end if members else 0
    size = directory_size(members) - _END.size
    return _END.pack(b"PK\5\6", 0, 0, len(members), len(members), size, start, 0)


def directory_size(members: Sequence[Member]) -> int:
    """Bytes of the directory and the end."""
    return sum(_ENTRY.size + len(member.name) for member in members) + _END.size


@dataclass(slots=True)
class Stream:
    """A member being written: something to write to, that knows its place."""

    out: BinaryIO
    name: str
    offset: int
    size: int = 0
    crc: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def write(self, data: bytes) -> int:
        """Write on. Raises `ResourceError` when the ZIP would become too large."""
        _refuse_above(self.offset + self.size + len(data))
        self.out.write(data)
        self.crc, self.size = zlib.crc32(data, self.crc), self.size + len(data)
        self.digest.update(data)
        return len(data)

    def tell(self) -> int:
        """Bytes written."""
        return self.size

    def flush(self) -> None:
        """Nothing waits here."""

    @property
    def member(self) -> Member:
        """What was written, as a member."""
        return Member(self.name, self.offset, self.size, self.crc)


@dataclass(slots=True)
class ZipWriter:
    """Writes such a ZIP into a file that can be sought in. `written` are its members with their SHA-256."""

    out: BinaryIO
    written: dict[str, tuple[Member, str]] = field(default_factory=dict)

    @contextmanager
    def open(self, name: str) -> Iterator[Stream]:
        """The next member, to be written to."""
        start = self._next(name)
        stream = Stream(self.out, name, start)
        self.out.write(local_header(stream.member))
        yield stream
        self.out.seek(start)
        self.out.write(local_header(stream.member))
        self.out.seek(stream.member.end)
        self.written[name] = (stream.member, stream.digest.hexdigest())

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Add a member."""
        with self.open(name) as stream:
            for chunk in chunks:
                stream.write(chunk)

    def put(self, name: str, data: bytes) -> None:
        """Add a member whose content is at hand: what stands before it is known then, and written once."""
        member = Member(name, self._next(name), len(data), zlib.crc32(data))
        _refuse_above(member.offset + member.size)
        self.out.write(local_header(member) + data)
        self.written[name] = (member, hashlib.sha256(data).hexdigest())

    def finish(self) -> None:
        """Write the directory and the end."""
        members = [member for member, _ in self.written.values()]
        for member in members:
            self.out.write(entry(member))
        self.out.write(end_of(members))

    def _next(self, name: str) -> int:
        """Where the next member begins. Raises `ValueError` for a name that it cannot have."""
        if not sound_name(name) or name in self.written or len(self.written) >= MEMBERS:
            raise ValueError(name)
        return next(reversed(self.written.values()))[0].end if self.written else 0


def _refuse_above(size: int) -> None:
    if size > MOST:
        raise ResourceError("A bundle cannot be larger than 4 GB.", remedy="Put less into one bundle.")


def sound_name(name: str) -> bool:
    """Whether a member may be called so."""
    return len(name) <= LONGEST_NAME and NAME.fullmatch(name) is not None


def walked(file: BinaryIO, total: int) -> list[Member]:
    """The members as their own headers tell, from the front. Raises `BrokenError`."""
    members: list[Member] = []
    offset, rest = 0, _END.size
    while True:
        # Told by arithmetic alone, so that damage to what follows is no damage to the way there.
        if members and offset + rest == total:
            return members
        member = _member(_read(file, offset, _LOCAL.size), offset, file, members)
        if member.end > total - _END.size or len(members) >= MEMBERS:
            raise BrokenError(offset, member.name)
        members.append(member)
        offset, rest = member.end, rest + _ENTRY.size + len(member.name)


def _member(head: bytes, offset: int, file: BinaryIO, before: Sequence[Member]) -> Member:
    last = before[-1].name if before else ""
    if len(head) < _LOCAL.size:
        raise BrokenError(offset, last)
    *_, crc, _, size, length, _ = _LOCAL.unpack(head)
    member = Member(_name(file, offset + _LOCAL.size, length, offset, last), offset, size, crc)
    if local_header(member)[: _LOCAL.size] != head:
        raise BrokenError(offset, member.name)
    return member


def listed(file: BinaryIO, total: int) -> list[Member]:
    """The members as the directory at the end tells. Raises `BrokenError`."""
    at = total - _END.size
    end = _read(file, max(0, at), _END.size)
    if len(end) < _END.size or end[:4] != b"PK\5\6":
        raise BrokenError(max(0, at))
    *_, count, size, offset, _ = _END.unpack(end)
    if count > MEMBERS or offset + size != at:
        raise BrokenError(at)
    members: list[Member] = []
    while offset < at:
        member = _entry(file, offset, members)
        members.append(member)
        offset += _ENTRY.size + len(member.name)
    if end_of(members) != end:
        raise BrokenError(at)
    return members


def _entry(file: BinaryIO, offset: int, before: Sequence[Member]) -> Member:
    last = before[-1].name if before else ""
    head = _read(file, offset, _ENTRY.size)
    if len(head) < _ENTRY.size or len(before) >= MEMBERS:
        raise BrokenError(offset, last)
    fields = _ENTRY.unpack(head)
    name = _name(file, offset + _ENTRY.size, fields[10], offset, last)
    member = Member(name, before[-1].end if before else 0, fields[9], fields[7])
    if entry(member)[: _ENTRY.size] != head:
        raise BrokenError(offset, name)
    return member


def _name(file: BinaryIO, at: int, length: int, offset: int, last: str) -> str:
    raw = _read(file, at, length) if length <= LONGEST_NAME else b""
    name = raw.decode("latin-1")
    if len(raw) != length or not sound_name(name):
        raise BrokenError(offset, last)
    return name


def _read(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size)


def content(file: BinaryIO, member: Member) -> Iterator[bytes]:
    """A member's content in chunks."""
    offset, left = member.start, member.size
    while left:
        chunk = _read(file, offset, min(CHUNK, left))
        if not chunk:
            return
        yield chunk
        offset, left = offset + len(chunk), left - len(chunk)


def first_difference(file: BinaryIO, offset: int, expected: bytes) -> int | None:
    """Where the file first differs from what must stand at an offset, as an offset in the file; None when nowhere."""
    found = _read(file, offset, len(expected))
    if found == expected:
        return None
    same = next((at for at, pair in enumerate(zip(found, expected, strict=False)) if pair[0] != pair[1]), None)
    return offset + (min(len(found), len(expected)) if same is None else same)

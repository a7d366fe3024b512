"""Whether a bundle is byte for byte what our writer makes, and where it is not.

Each finding is a failed step whose subject is the member in which it lies. A ZIP says three times what a member's
CRC-32 is (its header, the directory, its content), `datapackage.json` has its SHA-256, and everything else can be
written again: so one changed byte is told apart from what merely disagrees with it, and named by its place.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from factdesk.capture.wacz_locate import MOST, changed_byte
from factdesk.capture.wacz_package import Package, package_in
from factdesk.capture.wacz_zip import (
    BrokenError,
    Member,
    content,
    end_of,
    entry,
    first_difference,
    listed,
    local_header,
    walked,
)
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Step

_HEADER = "Byte {offset} of the bundle was changed, in the header of this file."
_ENTRY = "Byte {offset} of the bundle was changed, in this file's line of the directory."
_END = "Byte {offset} of the bundle was changed, in its last bytes."
_CHANGED = "Byte {offset} of this file was changed (byte {place} of the bundle)."
_OTHER = "This file is not what datapackage.json says it is."


class NotOursError(Exception):
    """Not a ZIP as our writer makes it: another program's, or damaged beyond telling. `broken` says where."""

    def __init__(self, broken: BrokenError) -> None:
        super().__init__(broken)
        self.broken = broken


@dataclass(frozen=True, slots=True)
class Contents:
    """A bundle's file, its members in order by name, the SHA-256 of their contents, and what was found wrong."""

    file: BinaryIO
    members: Mapping[str, Member]
    digests: Mapping[str, str]
    package: Package
    findings: tuple[Step, ...]

    def read(self, name: str, most: int) -> bytes:
        """A member's content. Raises `ValueError` when it is missing or larger than `most`."""
        return read(self.file, self.members, name, most)


def read(file: BinaryIO, members: Mapping[str, Member], name: str, most: int) -> bytes:
    """A member's content. Raises `ValueError` when it is missing or larger than `most`."""
    member = members.get(name)
    if member is None or member.size > most:
        raise ValueError(name)
    return b"".join(content(file, member))


def finding(member: str, template: str, **values: object) -> Step:
    """A failed step of the container."""
    reason = Reason("container", template, {name: str(value) for name, value in values.items()})
    return Step("container", member, "fail", reason)


def check_container(file: BinaryIO) -> Contents:
    """Hold every byte of a bundle against what must stand there. Raises `NotOursError`."""
    total = file.seek(0, 2)
    layouts = _layouts(file, total)
    members = next((each for each in layouts if _names_agree(file, each)), layouts[0])
    sums = {member.name: _sums(file, member) for member in members}
    crcs: dict[str, set[int]] = {}
    for each in (member for layout in layouts for member in layout):
        crcs.setdefault(each.name, set()).add(each.crc)
    digests = {name: digest for name, (_, digest) in sums.items()}
    by_name = {member.name: member for member in members}
    package = package_in(lambda name, most: read(file, by_name, name, most), by_name, digests)
    changed = {name for name, (crc, _) in sums.items() if crc not in crcs[name]}
    exact = [each if each.name in changed else replace(each, crc=sums[each.name][0]) for each in members]
    findings = [
        *_structure(file, exact),
        *(_changed(file, by_name[name], package.expected(name)) for name in sorted(changed)),
        *(finding(name, template, **values) for name, template, values in package.faults(changed)),
    ]
    return Contents(file, by_name, digests, package, tuple(findings))


def _layouts(file: BinaryIO, total: int) -> list[list[Member]]:
    """The members as their headers tell and as the directory tells, whichever can be read. Raises `NotOursError`."""
    found: list[list[Member]] = []
    broken: list[BrokenError] = []
    for look in (walked, listed):
        try:
            members = look(file, total)
            if not members:
                raise BrokenError(0)
            if len({member.name for member in members}) < len(members):
                raise BrokenError(members[-1].end, members[-1].name)
            found.append(members)
        except BrokenError as error:
            broken.append(error)
    if not found:
        raise NotOursError(broken[0])
    return found


def _names_agree(file: BinaryIO, members: Sequence[Member]) -> bool:
    by_name = {member.name: member for member in members}
    return package_in(lambda name, most: read(file, by_name, name, most), by_name, {}).names_agree


def _sums(file: BinaryIO, member: Member) -> tuple[int, str]:
    crc, digest = 0, hashlib.sha256()
    for chunk in content(file, member):
        crc = zlib.crc32(chunk, crc)
        digest.update(chunk)
    return crc, digest.hexdigest()


def _structure(file: BinaryIO, members: Sequence[Member]) -> Iterator[Step]:
    """Every byte that is not content."""
    start = members[-1].end
    for member in members:
        line = entry(member)
        for template, offset, expected in ((_HEADER, member.offset, local_header(member)), (_ENTRY, start, line)):
            at = first_difference(file, offset, expected)
            if at is not None:
                yield finding(member.name, template, offset=f"{at:,}")
        start += len(line)
    at = first_difference(file, start, end_of(members))
    if at is not None:
        yield finding("", _END, offset=f"{at:,}")


def _changed(file: BinaryIO, member: Member, expected: str) -> Step:
    """What became of a member whose content is not what both its CRCs say."""
    if member.size <= MOST:
        at = changed_byte(b"".join(content(file, member)), member.crc, expected)
        if at is not None:
            return finding(member.name, _CHANGED, offset=f"{at:,}", place=f"{member.start + at:,}")
    return finding(member.name, _OTHER)

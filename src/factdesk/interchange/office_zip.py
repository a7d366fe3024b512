"""Packages of office documents (DOCX, ODT): a ZIP of XML parts, both read within limits.

Nothing is written to disk and nothing inside a package is unpacked as a package, so that names and nesting do no
harm. What harms is size: it is measured while unpacking, whatever the file declares.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING

from factdesk.errors import DamagedError, LimitError, ProtectedError
from factdesk.interchange.docx_styles import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MEGABYTE = 1 << 20
MOST_MEMBERS = 10_000
MOST_PART_BYTES = 64 * MEGABYTE
"""One XML part. Its tree takes several times as much memory; a novel is 5 MB."""

MOST_RATIO = 250
_FREE = 4 * MEGABYTE
_STEP = 1 << 18
_LOCAL_HEADER = 30
_ENTRY, _ZIP64 = b"PK\x01\x02", b"PK\x06\x07"
_ENCRYPTED = 0x1

_LONGEST_TAG = re.compile(rb"<[^<>]{4194304}")
"""A tag of 4 MiB: the drawings that Word keeps in attributes are smaller, a million attributes are larger."""

_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E", re.IGNORECASE)
_MOST_TAGS = 4_000_000


def protected(place: str) -> ProtectedError:
    """The error for a document that asks for a password."""
    return ProtectedError("The document is protected by a password.", place=place, remedy="Save it without a password.")


class Package:
    """An opened package, whose parts are read one at a time against one budget of bytes."""

    def __init__(self, data: bytes, place: str, unpacked_bytes: int) -> None:
        """Raises `DamagedError`, `LimitError` or `ProtectedError` for a package that is not read at all.

        `place` is what to call it in an error; `unpacked_bytes` the budget of everything that is read.
        """
        self._place = place
        self._budget = unpacked_bytes
        # Reading the list of members costs memory by their number, so that it is counted beforehand.
        if data.count(_ENTRY) > MOST_MEMBERS or _ZIP64 in data[-(1 << 17) :]:
            raise self._too_much()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self._damaged() from error
        self._check()

    def _check(self) -> None:
        members = self._zip.infolist()
        names = [member.filename for member in members]
        if len(set(names)) != len(names):
            raise self._damaged()
        for first, second in pairwise(sorted(members, key=lambda member: member.header_offset)):
            if first.header_offset + _LOCAL_HEADER + first.compress_size > second.header_offset:
                raise self._damaged()
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise protected(self._place)

    def relations(self, part: str) -> list[tuple[str, str]]:
        """What a part refers to inside the package: the last word of each relation's type, and the target's name."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = []
        for element in () if root is None else root:
            if element.get("TargetMode") != "External" and local(element) == "Relationship":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
                found.append((element.get("Type", "").rpartition("/")[2], target))
        return found

    def links(self, part: str) -> dict[str, str]:
        """What a part refers to outside the package: addresses by the relation's id. None is looked up."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        outside = (each for each in (() if root is None else root) if each.get("TargetMode") == "External")
        return {each.get("Id", ""): each.get("Target", "") for each in outside}

    def names(self) -> list[str]:
        """The names of the members."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """A part's bytes. Raises `KeyError` where there is none, `DamagedError`, `LimitError`."""
        member = self._zip.getinfo(name)
        most = min(self._budget, MOST_PART_BYTES)
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(_STEP):
                    size += len(piece)
                    parts.append(piece)
                    if size > most or size > max(_FREE, MOST_RATIO * member.compress_size):
                        raise self._too_much()
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise self._damaged() from error
        self._budget -= size
        return b"".join(parts)

    def xml(self, name: str) -> Element | None:
        """A part's root element, `None` where there is no such part. Raises `DamagedError`, `LimitError`."""
        if name not in self._zip.NameToInfo:
            return None
        data = self.read(name)
        if _DOCTYPE.search(data):
            # No office program writes one; its entities are how XML is made to explode or to read files.
            raise self._damaged()
        if data.count(b"<") > _MOST_TAGS or _LONGEST_TAG.search(data):
            raise self._too_much()
        return self._parsed(data)

    def _parsed(self, data: bytes) -> Element:
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged() from error
        if root.getroottree().docinfo.doctype:
            raise self._damaged()
        return root

    def _damaged(self) -> DamagedError:
        return DamagedError("The document is damaged or cut off.", place=self._place)

    def _too_much(self) -> LimitError:
        return LimitError("The document holds more than a document would, and was not unpacked.", place=self._place)

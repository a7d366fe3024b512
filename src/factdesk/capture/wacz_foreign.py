"""Bundles of other programs: whether their files and records have the digests that they say, and nothing more.

They may be packed as they like, and so cannot be held against what must stand there; they are as hostile as any.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO

from factdesk.capture.wacz import MANIFEST, PACKAGE, PACKAGE_DIGEST
from factdesk.capture.wacz_check import finding
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Outcome, Step
from factdesk.errors import InputError

MEMBERS = 60_000
RATIO = 100
SMALL = 64 << 20
"""Bytes that all files together may unpack to, beyond `RATIO` times the size of the bundle."""
_NAME = 400
_HASHES = {"sha256": hashlib.sha256, "md5": hashlib.md5, "sha512": hashlib.sha512}
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError)

_PACKED = "It is damaged at its byte {offset}, or another program packed it."
_MADE = "Another program made it ({software}): how it is packed was not checked."
_NAMES = "A file in it has a name that no archive needs: {name}."
_BOMB = "It unpacks to far more than it should."
_MANY = "It holds more than {most} files."
_PACKING = "{name} is encrypted, or packed in a way that archives do not use."
_OTHER = "This file is not what datapackage.json says it is."
_MISSING = "This file is missing from the bundle."
_UNLISTED = "{count} files are not listed in datapackage.json."
_DIGEST = "datapackage-digest.json does not have its digest."
_LISTED = "{count} files have the digests that datapackage.json says."
_NO_LIST = "It has no datapackage.json that can be read."
_RECORD = "The archived answer at byte {offset} does not have its digest ({url})."
_RECORDS = "{count} archived answers have their digests."
_BARE = "{count} archived answers have no digest."
_BROKEN = "The archive cannot be read from its byte {offset} on."
_NOTHING = "It holds no citations: factdesk did not make it."


def foreign_steps(file: BinaryIO, name: str, offset: int) -> Iterator[Step]:
    """What can be said of a bundle that our writer did not make, or that is damaged from `offset` on.

    Raises `InputError` for what is no WACZ at all.
    """
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
        names = [info.filename for info in archive.infolist()]
    except _UNREADABLE as error:
        file.seek(0)
        if file.read(4) == b"PK\3\4":
            yield finding(name, _PACKED, offset=f"{offset:,}")
            return
        raise InputError("This is not a WACZ bundle.", place=name) from error
    if MANIFEST in names:
        yield finding(name, _PACKED, offset=f"{offset:,}")
        return
    if not any(each.startswith("archive/") for each in names):
        raise InputError("This is not a WACZ bundle.", place=name)
    refused = _refusal(archive, file.seek(0, io.SEEK_END))
    if refused is not None:
        yield finding(name, refused[0], **refused[1])
        return
    yield from _contents(archive, name)
    for each in sorted(names):
        if each.startswith("archive/") and each.endswith((".warc", ".warc.gz")):
            yield from _records(archive, each)
    yield Step("quotation", name, "not checked", Reason("quotation", _NOTHING, {}))


def _refusal(archive: zipfile.ZipFile, size: int) -> tuple[str, dict[str, str]] | None:
    """Why a bundle is not looked into."""
    infos = archive.infolist()
    if len(infos) > MEMBERS:
        return _MANY, {"most": f"{MEMBERS:,}"}
    seen: set[str] = set()
    for info in infos:
        if not _plain(info.filename) or info.filename in seen:
            return _NAMES, {"name": info.filename[:_NAME]}
        if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return _PACKING, {"name": info.filename}
        seen.add(info.filename)
    return (_BOMB, {}) if sum(info.file_size for info in infos) > SMALL + RATIO * size else None


def _plain(name: str) -> bool:
    parts = name.rstrip("/").split("/")
    safe = name.isprintable() and "\\" not in name and ":" not in name and len(name) <= _NAME
    return safe and all(part not in ("", ".", "..") for part in parts)


def _contents(archive: zipfile.ZipFile, name: str) -> Iterator[Step]:
    """The files against `datapackage.json`, and it against its digest."""
    package = _json(archive, PACKAGE)
    yield _said("container", name, "not checked", _MADE, software=str(package.get("software") or "–")[:_NAME])
    resources = package.get("resources")
    if not isinstance(resources, list):
        yield finding(PACKAGE, _NO_LIST)
        return
    rows = {str(row.get("path")): str(row.get("hash")) for row in resources if isinstance(row, dict)}
    there = {info.filename for info in archive.infolist() if not info.is_dir()}
    good = 0
    for path, said in rows.items():
        if path not in there:
            yield finding(path[:_NAME], _MISSING)
        elif _hash(archive, path, said.partition(":")[0]) != said:
            yield finding(path, _OTHER)
        else:
            good += 1
    if good:
        yield _said("container", name, "pass", _LISTED, count=good)
    if unlisted := there - rows.keys() - {PACKAGE, PACKAGE_DIGEST}:
        yield _said("container", name, "not checked", _UNLISTED, count=len(unlisted))
    own = _json(archive, PACKAGE_DIGEST).get("hash")
    if own is not None and _hash(archive, PACKAGE, str(own).partition(":")[0]) != own:
        yield finding(PACKAGE, _DIGEST)


def _records(archive: zipfile.ZipFile, name: str) -> Iterator[Step]:
    """The records of one archive, by the digests that they carry."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    good = bare = 0
    offset = 0
    try:
        with archive.open(name) as stream:
            records = ArchiveIterator(_buffered(stream), check_digests=True)
            for record in records:
                offset = records.get_record_offset()
                while record.raw_stream.read(1 << 16):
                    pass
                if record.raw_stream.limit > 0:
                    # warcio takes a record that breaks off for one that ends.
                    raise EOFError(name)
                if record.rec_type not in ("response", "resource", "revisit"):
                    continue
                passed = record.digest_checker.passed
                good, bare = good + (passed is True), bare + (passed is None)
                if passed is False:
                    url = str(record.rec_headers.get_header("WARC-Target-URI"))[:_NAME]
                    yield _said("bytes", f"{name}:{offset}", "fail", _RECORD, offset=f"{offset:,}", url=url)
    except (*_UNREADABLE, ArchiveLoadFailed, AttributeError, TypeError, KeyError):
        # warcio meets what it cannot read with whatever error comes of it.
        yield _said("bytes", f"{name}:{offset}", "fail", _BROKEN, offset=f"{offset:,}")
    if good:
        yield _said("bytes", name, "pass", _RECORDS, count=good)
    if bare:
        yield _said("bytes", name, "not checked", _BARE, count=bare)


def _said(step: Any, subject: str, outcome: Outcome, template: str, **values: object) -> Step:
    return Step(step, subject, outcome, Reason(step, template, {key: str(value) for key, value in values.items()}))


def _json(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    try:
        if archive.getinfo(name).file_size > SMALL:
            return {}
        value = json.loads(archive.read(name))
    except (*_UNREADABLE, KeyError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _hash(archive: zipfile.ZipFile, name: str, kind: str) -> str:
    if kind not in _HASHES:
        return ""
    digest = _HASHES[kind]()
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(1 << 18):
                digest.update(chunk)
    except (*_UNREADABLE, KeyError):
        return ""
    return f"{kind}:{digest.hexdigest()}"


def _buffered(stream: IO[bytes]) -> Any:
    return io.BufferedReader(stream, 1 << 16)

"""Bundles of other programs, and files that only look like bundles."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Callable

import pytest
from tests.capture.bundles import flipped, members_of, small_world

from factdesk.capture.wacz import PACKAGE, WARC
from factdesk.capture.wacz_foreign import foreign_steps
from factdesk.domain.verification import Step
from factdesk.errors import InputError


def steps(data: bytes) -> list[Step]:
    return list(foreign_steps(io.BytesIO(data), "x.wacz", 7))


def zipped(members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture(scope="module")
def crawled() -> dict[str, bytes]:
    """What another program would make of the same archive."""
    found = members_of(small_world().bundle())
    members = {name: data for name, data in found.items() if name.startswith(("archive/", "indexes/", "pages/"))}
    rows = [
        {"name": name, "path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
        for name, data in members.items()
    ]
    package = {"profile": "data-package", "resources": rows, "wacz_version": "1.1.1", "software": "crawler 1.0"}
    whole = json.dumps(package, indent=2).encode()
    digest = {"path": PACKAGE, "hash": f"sha256:{hashlib.sha256(whole).hexdigest()}"}
    return members | {PACKAGE: whole, "datapackage-digest.json": json.dumps(digest).encode()}


def test_it_is_said_what_holds_and_what_was_not_looked_at(crawled: dict[str, bytes]) -> None:
    found = steps(zipped(crawled))
    assert [(step.name, step.outcome, str(step.reason)) for step in found] == [
        ("container", "not checked", "Another program made it (crawler 1.0): how it is packed was not checked."),
        ("container", "pass", "3 files have the digests that datapackage.json says."),
        ("bytes", "pass", "3 archived answers have their digests."),
        ("quotation", "not checked", "It holds no citations: factdesk did not make it."),
    ]


def test_a_changed_page_is_named(crawled: dict[str, bytes]) -> None:
    changed = crawled | {"pages/pages.jsonl": crawled["pages/pages.jsonl"].replace(b"Pages", b"pages")}
    assert [step.subject for step in steps(zipped(changed)) if step.outcome == "fail"] == ["pages/pages.jsonl"]


def test_a_changed_record_is_named(crawled: dict[str, bytes]) -> None:
    import gzip

    plain = gzip.decompress(crawled[WARC]).replace(b"No trial has shown", b"A trial has  shown")
    members = {name: data for name, data in crawled.items() if name != WARC} | {"archive/data.warc": plain}
    failed = [step for step in steps(zipped(members)) if step.name == "bytes" and step.outcome == "fail"]
    assert [step.subject.rpartition(":")[0] for step in failed] == ["archive/data.warc"]
    assert "urn:sha256:" in str(failed[0].reason)


def test_an_archive_that_breaks_off_is_said_to(crawled: dict[str, bytes]) -> None:
    cut = crawled | {WARC: crawled[WARC][:-40]}
    failed = [step for step in steps(zipped(cut)) if step.name == "bytes" and step.outcome == "fail"]
    assert failed
    assert failed[0].subject.startswith(WARC)


def test_a_bundle_of_ours_that_was_packed_again_is_not_ours() -> None:
    data = zipped(members_of(small_world().bundle()))
    (found,) = steps(data)
    assert (found.name, found.outcome) == ("container", "fail")
    assert str(found.reason) == "It is damaged at its byte 7, or another program packed it."


@pytest.mark.parametrize("data", [b"", b"no zip", zipped({"a.txt": b"a"})])
def test_what_is_no_bundle_at_all(data: bytes) -> None:
    with pytest.raises(InputError, match="not a WACZ"):
        steps(data)


def with_name(name: str) -> Callable[[dict[str, bytes]], bytes]:
    return lambda members: zipped(members | {name: b"x"})


def twice(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(WARC, members[WARC])
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(WARC, b"x")
    return out.getvalue()


def encrypted(members: dict[str, bytes]) -> bytes:
    data = bytearray(zipped(members))
    at = data.rindex(b"PK\1\2")
    data[at + 8] |= 1
    return bytes(data)


def bomb(members: dict[str, bytes]) -> bytes:
    return zipped(members | {"pages/extra.jsonl": b"\0" * (96 << 20)})


def lying_size(members: dict[str, bytes]) -> bytes:
    """A directory that says of a file that it has 3 GB."""
    data = bytearray(zipped(members))
    at = data.rindex(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<I", 3 << 30)
    return bytes(data)


def lzma(members: dict[str, bytes]) -> bytes:
    return zipped(members, zipfile.ZIP_LZMA)


@pytest.mark.attack
@pytest.mark.parametrize(
    "attack",
    [
        pytest.param(with_name("../../etc/cron.d/x"), id="a path out of the folder"),
        pytest.param(with_name("/etc/passwd"), id="an absolute path"),
        pytest.param(with_name("C:\\x"), id="a path of another system"),
        pytest.param(with_name("a/./b"), id="a path with a dot"),
        pytest.param(with_name("a\x1b[2Jb"), id="a name that steers the terminal"),
        pytest.param(with_name("x" * 5000), id="an endless name"),
        pytest.param(twice, id="a name twice"),
        pytest.param(encrypted, id="an encrypted file"),
        pytest.param(lzma, id="another packing"),
        pytest.param(bomb, id="a bomb"),
        pytest.param(lying_size, id="a size that is a lie"),
    ],
)
def test_a_hostile_bundle_is_not_looked_into(
    attack: Callable[[dict[str, bytes]], bytes], crawled: dict[str, bytes]
) -> None:
    (found,) = steps(attack(crawled))
    assert (found.name, found.subject, found.outcome) == ("container", "x.wacz", "fail")


@pytest.mark.attack
def test_a_package_nested_too_deeply_is_no_list(crawled: dict[str, bytes]) -> None:
    found = steps(zipped(crawled | {PACKAGE: b"[" * 1_000_000}))
    assert (PACKAGE, "fail") in {(step.subject, step.outcome) for step in found}


@pytest.mark.attack
def test_overlapping_files_do_not_multiply(crawled: dict[str, bytes]) -> None:
    """Many lines of the directory over one packed file, each of which would be unpacked."""
    data = zipped({WARC: b"\0" * (10 << 20)} | {f"f{number}": b"" for number in range(30)})
    start = data.index(b"PK\1\2")
    first = data[start : start + 46 + len(WARC)]
    lines = [first] + [
        first[:28] + struct.pack("<H", 4) + first[30:46] + f"f{number:03}".encode() for number in range(200)
    ]
    whole = b"".join(lines)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(lines), len(lines), len(whole), start, 0)
    (found,) = steps(data[:start] + whole + end)
    assert str(found.reason) == "It unpacks to far more than it should."


def test_flips_never_crash(crawled: dict[str, bytes]) -> None:
    data = zipped(crawled)
    for place in range(0, len(data), 37):
        try:
            steps(flipped(data, place, 255))
        except InputError:
            continue

"""WARC files: what is written is read back, by us and by others, and no byte of it can change unseen."""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
import zlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.capture.exchange import Exchange, Hop
from factdesk.capture.warc import Item, Placed, items_of, resource, warcinfo, write_warc
from factdesk.capture.warc_read import Fault, Read, WarcLimits, read_warc

START = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\ntransfer-Encoding: chunked\r\n\r\n"
MOVED = b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n"


def asked(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: x.example\r\n\r\n".encode()


def exchange(hop_body: bytes = b"gone", truncated: bool = False) -> Exchange:
    first = Hop("http://x.example/a", "1.1.1.1", START, asked("/a"), MOVED, 302, hop_body, truncated)
    return Exchange(
        (first, Hop("http://x.example/b", "2606:4700::1", START + timedelta(seconds=1), asked("/b"), HEAD, 200))
    )


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def web(body: bytes, **hop: object) -> list[Item]:
    return items_of(exchange(**hop), BytesIO(body), digest(body), len(body))  # type: ignore[arg-type]


def supplied(body: bytes, url: str = "", media_type: str = "text/plain") -> Item:
    return resource(url, START, BytesIO(body), digest(body), len(body), media_type)


def written(*items: Item) -> tuple[bytes, list[Placed]]:
    out = BytesIO()
    placed = write_warc(out, items)
    return out.getvalue(), placed


def read(data: bytes, limits: WarcLimits | None = None) -> tuple[list[Read], list[Fault]]:
    found = list(read_warc(BytesIO(data), limits))
    return [each for each in found if isinstance(each, Read)], [each for each in found if isinstance(each, Fault)]


def test_a_capture_is_an_answer_and_a_request_for_each_hop() -> None:
    data, placed = written(warcinfo(START, {"software": "factdesk"}), *web(b"body"), supplied(b"file"))
    records, faults = read(data)
    assert not faults
    assert [each.item.kind for each in records] == [
        *("warcinfo", "response", "request", "response", "request", "resource")
    ]
    assert [each.item.url for each in records[1:]] == [
        *("http://x.example/a", "http://x.example/a", "http://x.example/b", "http://x.example/b"),
        f"urn:sha256:{digest(b'file')}",
    ]
    last = records[3]
    assert (last.item.date, last.item.address, last.item.status) == (START + timedelta(seconds=1), "2606:4700::1", 200)
    assert last.item.body.read() == b"body"
    assert records[4].concurrent_to == last.record_id
    assert records[2].concurrent_to == records[1].record_id
    assert records[4].item.head == asked("/b")
    assert b"\r\nX-Archive-Orig-transfer-Encoding: chunked\r\n" in last.item.head
    assert [(each.offset, each.length, each.digest) for each in placed] == [
        (each.offset, each.length, each.item.digest) for each in records
    ]
    assert [each.media_type for each in placed] == ["", "", "", "text/html", "", "text/plain"]
    assert b"WARC-Truncated" not in gzip.decompress(data)


def test_each_record_stands_alone_at_its_offset() -> None:
    data, placed = written(*web(b"body"))
    for each in placed:
        one = gzip.decompress(data[each.offset : each.offset + each.length])
        assert one.startswith(b"WARC/1.1\r\n")
        assert f"WARC-Target-URI: {each.url}".encode() in one
    assert sum(each.length for each in placed) == len(data)


def test_the_same_is_written_the_same_and_once() -> None:
    assert written(*web(b"body"))[0] == written(*web(b"body"))[0]
    assert written(*web(b"body"), *web(b"body")) == written(*web(b"body"))
    assert len(written(*web(b"body"), *web(b"other"))[1]) == 5


def test_a_cut_body_of_a_redirect_is_marked() -> None:
    data, _ = written(*web(b"body", truncated=True))
    assert b"\r\nWARC-Truncated: unspecified\r\n" in gzip.decompress(data)
    records, faults = read(data)
    assert [each.item.truncated for each in records] == [True, False, False, False]
    assert not faults


@given(body=st.binary(max_size=3000), hop=st.binary(max_size=100), other=st.binary(max_size=100))
def test_what_is_written_is_read(body: bytes, hop: bytes, other: bytes) -> None:
    data, placed = written(*web(body, hop_body=hop), supplied(other))
    records, faults = read(data)
    assert not faults
    assert [each.item.body.read() for each in records] == [hop, b"", body, b"", other]
    assert [each.item.size for each in records] == [len(hop), 0, len(body), 0, len(other)]
    assert [each.offset for each in records] == [each.offset for each in placed]


def test_large_bodies_go_through_files() -> None:
    body = bytes(range(256)) * 20_000
    records, faults = read(written(*web(body))[0])
    assert not faults
    with records[2].item.body as opened:
        assert opened.read() == body


@pytest.mark.parametrize(
    ("url", "media_type"),
    [("http://x.example/\r\nWARC-Type: response", "text/plain"), ("", "text/plain\r\nX: y"), ("tập tin", "văn bản")],
    ids=["url", "media type", "not ASCII"],
)
@pytest.mark.attack
def test_nothing_that_is_supplied_makes_a_field(url: str, media_type: str) -> None:
    records, faults = read(written(supplied(b"x", url, media_type))[0])
    assert not faults
    assert records[0].item.url.startswith("urn:sha256:") or url == ""
    assert records[0].item.media_type in ("", "text/plain")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("warc") / "a.warc.gz"
    path.write_bytes(
        written(warcinfo(START, {"format": "WARC File Format 1.1"}), *web(b"<p>body"), supplied(b"file"))[0]
    )
    return path


def warcio(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", "warcio.cli", *arguments], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_warcio_checks_it(archive: Path) -> None:
    assert warcio("check", "-v", str(archive)).count("digest pass") == 6


def test_warcio_indexes_it(archive: Path) -> None:
    lines = warcio("index", "-f", "offset,warc-type,warc-target-uri,http:status", str(archive)).splitlines()
    assert [line for line in lines if '"200"' in line and "http://x.example/b" in line]
    assert len(lines) == 6


def test_any_changed_byte_is_seen(archive: Path) -> None:
    data = archive.read_bytes()
    before = [(each.item, each.record_id) for each in read(data)[0]]
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1 :]
        records, faults = read(changed)
        # The two bytes of a gzip head that say how hard and where it was packed change nothing.
        if not faults:
            assert len(records) == len(before)
            assert [each.record_id for each in records] == [name for _, name in before]
            assert [each.item.digest for each in records] == [item.digest for item, _ in before]


def repacked(data: bytes, old: bytes, new: bytes) -> bytes:
    """The archive with something changed inside a record, and packed again as it should be."""
    parts = []
    rest = data
    while rest:
        engine = zlib.decompressobj(31)
        parts.append(engine.decompress(rest).replace(old, new))
        rest = engine.unused_data
    packed = []
    for part in parts:
        engine_out = zlib.compressobj(9, zlib.DEFLATED, 31)
        packed.append(engine_out.compress(part) + engine_out.flush())
    return b"".join(packed)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"<p>body", b"<p>bodY", "payload"),
        (b"HTTP/1.1 200", b"HTTP/1.1 404", "block"),
        (b"URI: http://x.example/b", b"URI: http://x.example/c", "id"),
        (b"2026-01-02T03:04:05.678901Z", b"2026-01-02T03:04:05.678902Z", "id"),
        (b"2026-01-02T03:04:05.678901Z", b"2026-01-02T03:04:05Z", "field"),
        (b"WARC-IP-Address: 1.1.1.1", b"WARC-IP-Address: 1.1.1.2", "id"),
        (b"WARC-Type: resource", b"WARC-Type: response", "HTTP head"),
        (b"WARC-Type: resource", b"WARC-Type: metadata", "what it is"),
        (b"msgtype=response", b"msgtype=requests", "says that it is"),
        (b"WARC/1.1\r\nWARC", b"WARC/1.0\r\nWARC", "WARC/1.1"),
        (b"WARC-Type: resource\r\n", b"WARC-Type: resource\r\nX-Other: 1\r\n", "field"),
        (b"WARC-Type: resource\r\n", b"WARC-Type: resource\r\nWARC-Type: resource\r\n", "field"),
        (b"WARC-Type: resource\r\n", b"WARC-Type: resource\r\n folded\r\n", "field"),
        (b"Content-Length: 4\r\n\r\nfile", b"Content-Length: 3\r\n\r\nfile", "end"),
        (b"Content-Length: 4\r\n\r\nfile", b"Content-Length: 400\r\n\r\nfile", "end"),
        (b"Content-Length: 4\r\n\r\nfile", b"Content-Length: -4\r\n\r\nfile", "longer"),
        (b"Content-Length: 4\r\n\r\nfile", b"Content-Length: 9999999999999\r\n\r\nfile", "longer"),
        (b"file\r\n\r\n", b"file\r\n\r\nmore", "end"),
    ],
)
def test_what_does_not_hold_is_named(archive: Path, old: bytes, new: bytes, said: str) -> None:
    data = archive.read_bytes()
    assert not read(repacked(data, b"", b""))[1]
    faults = read(repacked(data, old, new))[1]
    assert any(said in str(fault.reason) for fault in faults), faults


def test_a_file_cut_anywhere_is_a_fault(archive: Path) -> None:
    data = archive.read_bytes()
    ends = {each.offset for each in read(data)[0]} | {len(data)}
    for at in range(1, len(data)):
        if at not in ends:
            assert read(data[:at])[1], at


@pytest.mark.attack
@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(b"WARC/1.1\r\n" + b"WARC-Type: " + b"x" * (80 << 20), mtime=0),
        gzip.compress(
            b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: x\r\nWARC-Date: x\r\nWARC-Block-Digest: x\r\n"
            b"Content-Type: x\r\nContent-Length: 83886080\r\n\r\n" + b"\0" * (80 << 20),
            mtime=0,
        ),
        gzip.compress(b"", mtime=0) * 100_000,
        b"PK\x03\x04",
        b"\x1f\x8b\x08\x08" + b"x" * 100,
        b"\x1f\x8b",
    ],
    ids=["bomb in a head", "bomb in a body", "empty members", "not gzip", "gzip with a name", "cut gzip"],
)
def test_files_that_mean_harm(data: bytes) -> None:
    records, faults = read(data, WarcLimits(record=1 << 20))
    assert (records, len(faults)) == ([], 1)


@pytest.mark.attack
@pytest.mark.parametrize("limits", [WarcLimits(records=3), WarcLimits(total=100)], ids=["records", "bytes"])
def test_more_than_is_allowed(archive: Path, limits: WarcLimits) -> None:
    records, faults = read(archive.read_bytes(), limits)
    assert len(faults) == 1
    assert len(records) <= 3

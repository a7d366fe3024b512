"""A bundle in the format of web archives."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.capture.bundles import NOTE, PAGE, World, members_of, small_world
from warcio.archiveiterator import ArchiveIterator

from factdesk.capture.wacz import INDEX, MANIFEST, PAGES, WARC, search_key


@pytest.fixture(scope="module")
def world() -> World:
    return small_world()


@pytest.fixture(scope="module")
def members(world: World) -> dict[str, bytes]:
    return members_of(world.bundle())


def test_the_validator_of_the_formats_makers_accepts_it(world: World, tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    path.write_bytes(world.bundle())
    line = [sys.executable, "-m", "wacz", "validate", "-f", str(path)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Validation succeeded, the passed WACZ is valid" in done.stdout


def test_the_same_captures_give_the_same_bytes(world: World) -> None:
    assert world.bundle() == world.bundle()


def test_every_file_is_listed_and_stored(members: dict[str, bytes]) -> None:
    package = json.loads(members["datapackage.json"])
    assert package["profile"] == "data-package"
    assert package["wacz_version"] == "1.1.1"
    assert [row["path"] for row in package["resources"]] == [n for n in members if not n.startswith("datapackage")]
    assert list(members)[-2:] == ["datapackage.json", "datapackage-digest.json"]
    assert {WARC, INDEX, PAGES, MANIFEST} < set(members)


def test_the_index_leads_to_each_record(members: dict[str, bytes]) -> None:
    lines = members[INDEX].decode().splitlines()
    assert lines == sorted(lines)
    found = {}
    for line in lines:
        key, stamp, data = line.split(" ", 2)
        row = json.loads(data)
        start = int(row["offset"])
        packed = io.BytesIO(members[WARC][start : start + int(row["length"])])
        record = next(iter(ArchiveIterator(packed, check_digests="raise")))
        assert record.rec_headers.get_header("WARC-Target-URI") == row["url"]
        assert record.rec_headers.get_header("WARC-Payload-Digest") == row["digest"]
        found[row["url"]] = (key, stamp, row["status"], record.content_stream().read())
    assert found["https://moh.example/thong-bao"] == ("example,moh)/thong-bao", "20260102030406", "200", PAGE)
    assert found["https://moh.example/old"][2] == "301"
    # What somebody supplied has no address that the desk could vouch for.
    assert [content for url, (_, _, _, content) in found.items() if url.startswith("urn:sha256:")] == [NOTE]


def test_the_pages_are_those_that_replay(members: dict[str, bytes]) -> None:
    head, *pages = map(json.loads, members[PAGES].decode().splitlines())
    assert head == {"format": "json-pages-1.0", "id": "pages", "title": "Pages"}
    assert [page["url"] for page in pages] == ["https://moh.example/thong-bao"]
    assert pages[0]["ts"] == "2026-01-02T03:04:07Z"
    assert pages[0]["title"] == "Thông báo"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.moh.gov.vn/a/B/?z=1&A=2", "vn,gov,moh)/a/b?a=2&z=1"),
        ("http://moh.example:8080/", "example,moh:8080)/"),
        ("http://192.0.2.1/x", "192.0.2.1)/x"),
        ("http://[2001:db8::1]/x", "2001:db8::1)/x"),
        ("urn:sha256:ab", "urn:sha256:ab"),
    ],
)
def test_the_key_that_an_index_is_sorted_by(url: str, key: str) -> None:
    assert search_key(url) == key

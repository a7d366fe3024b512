"""Bytes by their digest: each stored once, small ones in the record, large ones beside it, none half."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factdesk.config import DeskConfig
from factdesk.errors import IntegrityError
from factdesk.store.blobs import (
    ABANDONED,
    INLINE,
    blob_path,
    blob_sizes,
    blobs_folder,
    digest_of,
    get_blob,
    get_text,
    large_blobs,
    missing_blobs,
    open_blob,
    put_blobs,
    stage,
    stray_blobs,
    wrong_small_blobs,
)
from factdesk.store.record import Record

LARGE = b"x" * (INLINE + 1)


def put(record: Record, *datas: bytes) -> int:
    staged = [stage(record.config, data) for data in datas]
    with record.write() as writer:
        return put_blobs(writer, staged)


def files(config: DeskConfig) -> list[str]:
    folder = blobs_folder(config)
    return sorted(path.name for path in folder.rglob("*") if path.is_file()) if folder and folder.is_dir() else []


def age(path: Path) -> None:
    long_ago = time.time() - 2 * ABANDONED
    os.utime(path, (long_ago, long_ago))


@pytest.mark.parametrize("size", [0, 1, INLINE - 1, INLINE, INLINE + 1, 3 << 20])
def test_bytes_of_any_size_come_back(record: Record, size: int) -> None:
    data = os.urandom(size)
    assert put(record, data) == 1
    with record.read() as session:
        assert get_blob(session, record.config, digest_of(data)) == data
        with open_blob(session, record.config, digest_of(data)) as stream:
            assert stream.read(10) == data[:10]
        assert blob_sizes(session) == (1, size)
        assert large_blobs(session) == ([digest_of(data)] if size > INLINE else [])
        assert list(missing_blobs(session, record.config)) == []
    assert files(record.config) == ([digest_of(data)] if size > INLINE and record.config.is_sqlite else [])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(INLINE - 20, INLINE + 20), st.binary(min_size=1, max_size=40))
def test_bytes_around_the_border_come_back(sqlite_record: Record, size: int, seed: bytes) -> None:
    data = (seed * (size // len(seed) + 1))[:size]
    put(sqlite_record, data)
    with sqlite_record.read() as session:
        assert get_blob(session, sqlite_record.config, digest_of(data)) == data


def test_equal_bytes_are_stored_once(record: Record) -> None:
    assert put(record, b"a", LARGE, b"a", LARGE) == 2
    assert put(record, b"a", LARGE, b"b") == 1
    with record.read() as session:
        assert blob_sizes(session) == (3, 2 + len(LARGE))


def test_what_is_not_there(record: Record) -> None:
    with record.read() as session, pytest.raises(IntegrityError, match="missing from the desk"):
        get_blob(session, record.config, "ab" * 32)


def test_texts_with_half_a_surrogate_pair_come_back(record: Record) -> None:
    put(record, "một \ud800".encode("utf-8", "surrogatepass"))
    with record.read() as session:
        digest = digest_of("một \ud800".encode("utf-8", "surrogatepass"))
        assert get_text(session, record.config, digest) == "một \ud800"


@pytest.mark.parametrize("damage", ["gone", "short"])
def test_a_file_that_was_lost_is_named_and_comes_back(sqlite_record: Record, damage: str) -> None:
    config = sqlite_record.config
    put(sqlite_record, LARGE)
    folder = blobs_folder(config)
    assert folder is not None
    path = blob_path(folder, digest_of(LARGE))
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(LARGE[:100])
    with sqlite_record.read() as session:
        assert list(missing_blobs(session, config)) == [digest_of(LARGE)]
        if damage == "gone":
            with pytest.raises(IntegrityError, match="missing"):
                open_blob(session, config, digest_of(LARGE))
    assert put(sqlite_record, LARGE) == 0
    with sqlite_record.read() as session:
        assert list(missing_blobs(session, config)) == []
        assert get_blob(session, config, digest_of(LARGE)) == LARGE


def test_half_files_are_swept_once_they_are_old(sqlite_record: Record) -> None:
    folder = blobs_folder(sqlite_record.config)
    assert folder is not None
    folder.mkdir()
    for name in (".old.part", ".young.part", "old.part"):
        (folder / name).write_bytes(b"half")
    age(folder / ".old.part")
    age(folder / "old.part")
    put(sqlite_record, LARGE)
    assert files(sqlite_record.config) == sorted([".young.part", "old.part", digest_of(LARGE)])


def test_old_files_that_nothing_names_are_told_from_others(sqlite_record: Record) -> None:
    config = sqlite_record.config
    put(sqlite_record, LARGE)
    stray = [stage(config, LARGE + end) for end in (b"1", b"2")]
    folder = blobs_folder(config)
    assert folder is not None
    age(blob_path(folder, digest_of(LARGE)))
    age(blob_path(folder, stray[0].digest))
    with sqlite_record.read() as session:
        assert list(stray_blobs(session, config)) == [blob_path(folder, stray[0].digest)]
    with sqlite_record.write() as writer:
        put_blobs(writer, stray)
    with sqlite_record.read() as session:
        assert list(stray_blobs(session, config)) == []


def test_a_transaction_that_fails_names_nothing(record: Record) -> None:
    staged = [stage(record.config, data) for data in (b"small", LARGE)]

    def act() -> None:
        with record.write() as writer:
            put_blobs(writer, staged)
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        act()
    with record.read() as session:
        assert blob_sizes(session) == (0, 0)


def test_small_bytes_that_were_changed(record: Record, tamper: object) -> None:
    put(record, b"small", b"other", LARGE)
    with record.read() as session:
        assert list(wrong_small_blobs(session)) == []
    record.close()
    change = (
        "UPDATE blobs SET data = '\\x00' WHERE"
        if not record.config.is_sqlite
        else "UPDATE blobs SET data = x'00' WHERE"
    )
    tamper(record.config, f"{change} digest = '{digest_of(b'small')}'")  # type: ignore[operator]
    with Record.open(record.config) as again, again.read() as session:
        assert list(wrong_small_blobs(session)) == [digest_of(b"small")]

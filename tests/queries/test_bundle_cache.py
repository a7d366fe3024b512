"""Bundles in the cache, and where they are shown."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pytest
from tests.conftest import absent

from factdesk.queries.bundle_cache import Kept, find, keep, show

DATA = b"A bundle of no great size." * 100


def write(out: BinaryIO) -> None:
    """As a ZIP is written: what stands first is known last."""
    out.write(b"?" + DATA[1:])
    out.seek(0)
    out.write(DATA[:1])
    out.seek(len(DATA))


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return keep(tmp_path, "key", write, small=True)


@pytest.mark.parametrize("small", [True, False])
def test_what_was_kept_is_found_with_its_digest(tmp_path: Path, small: bool) -> None:
    made = keep(tmp_path, "key", write, small=small)
    assert made == Kept(tmp_path / "key.wacz", hashlib.sha256(DATA).hexdigest(), len(DATA))
    assert made.file.read_bytes() == DATA
    assert find(tmp_path, "key") == made
    assert find(tmp_path, "other") is None
    assert not list(tmp_path.glob("*.part"))


def test_what_was_written_into_is_not_found(tmp_path: Path, kept: Kept) -> None:
    """Not even where it is as long as it was: the file of a site is the cache's own."""
    written = kept.file.stat().st_mtime_ns
    show(kept, tmp_path / "shown.wacz")
    (tmp_path / "shown.wacz").write_bytes(DATA[::-1])
    os.utime(kept.file, ns=(written + 1, written + 1))
    assert find(tmp_path, "key") is None
    assert keep(tmp_path, "key", write, small=True) == kept
    assert kept.file.read_bytes() == DATA


@pytest.mark.parametrize("note", [b"", b"x", b"00 1 2", b"a b c d", "é 1 2".encode(), b"\xff" * 300])
def test_a_note_that_is_none_is_no_find(tmp_path: Path, kept: Kept, note: bytes) -> None:
    (tmp_path / "key.wacz.sum").write_bytes(note)
    assert find(tmp_path, "key") is None


def test_a_bundle_that_was_cut_short_is_no_find(tmp_path: Path, kept: Kept) -> None:
    written = kept.file.stat().st_mtime_ns
    os.truncate(kept.file, 10)
    os.utime(kept.file, ns=(written, written))
    assert find(tmp_path, "key") is None


@pytest.mark.parametrize("small", [True, False])
def test_what_cannot_be_made_leaves_nothing(tmp_path: Path, small: bool) -> None:
    def fail(out: BinaryIO) -> None:
        out.write(DATA)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        keep(tmp_path, "key", fail, small=small)
    assert list(tmp_path.iterdir()) == []


def test_a_shown_bundle_takes_the_place_of_another_and_leaves_that_as_it_was(tmp_path: Path, kept: Kept) -> None:
    target, other = tmp_path / "shown.wacz", tmp_path / "other.wacz"
    other.write_bytes(b"another")
    os.link(other, target)
    for _ in range(2):
        show(kept, target)
        assert target.read_bytes() == DATA
        assert other.read_bytes() == b"another"
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "key.wacz",
        "key.wacz.sum",
        "other.wacz",
        "shown.wacz",
    ]


def test_a_bundle_is_copied_to_another_disk(tmp_path: Path, kept: Kept) -> None:
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        absent("a second disk, at /dev/shm")
    with TemporaryDirectory(dir=memory) as folder:
        target = Path(folder) / "shown.wacz"
        for before in (b"", b"something longer than that" * 1000):
            target.write_bytes(before)
            show(kept, target)
            assert target.read_bytes() == DATA
        assert list(Path(folder).iterdir()) == [target]

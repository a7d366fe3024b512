"""Backups as files: whole or not there, verified, and hostile ones refused."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factdesk.errors import FactdeskError, InputError, IntegrityError, NotFoundError
from factdesk.store.archive import FORMAT, MANIFEST, ArchiveWriter, open_archive


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    target = tmp_path / "desk.backup"
    with ArchiveWriter(target) as writer:
        assert writer.add("desk.toml", [b'name = "', b'x"\n']) == 11
        writer.add("record/events.jsonl", [b"[1]\n", b"[2]\n"], rows=2)
        writer.finish({"schema": "0001"})
    return target


def rewrite(source: Path, change: Callable[[dict[str, bytes]], Any], method: int = zipfile.ZIP_DEFLATED) -> None:
    """Write an archive anew with other members."""
    with zipfile.ZipFile(source) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    with zipfile.ZipFile(source, "w", method) as new:
        for name, data in members.items():
            new.writestr(name, data)


def with_manifest(**changes: Any) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members[MANIFEST] = json.dumps(json.loads(members[MANIFEST]) | changes).encode()

    return change


def test_what_was_written_is_read(archive: Path) -> None:
    with open_archive(archive) as reader:
        assert reader.contents.facts["schema"] == "0001"
        assert reader.contents.files["record/events.jsonl"]["rows"] == 2
        assert list(reader.lines("record/events.jsonl")) == [b"[1]\n", b"[2]\n"]
        assert reader.read("desk.toml") == b'name = "x"\n'
        assert reader.unpacked == 19


def test_the_same_contents_give_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    with ArchiveWriter(again) as writer:
        writer.add("desk.toml", [b'name = "x"\n'])
        writer.add("record/events.jsonl", [b"[1]\n[2]\n"], rows=2)
        writer.finish({"schema": "0001"})
    assert again.read_bytes() == archive.read_bytes()


def test_a_backup_that_fails_leaves_the_older_one(archive: Path) -> None:
    before = archive.read_bytes()

    def act() -> None:
        with ArchiveWriter(archive) as writer:
            writer.add("desk.toml", [b"half"])
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        act()
    assert archive.read_bytes() == before
    assert [path.name for path in archive.parent.iterdir()] == [archive.name]


def test_a_byte_that_was_changed(archive: Path) -> None:
    rewrite(archive, lambda members: members.update({"record/events.jsonl": b"[1]\n[3]\n"}))
    with open_archive(archive) as reader, pytest.raises(IntegrityError, match=r"record/events\.jsonl"):
        list(reader.lines("record/events.jsonl"))


def test_more_than_the_manifest_says(archive: Path) -> None:
    rewrite(archive, lambda members: members.update({"record/events.jsonl": b"[1]\n[2]\n[3]\n"}))
    with open_archive(archive) as reader, pytest.raises(IntegrityError):
        list(reader.lines("record/events.jsonl"))


@pytest.mark.parametrize("cut", [0, 10, 200, -30])
def test_a_file_that_was_cut_short(archive: Path, cut: int) -> None:
    archive.write_bytes(archive.read_bytes()[:cut])
    with pytest.raises(InputError, match="not a factdesk backup"), open_archive(archive):
        pass


def test_bytes_damaged_on_the_way(archive: Path) -> None:
    raw = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as opened:
        info = opened.getinfo("record/events.jsonl")
    raw[info.header_offset + 30 + len(info.filename) + 22] ^= 0xFF
    archive.write_bytes(raw)
    with open_archive(archive) as reader, pytest.raises(FactdeskError):
        list(reader.lines("record/events.jsonl"))


@pytest.mark.parametrize(
    "name",
    [
        "../escape",
        "/etc/passwd",
        "record/../../escape.jsonl",
        "record\\x.jsonl",
        "reports/.hidden",
        "reports/a/b",
        "C:x",
        "x\ny",
    ],
)
def test_paths_that_escape(archive: Path, name: str) -> None:
    def smuggle(members: dict[str, bytes]) -> None:
        manifest = json.loads(members[MANIFEST])
        manifest["files"][name] = {"sha256": "", "bytes": 1}
        members[MANIFEST] = json.dumps(manifest).encode()
        members[name] = b"x"

    rewrite(archive, smuggle)
    with pytest.raises(InputError, match="does not belong"), open_archive(archive):
        pass


def test_a_file_that_the_manifest_does_not_name(archive: Path) -> None:
    rewrite(archive, lambda members: members.update({"reports/x.jsonl": b""}))
    with pytest.raises(IntegrityError), open_archive(archive):
        pass


def test_a_file_that_unpacks_to_far_more(archive: Path) -> None:
    bomb = b"\x00" * (17 << 20)
    rewrite(archive, lambda members: members.update({"record/events.jsonl": bomb}))
    with pytest.raises(InputError, match="far more"), open_archive(archive):
        pass


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "other"},
        {"files": []},
        {"files": {"desk.toml": 1}},
        {"files": {"desk.toml": {"bytes": -1}}},
        {"version": 2},
    ],
)
def test_manifests_that_are_none_of_ours(archive: Path, changes: dict[str, Any]) -> None:
    rewrite(archive, with_manifest(**changes))
    with pytest.raises(InputError), open_archive(archive):
        pass


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_manifests_that_are_no_json(archive: Path, text: bytes) -> None:
    rewrite(archive, lambda members: members.update({MANIFEST: text}))
    with pytest.raises(InputError), open_archive(archive):
        pass


def test_another_zip_and_no_file_at_all(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as made:
        made.writestr("hello", "world")
    with pytest.raises(InputError, match="not a factdesk backup"), open_archive(other):
        pass
    with pytest.raises(NotFoundError), open_archive(tmp_path / "none"):
        pass
    assert FORMAT == "factdesk-backup"

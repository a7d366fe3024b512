"""Evidence through backups and upgrades: every byte of it, onto either database, from either shape of the tables."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.store.evidence import add_capture, fill

from factdesk.actions.backups import backup, restore
from factdesk.config import DeskConfig, load_desk
from factdesk.errors import DeskVersionError, FactdeskError
from factdesk.queries.audit import audit
from factdesk.store import engines
from factdesk.store.batches import Batch
from factdesk.store.blobs import INLINE, digest_of, get_blob, missing_blobs, put_blobs, stage
from factdesk.store.captures import count_captures, get_captures
from factdesk.store.citations import citations_of
from factdesk.store.record import Record
from factdesk.store.schema import REVISIONS, current_revision, upgrade_connection
from factdesk.store.setup import prepare, whole

Put = Callable[..., Batch]
Members = dict[str, bytes]

BLOBS = [b"", b"small", b"x" * INLINE, b"y" * (INLINE + 1), bytes(range(256)) * 20_000]
EVIDENCE_TABLES = ("blobs", "sealed", "captures", "passages", "citations", "attachments", "looks")
ITEM_TABLES = ("items", "item_facts")


@pytest.fixture
def filled(desk_config: DeskConfig, record: Record) -> DeskConfig:
    fill(record, desk_config)
    add_capture(record, desk_config, "A long text. " * 10_000)
    staged = [stage(desk_config, data) for data in BLOBS]
    with record.write() as writer:
        put_blobs(writer, staged)
    record.close()
    return desk_config


@pytest.fixture
def saved(filled: DeskConfig, tmp_path: Path) -> Path:
    backup(filled, tmp_path / "desk.zip")
    return tmp_path / "desk.zip"


def check(config: DeskConfig) -> None:
    with Record.open(config) as record:
        assert audit(record).broken is None
        with record.read() as session:
            assert [get_blob(session, config, digest_of(data)) for data in BLOBS] == BLOBS
            assert list(missing_blobs(session, config)) == []
            assert count_captures(session) == 3
            assert citations_of(session, [1])[1][0].citation.claim == "carrots"
            long = get_captures(session, [3])[3].capture
            assert get_blob(session, config, long.digest) == b"A long text. " * 10_000


def test_every_byte_survives_onto_either_database_and_back(
    saved: Path, tmp_path: Path, new_database: Callable[[], str]
) -> None:
    restore(saved, tmp_path / "one")
    check(load_desk(str(tmp_path / "one"), {}))
    restore(saved, tmp_path / "two", database=new_database())
    two = load_desk(str(tmp_path / "two"), {})
    check(two)
    assert not (two.folder / "blobs").exists()
    backup(two, tmp_path / "again.zip")
    restore(tmp_path / "again.zip", tmp_path / "three")
    check(load_desk(str(tmp_path / "three"), {}))
    with zipfile.ZipFile(saved) as first, zipfile.ZipFile(tmp_path / "again.zip") as second:
        for name in first.namelist():
            if name.startswith(("blobs/", "record/")):
                assert second.read(name) == first.read(name), name


def rewrite(source: Path, change: Callable[[Members, dict[str, Any]], None]) -> None:
    """A forger's work: change members, and give the manifest the digests that go with them."""
    with zipfile.ZipFile(source) as old:
        members = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    change(members, manifest)
    for name, data in members.items():
        manifest["files"][name] |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
            new.writestr(name, data)


LARGE = f"blobs/{digest_of(BLOBS[3])}"
SMALL = b"c21hbGw="


def _flip(members: Members, _: dict[str, Any]) -> None:
    members[LARGE] = b"z" + members[LARGE][1:]


def _shorten(members: Members, _: dict[str, Any]) -> None:
    members[LARGE] = members[LARGE][:-1]


def _leave_out(members: Members, manifest: dict[str, Any]) -> None:
    del members[LARGE], manifest["files"][LARGE]


def _add(members: Members, manifest: dict[str, Any]) -> None:
    members["blobs/" + "ab" * 32] = b"stray"
    manifest["files"]["blobs/" + "ab" * 32] = {}


def _change_small(members: Members, _: dict[str, Any]) -> None:
    assert members["record/blobs.jsonl"].count(SMALL) == 1
    members["record/blobs.jsonl"] = members["record/blobs.jsonl"].replace(SMALL, b"U21hbGw=")


def _change_fact(members: Members, _: dict[str, Any]) -> None:
    members["record/sealed.jsonl"] = members["record/sealed.jsonl"].replace(b"carrots", b"turnips")


def _climb(members: Members, manifest: dict[str, Any]) -> None:
    members["blobs/../../x"] = b"x"
    manifest["files"]["blobs/../../x"] = {}


@pytest.mark.attack
@pytest.mark.parametrize("change", [_flip, _shorten, _leave_out, _add, _change_small, _change_fact, _climb])
@pytest.mark.parametrize("desk_config", ["sqlite"], indirect=True)
def test_a_forged_backup_is_not_put_in_place(
    saved: Path, tmp_path: Path, change: Callable[[Members, dict[str, Any]], None]
) -> None:
    rewrite(saved, change)
    with pytest.raises(FactdeskError):
        restore(saved, tmp_path / "desk2")
    assert not (tmp_path / "desk2").exists() or list((tmp_path / "desk2").iterdir()) == []
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(("schema", "missing"), [("0001", (*EVIDENCE_TABLES, *ITEM_TABLES)), ("0002", ITEM_TABLES)])
def test_a_backup_from_before_there_was_evidence_or_checks(
    desk_config: DeskConfig, record: Record, put_reviews: Put, tmp_path: Path, schema: str, missing: tuple[str, ...]
) -> None:
    put_reviews(record, "a", "b")
    record.close()
    backup(desk_config, tmp_path / "old.zip")

    def make_old(members: Members, manifest: dict[str, Any]) -> None:
        manifest["schema"] = schema
        for table in missing:
            del members[f"record/{table}.jsonl"], manifest["files"][f"record/{table}.jsonl"]

    rewrite(tmp_path / "old.zip", make_old)
    restore(tmp_path / "old.zip", tmp_path / "desk2")
    restored = load_desk(str(tmp_path / "desk2"), {})
    with Record.open(restored) as again:
        assert audit(again).broken is None
        with again.read() as session:
            assert current_revision(session.connection()) == REVISIONS[-1]
        add_capture(again, restored)
        assert audit(again).events == 2


def test_a_desk_from_before_there_was_evidence_is_upgraded(tmp_path: Path, postgres_url: str) -> None:
    for url in (f"sqlite:///{tmp_path / 'record.sqlite'}", postgres_url):
        config = DeskConfig(folder=tmp_path, database_url=url, name="old")
        with whole(config) as connection:
            upgrade_connection(connection, engines.place_of(config), "0001")
        with pytest.raises(DeskVersionError, match="factdesk upgrade"):
            Record.open(config)
        assert prepare(config) == ["0002", "0003"]
        with Record.open(config) as record:
            fill(record, config)
            assert audit(record).broken is None

"""A desk into one file and back, onto either database."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from factdesk.actions.backups import BackupSummary, backup, restore
from factdesk.actions.judge import judge
from factdesk.config import DeskConfig, load_desk
from factdesk.domain.reviews import Publisher
from factdesk.errors import DeskError, DeskVersionError, InputError, IntegrityError, UsageError
from factdesk.queries.audit import audit
from factdesk.store.batches import Batch
from factdesk.store.files import toml, write_durably
from factdesk.store.record import Record
from factdesk.store.reviews import current_reviews
from factdesk.store.vectors import get_vectors, put_vectors, vector_digest

Put = Callable[..., Batch]

DIGEST = vector_digest("m", "text")


@pytest.fixture
def filled(desk_config: DeskConfig, record: Record, put_reviews: Put) -> DeskConfig:
    put_reviews(record, "một", "hai", publisher=Publisher("P", "p.org"))
    put_reviews(record, "ba", first=3)
    put_reviews(record, "MỘT")
    judge(record, "tin nhắn", 1, "confirmed", "an")
    with record.write() as writer:
        put_vectors(writer, "m", {DIGEST: np.arange(4, dtype=np.float32)})
    record.close()
    desk_config.reports_dir.mkdir()
    (desk_config.reports_dir / "run-1.jsonl").write_bytes(b'{"row": 1}\n')
    settings = {"name": "Bàn", "language": "vi", "database": "postgresql://an:s3cret@db/x"}
    write_durably(desk_config.folder / "desk.toml", toml(settings))
    return desk_config


@pytest.fixture
def saved(filled: DeskConfig, tmp_path: Path) -> Path:
    backup(filled, tmp_path / "desk.zip")
    return tmp_path / "desk.zip"


def check_restored(config: DeskConfig, summary: BackupSummary) -> None:
    with Record.open(config) as record:
        result = audit(record, [summary.head])
        assert (result.broken, result.head) == (None, summary.head)
        with record.read() as session:
            assert [review.claim for _, review in current_reviews(session, [1, 2, 3]).values()] == ["MỘT", "hai", "ba"]
            assert get_vectors(session, [DIGEST])[DIGEST].tolist() == [0, 1, 2, 3]
        with record.write() as writer:
            writer.append("an", "test.word", "", {})


def test_a_backup_says_what_it_holds(filled: DeskConfig, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    summary = backup(filled, tmp_path / "new" / "desk.zip", lambda done, total: seen.append((done, total)))
    with Record.open(filled) as record:
        assert summary.head == record.head()
    assert summary.file.stat().st_size == summary.bytes
    assert (summary.rows["reviews"], summary.rows["review_versions"], summary.rows["events"]) == (3, 4, 4)
    assert seen[-1] == (sum(summary.rows.values()), sum(summary.rows.values()))


def test_a_backup_restores_to_a_folder(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "new place" / "desk"
    summary = restore(saved, target)
    config = load_desk(str(target), {})
    check_restored(config, summary)
    assert (config.name, config.language, config.is_sqlite) == ("Bàn", "vi", True)
    assert (config.reports_dir / "run-1.jsonl").read_bytes() == b'{"row": 1}\n'
    assert sorted(path.name for path in target.iterdir()) == ["desk.toml", "record.sqlite", "reports"]


def test_a_backup_restores_to_postgresql(saved: Path, tmp_path: Path, new_database: Callable[[], str]) -> None:
    url = new_database()
    summary = restore(saved, tmp_path / "desk2", database=url)
    config = load_desk(str(tmp_path / "desk2"), {})
    assert config.database_url == url
    check_restored(config, summary)


def test_a_restored_desk_backs_up_to_the_same_bytes(saved: Path, tmp_path: Path) -> None:
    restore(saved, tmp_path / "desk2")
    backup(load_desk(str(tmp_path / "desk2"), {}), tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == saved.read_bytes()


def test_no_password_enters_a_backup(saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        assert all(b"s3cret" not in archive.read(name) for name in archive.namelist())


def test_a_desk_is_not_overwritten_unless_asked(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "desk2"
    restore(saved, target)
    (target / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        restore(saved, target)
    old = (target / "record.sqlite").read_bytes()
    summary = restore(saved, target, force=True)
    assert summary.replaced is not None
    assert (summary.replaced / "record.sqlite").read_bytes() == old
    assert (target / "notes.txt").read_text() == "mine"
    check_restored(load_desk(str(target), {}), summary)


def test_a_database_is_not_overwritten_unless_asked(
    saved: Path, tmp_path: Path, new_database: Callable[[], str]
) -> None:
    url = new_database()
    restore(saved, tmp_path / "one", database=url)
    with pytest.raises(UsageError, match="holds a record already"):
        restore(saved, tmp_path / "two", database=url)
    assert not (tmp_path / "two" / "desk.toml").exists()
    summary = restore(saved, tmp_path / "two", database=url, force=True)
    check_restored(load_desk(str(tmp_path / "one"), {}), summary)


def rewrite(source: Path, table: str, change: Callable[[bytes], bytes], **facts: object) -> None:
    """A forger's work: change a table, and give the manifest the digest that goes with it."""
    with zipfile.ZipFile(source) as old:
        members = {name: old.read(name) for name in old.namelist()}
    name = f"record/{table}.jsonl"
    members[name] = change(members[name])
    manifest = json.loads(members["manifest.json"]) | facts
    manifest["files"][name] |= {"bytes": len(members[name]), "sha256": hashlib.sha256(members[name]).hexdigest()}
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(source, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)


def test_a_forged_record_is_not_put_in_place(saved: Path, tmp_path: Path) -> None:
    rewrite(saved, "review_versions", lambda data: data.replace(b"hai", b"two"))
    with pytest.raises(IntegrityError, match="event 1"):
        restore(saved, tmp_path / "desk2")
    assert list((tmp_path / "desk2").iterdir()) == []


def test_a_record_cut_off_is_not_put_in_place(saved: Path, tmp_path: Path) -> None:
    rewrite(saved, "events", lambda data: data, head=[9, "ab" * 32])
    with pytest.raises(IntegrityError, match="not the one its manifest names"):
        restore(saved, tmp_path / "desk2")


def test_rows_that_break_the_tables_rules(saved: Path, tmp_path: Path) -> None:
    rewrite(saved, "reviews", lambda data: data + data)
    with pytest.raises(DeskError, match="cannot be used"):
        restore(saved, tmp_path / "desk2")
    assert list((tmp_path / "desk2").iterdir()) == []


def test_a_backup_of_a_newer_factdesk(saved: Path, tmp_path: Path) -> None:
    rewrite(saved, "events", lambda data: data, schema="9999")
    with pytest.raises(DeskVersionError, match="newer"):
        restore(saved, tmp_path / "desk2")


def test_a_backup_without_a_table(saved: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(saved) as old:
        members = {name: old.read(name) for name in old.namelist() if "feeds" not in name}
    manifest = json.loads(members["manifest.json"])
    del manifest["files"]["record/feeds.jsonl"]
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(saved, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)
    with pytest.raises(InputError, match="tables of its version"):
        restore(saved, tmp_path / "desk2")


def test_a_folder_is_no_place_for_a_backup(filled: DeskConfig, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        backup(filled, tmp_path)


def test_a_backup_of_a_desk_that_someone_writes_to(filled: DeskConfig, tmp_path: Path) -> None:
    with Record.open(filled) as record, record.write() as writer:
        writer.append("an", "test.word", "", {})
        summary = backup(filled, tmp_path / "desk.zip")
    assert summary.head[0] == 4
    assert restore(tmp_path / "desk.zip", tmp_path / "desk2").head == summary.head

"""Looking a desk over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from factdesk.config import DeskConfig
from factdesk.queries.doctor import Finding, examine
from factdesk.search.manifest import Manifest, write_manifest
from factdesk.store.batches import Batch
from factdesk.store.record import Record
from factdesk.store.runs import start_run


def found(config: DeskConfig, code: str) -> list[tuple[str, str]]:
    return [(each.severity, each.message.format(**each.values)) for each in examine(config) if each.code == code]


@pytest.fixture
def filled(record: Record, put_reviews: Callable[..., Batch]) -> DeskConfig:
    put_reviews(record, "a", "b")
    record.close()
    return record.config


def test_a_desk_that_is_well(filled: DeskConfig) -> None:
    filled.index_dir.mkdir()
    write_manifest(filled.index_dir, Manifest("e5", 3, seq=1))
    findings = {finding.code: finding for finding in examine(filled)}
    assert findings.keys() == {"record", "chain", "write", "runs", "index", "disk", "model"}
    assert {findings[code].severity for code in ("record", "chain", "write", "runs", "index")} == {"ok"}


def test_looking_changes_nothing(filled: DeskConfig) -> None:
    with Record.open(filled) as record:
        before = record.head()
        examine(filled)
        assert record.head() == before


def test_a_broken_chain(filled: DeskConfig, tamper: Callable[..., None]) -> None:
    tamper(filled, "UPDATE events SET actor = 'x'")
    assert found(filled, "chain") == [("problem", "The event log is broken at event 1.")]


def test_an_import_that_was_cut_short(filled: DeskConfig) -> None:
    with Record.open(filled) as record, record.write() as writer:
        run = start_run(writer, "import", "x.jsonl", actor="an")
    assert found(filled, "runs") == [("warning", f"An import of x.jsonl has not finished: {run}.")]


@pytest.mark.parametrize(("seq", "severity"), [(0, "warning"), (1, "ok"), (2, "problem")])
def test_the_index(filled: DeskConfig, seq: int, severity: str) -> None:
    filled.index_dir.mkdir()
    write_manifest(filled.index_dir, Manifest("e5", 3, seq=seq))
    assert [each[0] for each in found(filled, "index")] == [severity]


def test_no_index_and_a_damaged_one(filled: DeskConfig) -> None:
    assert [each[0] for each in found(filled, "index")] == ["warning"]
    filled.index_dir.mkdir()
    (filled.index_dir / "manifest.json").write_text("{")
    assert [each[0] for each in found(filled, "index")] == ["problem"]


def test_a_damaged_record(sqlite_desk: DeskConfig) -> None:
    (sqlite_desk.folder / "record.sqlite").write_bytes(b"x" * 10_000)
    assert [each[0] for each in found(sqlite_desk, "record")] == ["problem"]


def test_a_record_with_an_index_that_lies(sqlite_desk: DeskConfig, tamper: Callable[..., None]) -> None:
    tamper(
        sqlite_desk,
        "INSERT INTO meta VALUES ('a', 'b')",
        "PRAGMA writable_schema = on",
        "DELETE FROM sqlite_master WHERE name = 'ix_events_subject'",
    )
    assert [each[0] for each in found(sqlite_desk, "record")] == ["problem"]


def test_a_record_that_is_not_there(tmp_path: Path) -> None:
    config = DeskConfig(tmp_path, f"sqlite:///{tmp_path / 'record.sqlite'}", "x")
    assert found(config, "record") == [("problem", "The desk's record is missing.")]


def test_a_desk_that_cannot_be_written_to(sqlite_desk: DeskConfig, as_nobody: Callable[[], None]) -> None:
    (sqlite_desk.folder / "record.sqlite").chmod(0o444)
    sqlite_desk.folder.chmod(0o555)
    as_nobody()
    assert found(sqlite_desk, "write") == [("problem", "This desk can be read but not written to.")]


def test_a_desk_that_someone_writes_to(filled: DeskConfig) -> None:
    with Record.open(filled) as record, record.write():
        assert [each[0] for each in found(filled, "write")] == ["warning"]


def test_leftovers(filled: DeskConfig) -> None:
    (filled.folder / ".restore-abc").mkdir()
    assert found(filled, "leftovers") == [("warning", ".restore-abc was left by a command that was cut short.")]


def test_weights_that_are_not_there(sqlite_desk: DeskConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models = tmp_path / "models"
    models.mkdir()
    (models / "e5-small-q4.bin").write_bytes(b"not weights")
    monkeypatch.setenv("FACTDESK_MODELS_DIR", str(models))
    (finding,) = [each for each in examine(sqlite_desk) if each.code == "model"]
    assert finding.severity == "problem"
    assert isinstance(finding, Finding)

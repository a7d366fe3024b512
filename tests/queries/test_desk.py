"""A desk in use: what it opens, when, and what it says when something is amiss."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from factdesk.actions.imports import import_reviews
from factdesk.config import DeskConfig
from factdesk.errors import DeskReadOnlyError
from factdesk.queries.desk import BEHIND, REBUILT, Desk
from factdesk.queries.find_matches import find_matches


def best(desk: Desk, message: str) -> str:
    return find_matches(desk, message).claims[0].matches[0].review.own_id


def more(folder: Path) -> str:
    path = folder / "more.jsonl"
    path.write_text('{"id": "new-1", "text": "The lighthouse of Zed was painted purple in 1905."}\n', encoding="utf-8")
    return str(path)


NEW = "Someone painted the lighthouse of Zed purple in 1905"


def test_a_damaged_index_is_built_anew_and_said_to_be(fresh_sample: DeskConfig) -> None:
    for path in fresh_sample.index_dir.glob("table-*.bin"):
        path.write_bytes(path.read_bytes()[:-7])
    said: list[str] = []
    with Desk.open(fresh_sample, tell=said.append) as desk:
        assert best(desk, "Bats are blind") == "bats-blind.en"
    assert said == [REBUILT]
    with Desk.open(fresh_sample, tell=said.append) as desk:
        assert best(desk, "Bats are blind") == "bats-blind.en"
    assert said == [REBUILT]


def test_an_index_that_is_gone_is_made_without_a_word(fresh_sample: DeskConfig) -> None:
    shutil.rmtree(fresh_sample.index_dir)
    said: list[str] = []
    with Desk.open(fresh_sample, tell=said.append) as desk:
        assert best(desk, "Bats are blind") == "bats-blind.en"
    assert said == []


def test_an_index_older_than_the_record_follows_it(fresh_sample: DeskConfig, tmp_path: Path) -> None:
    old = shutil.copytree(fresh_sample.index_dir, tmp_path / "old-index")
    with Desk.open(fresh_sample) as desk:
        import_reviews(desk, more(tmp_path))
    shutil.rmtree(fresh_sample.index_dir)
    shutil.copytree(old, fresh_sample.index_dir)
    with Desk.open(fresh_sample) as desk:
        assert best(desk, NEW) == "new-1"
        assert desk.index().seq == desk.record.head()[0]


def test_what_another_process_imports_is_found_by_one_that_is_open(fresh_sample: DeskConfig, tmp_path: Path) -> None:
    with Desk.open(fresh_sample) as reader:
        assert best(reader, NEW) != "new-1"
        with Desk.open(fresh_sample) as writer:
            import_reviews(writer, more(tmp_path))
        assert best(reader, NEW) == "new-1"


def test_an_index_ahead_of_the_record_is_built_anew(fresh_sample: DeskConfig, tmp_path: Path) -> None:
    record = fresh_sample.folder / "record.sqlite"
    shutil.copy(record, tmp_path / "before.sqlite")
    with Desk.open(fresh_sample) as desk:
        import_reviews(desk, more(tmp_path))
    for path in fresh_sample.folder.glob("record.sqlite*"):
        path.unlink()
    shutil.copy(tmp_path / "before.sqlite", record)
    said: list[str] = []
    with Desk.open(fresh_sample, tell=said.append) as desk:
        assert best(desk, NEW) != "new-1"
    assert said == [REBUILT]


def test_a_desk_that_may_only_be_read_answers_as_far_as_its_index_goes(
    fresh_sample: DeskConfig, tmp_path: Path, as_nobody: Callable[[], None]
) -> None:
    old = shutil.copytree(fresh_sample.index_dir, tmp_path / "old-index")
    with Desk.open(fresh_sample) as desk:
        import_reviews(desk, more(tmp_path))
    shutil.rmtree(fresh_sample.index_dir)
    shutil.copytree(old, fresh_sample.index_dir)
    with Desk.open(fresh_sample, writable=False) as desk:
        # What comes from the user's own cache is opened while it may still be read.
        _ = desk.encoder, desk.matcher
        for path in fresh_sample.folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        as_nobody()
        said: list[str] = []
        desk.tell = said.append
        assert best(desk, "Bats are blind") == "bats-blind.en"
        assert best(desk, NEW) != "new-1"
        assert set(said) == {BEHIND}


def test_a_desk_opened_to_read_cannot_be_imported_into(fresh_sample: DeskConfig, tmp_path: Path) -> None:
    with Desk.open(fresh_sample, writable=False) as desk, pytest.raises(DeskReadOnlyError):
        import_reviews(desk, more(tmp_path))


def test_opening_a_desk_opens_neither_model_nor_index(
    fresh_sample: DeskConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(fresh_sample.index_dir)
    monkeypatch.setenv("FACTDESK_MODELS_DIR", "/nonexistent")
    with Desk.open(fresh_sample) as desk:
        assert desk.record.head()[0] > 0
    assert not fresh_sample.index_dir.exists()

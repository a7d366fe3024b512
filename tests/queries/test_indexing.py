"""An index is a function of the record and of nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from factdesk.actions.imports import import_reviews, undo_import
from factdesk.config import DeskConfig
from factdesk.queries.desk import REBUILT, Desk
from factdesk.queries.find_matches import find_matches
from factdesk.queries.indexing import follow_record, rebuild_index

ROWS = '{"id": "new-1", "text": "The lighthouse of Zed was painted purple in 1905."}\n'
NEW = "Someone painted the lighthouse of Zed purple in 1905"


def added(desk: Desk, folder: Path, text: str = ROWS) -> str:
    path = folder / "more.jsonl"
    path.write_text(text, encoding="utf-8")
    return import_reviews(desk, str(path)).run_id


def own_ids(desk: Desk) -> list[str]:
    return [match.review.own_id for claim in find_matches(desk, NEW, top=50).claims for match in claim.matches]


def test_an_index_built_anew_answers_as_the_one_that_followed(fresh_sample: DeskConfig, tmp_path: Path) -> None:
    with Desk.open(fresh_sample) as desk:
        added(desk, tmp_path)
        followed = find_matches(desk, NEW, top=50)
        seq = desk.index().seq
        index = rebuild_index(desk)
        index.close()
        assert find_matches(desk, NEW, top=50) == followed
        assert desk.index().seq == seq


def test_following_counts_what_changed_and_does_nothing_twice(fresh_sample: DeskConfig, tmp_path: Path) -> None:
    old = shutil.copytree(fresh_sample.index_dir, tmp_path / "old")
    with Desk.open(fresh_sample) as desk:
        added(desk, tmp_path)
    shutil.rmtree(fresh_sample.index_dir)
    shutil.copytree(old, fresh_sample.index_dir)
    with Desk.open(fresh_sample) as desk:
        from factdesk.search.embedded import EmbeddedIndex

        index = EmbeddedIndex.open(fresh_sample.index_dir, desk.encoder.dimension, desk.matcher.vectors_name)
        assert follow_record(desk, index) == 1
        assert follow_record(desk, index) == 0
        index.close()


def test_the_index_holds_vectors_as_the_matcher_compares_them(fresh_sample: DeskConfig, tmp_path: Path) -> None:
    with Desk.open(fresh_sample) as desk:
        added(desk, tmp_path)
        match = find_matches(desk, NEW).claims[0].matches[0]
        (row,) = desk.index().meaning(desk.matcher.project(desk.encoder.encode([match.review.claim])), 1).keys
        stored = desk.index().vectors([int(row)])[0]
        expected = desk.matcher.project(desk.encoder.encode([match.review.claim]))
        np.testing.assert_allclose(stored, expected, atol=1e-2)


def test_what_is_taken_back_is_found_no_more(fresh_sample: DeskConfig, tmp_path: Path) -> None:
    with Desk.open(fresh_sample) as desk:
        run = added(desk, tmp_path)
        assert own_ids(desk)[0] == "new-1"
        undo_import(desk, run)
        assert "new-1" not in own_ids(desk)
        added(desk, tmp_path)
        assert own_ids(desk)[0] == "new-1"


def test_a_changed_claim_is_found_by_its_new_words_only(fresh_sample: DeskConfig, tmp_path: Path) -> None:
    with Desk.open(fresh_sample) as desk:
        added(desk, tmp_path)
        count = len(desk.index())
        added(desk, tmp_path, '{"id": "new-1", "text": "Penguins of Qux eat three tonnes of snow a day."}\n')
        assert len(desk.index()) == count
        words = desk.index().words("lighthouse Zed purple", 5)
        assert len(words.keys) == 0
        assert len(desk.index().words("penguins Qux tonnes", 5).keys) > 0


def test_progress_is_told_while_an_index_is_built(fresh_sample: DeskConfig) -> None:
    seen: list[tuple[int, int | None]] = []
    with Desk.open(fresh_sample) as desk:
        rebuild_index(desk, lambda done, total: seen.append((done, total))).close()
    assert seen[-1] == (366, 366)


def test_an_index_of_another_history_is_built_anew(fresh_sample: DeskConfig, tmp_path: Path) -> None:
    backup = tmp_path / "record.sqlite"
    shutil.copy(fresh_sample.folder / "record.sqlite", backup)
    with Desk.open(fresh_sample) as desk:
        added(desk, tmp_path)
    for name in ("record.sqlite-wal", "record.sqlite-shm"):
        (fresh_sample.folder / name).unlink(missing_ok=True)
    shutil.copy(backup, fresh_sample.folder / "record.sqlite")
    # As many events as before, and more: their numbers alone would not tell.
    heard: list[str] = []
    with Desk.open(fresh_sample, tell=heard.append) as desk:
        for number in range(3):
            added(desk, tmp_path, f'{{"id": "other-{number}", "text": "A bridge in Yed was closed {number} times."}}\n')
        assert own_ids(desk)[0] != "new-1"
    assert heard == [REBUILT]

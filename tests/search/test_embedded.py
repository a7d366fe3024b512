"""The embedded driver keeps the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.search.contract import Contract, Open, filters_are_exact
from tests.search.worlds import DIMENSION, MODEL, by_meaning, corpus, document, unit

from factdesk.errors import DeskBusyError
from factdesk.search import meaning, writer
from factdesk.search.base import Filter, IndexDamagedError
from factdesk.search.embedded import EmbeddedIndex, exists
from factdesk.search.terms import Boosts


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    made: list[EmbeddedIndex] = []

    def open_it() -> EmbeddedIndex:
        made.append(EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL))
        return made[-1]

    yield open_it
    for index in made:
        index.close()


class TestContract(Contract):
    test_filters_are_exact = filters_are_exact()

    @pytest.fixture
    def opened(self, opened: Open) -> Open:
        return opened


class TestContractWithCodes(Contract):
    """The same with codes from the first rows on, so that small corpora go through the engine."""

    test_filters_are_exact = filters_are_exact()

    @pytest.fixture(autouse=True)
    def _low_thresholds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for room in (meaning, writer):
            monkeypatch.setattr(room, "EXACT_ROWS", 5)
        monkeypatch.setattr(meaning, "QUESTIONS", 0)

    @pytest.fixture
    def opened(self, opened: Open) -> Open:
        return opened


def test_codes_find_what_a_full_comparison_finds(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    documents = [document(key, vectors=unit(random, 1 + key % 2, 64)) for key in range(9_000)]
    index = EmbeddedIndex.open(tmp_path / "index", 64, MODEL)
    index.add(documents[:8_000])
    index.commit(1)
    index.add(documents[8_000:])
    index.delete(range(0, 9_000, 10))
    index.commit(2)
    assert index.info.coded > 0
    assert index.info.rows > index.info.coded
    living = [one for one in documents if one.key % 10]
    found = 0
    for seed in range(20):
        queries = unit(np.random.default_rng(seed), 2, 64)
        hits = index.meaning(queries, 10)
        expected = by_meaning(living, queries, 10, Filter())
        found += len(set(hits.keys.tolist()) & {key for key, _ in expected})
        assert np.isclose(hits.scores[0], expected[0][1], atol=1e-4)
    assert found >= 0.98 * 200


def test_a_second_writer_is_told_and_loses_nothing(tmp_path: Path) -> None:
    first = EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL)
    second = EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL)
    first.add([document(1)])
    with pytest.raises(DeskBusyError):
        second.add([document(2)])
    first.commit(1)
    second.add([document(2)])
    second.commit(2)
    assert len(second) == 2
    assert first.refresh()
    assert (len(first), first.seq) == (2, 2)


def test_two_writers_that_take_turns_build_on_each_other(tmp_path: Path) -> None:
    writers = [EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL) for _ in range(2)]
    for seq in range(1, 9):
        writers[seq % 2].add([document(seq, f"word{seq}"), document(100, f"shared{seq}")])
        writers[seq % 2].commit(seq)
    again = EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL)
    assert (len(again), again.seq) == (9, 8)
    assert again.words("shared8", 5).keys.tolist() == [100]
    assert not len(again.words("shared7", 5).keys)


def test_a_reader_keeps_its_view_while_the_index_is_built_anew(tmp_path: Path) -> None:
    index = EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL)
    index.add([document(1, "first view")])
    index.commit(1)
    reader = EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL)
    for seq in range(2, 5):
        index.restart()
        index.add([document(seq, "second view")])
        index.commit(seq)
    assert reader.words("view", 5).keys.tolist() == [1]
    assert reader.meaning(document(1).vectors, 5).keys.tolist() == [1]
    reader.refresh()
    assert reader.words("view", 5).keys.tolist() == [4]


def test_an_index_of_another_model_or_dimension_is_refused(tmp_path: Path) -> None:
    index = EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL)
    index.add([document(1)])
    index.commit(1)
    with pytest.raises(IndexDamagedError):
        EmbeddedIndex.open(tmp_path / "index", DIMENSION, "another")
    with pytest.raises(IndexDamagedError):
        EmbeddedIndex.open(tmp_path / "index", DIMENSION * 2, MODEL)
    anew = EmbeddedIndex.anew(tmp_path / "index", DIMENSION * 2, "another")
    anew.add([document(2, "fits now", vectors=unit(np.random.default_rng(0), 1, DIMENSION * 2))])
    anew.commit(5)
    assert EmbeddedIndex.open(tmp_path / "index", DIMENSION * 2, "another").words("fits", 2).keys.tolist() == [2]


def test_many_dead_make_it_wasteful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factdesk.search.embedded.WASTE_FROM", 10)
    index = EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL)
    index.add(corpus(30))
    index.commit(1)
    index.delete(range(9))
    index.commit(2)
    assert not index.wasteful
    index.delete(range(9, 15))
    index.commit(3)
    assert index.wasteful


def test_boosts_weigh_the_fields(tmp_path: Path) -> None:
    index = EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL)
    index.add([document(1, "má"), document(2, "ma")])
    index.commit(1)
    flat = EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL, boosts=Boosts(exact=0.0))
    assert np.ptp(flat.words("má", 2).scores) == 0
    assert np.ptp(index.words("má", 2).scores) > 0


def test_nothing_is_written_until_something_is_added(tmp_path: Path) -> None:
    index = EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL)
    index.words("anything", 5)
    index.close()
    assert not (tmp_path / "index").exists()
    assert not exists(tmp_path / "index")

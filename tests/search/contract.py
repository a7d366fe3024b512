"""What every driver of the index must do. Each driver's test file derives from `Contract` and gives it `opened`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.search.worlds import DIMENSION, allowed, by_meaning, corpus, document, unit

from factdesk.search.base import Filter, SearchIndex
from factdesk.text.fold import terms

Open = Callable[[], SearchIndex]

FILTERS = st.builds(
    Filter,
    languages=st.frozensets(st.sampled_from(["en", "vi", "", "zz"]), max_size=2),
    publishers=st.frozensets(st.integers(0, 8), max_size=3),
    exclude_publishers=st.frozensets(st.integers(0, 8), max_size=3),
    since=st.integers(0, 400),
)

HOSTILE = [
    "", " ", "\x00", '"', "a AND (b OR", "claim:*", "folded:[a TO b]", "NOT -+~^&|!(){}[]^\"~*?:\\/", "🙂" * 50,
    "\ud800", "x" * 100_000, "a " * 50_000, "'; DROP TABLE reviews; --", "\u202eevil",
]  # fmt: skip


class Contract:
    """The tests of a driver."""

    @pytest.fixture
    def opened(self) -> Iterator[Open]:
        """A function that opens the driver's index: the same one each time within a test."""
        raise NotImplementedError

    def test_an_empty_index_answers_with_nothing(self, opened: Open) -> None:
        index = opened()
        assert (len(index), index.seq) == (0, 0)
        assert not len(index.words("claim", 5).keys)
        assert not len(index.meaning(unit(np.random.default_rng(0), 1), 5).keys)
        assert index.vectors([7])[0].shape == (0, DIMENSION)
        assert not index.mean().any()
        assert index.document_frequency(["claim"]) == [0]

    def test_nothing_answers_before_commit_and_all_of_it_after(self, opened: Open) -> None:
        index = opened()
        index.add([document(1, "bananas cure nothing"), document(2, "the moon is rock")])
        assert len(index) == 0
        assert not len(index.words("bananas", 5).keys)
        index.commit(7)
        assert (len(index), index.seq) == (2, 7)
        assert index.words("banana", 5).keys.tolist() == [1]
        again = opened()
        assert (len(again), again.seq) == (2, 7)
        assert again.words("rocks", 5).keys.tolist() == [2]

    def test_an_added_key_replaces_the_document_it_had(self, opened: Open) -> None:
        index = opened()
        index.add([document(1, "old words"), document(2, "other words")])
        index.commit(1)
        index.add([document(1, "first try"), document(3, "third")])
        index.add([document(1, "new words", vectors=document(9).vectors)])
        index.commit(2)
        assert len(index) == 3
        assert set(index.words("old try", 5).keys.tolist()) == set()
        assert set(index.words("new words", 5).keys.tolist()) == {1, 2}
        assert index.meaning(document(9).vectors, 1).keys.tolist() == [1]
        assert np.allclose(index.vectors([1])[0], document(9).vectors, atol=1e-6)

    def test_a_batch_that_repeats_a_key_keeps_the_last(self, opened: Open) -> None:
        index = opened()
        index.add([document(1, "early"), document(1, "late")])
        index.commit(1)
        assert len(index) == 1
        assert index.words("late", 5).keys.tolist() == [1]
        assert not len(index.words("early", 5).keys)

    def test_what_is_deleted_answers_no_more_and_unknown_keys_are_passed_over(self, opened: Open) -> None:
        index = opened()
        index.add([document(key, "same words") for key in range(5)])
        index.commit(1)
        index.delete([1, 3, 99, 10**15])
        index.commit(2)
        index.commit(3)
        assert len(index) == 3
        assert sorted(index.words("same words", 5).keys.tolist()) == [0, 2, 4]
        assert sorted(index.meaning(document(1).vectors, 5).keys.tolist()) == [0, 2, 4]
        assert index.vectors([1])[0].shape == (0, DIMENSION)
        again = opened()
        assert sorted(again.words("same words", 5).keys.tolist()) == [0, 2, 4]

    def test_what_is_added_and_deleted_before_a_commit_never_was(self, opened: Open) -> None:
        index = opened()
        index.add([document(1, "fleeting"), document(2, "lasting")])
        index.delete([1])
        index.commit(1)
        assert len(index) == 1
        assert not len(index.words("fleeting", 5).keys)
        assert np.allclose(index.mean(), document(2).vectors[0], atol=1e-6)

    def test_rollback_drops_what_was_not_committed(self, opened: Open) -> None:
        index = opened()
        index.add([document(1, "kept")])
        index.commit(1)
        index.add([document(2, "dropped")])
        index.delete([1])
        index.rollback()
        index.add([document(3, "third")])
        index.commit(2)
        assert sorted(index.words("kept dropped third", 5).keys.tolist()) == [1, 3]

    def test_an_index_built_anew_holds_only_what_it_was_given(self, opened: Open) -> None:
        index = opened()
        index.add(corpus(50))
        index.commit(5)
        index.restart()
        index.add([document(1, "the only one")])
        assert len(opened()) == 50
        index.commit(6)
        for one in (index, opened()):
            assert (len(one), one.seq) == (1, 6)
            assert one.words("only", 5).keys.tolist() == [1]
            assert one.meaning(document(2).vectors, 9).keys.tolist() == [1]

    def test_an_index_built_anew_is_dropped_by_rollback(self, opened: Open) -> None:
        index = opened()
        index.add([document(1, "stays")])
        index.commit(5)
        index.restart()
        index.add([document(2, "goes")])
        index.rollback()
        for one in (index, opened()):
            assert (len(one), one.seq) == (1, 5)
            assert one.words("stays goes", 5).keys.tolist() == [1]

    def test_a_reader_sees_what_another_committed_after_refresh(self, opened: Open) -> None:
        writer, reader = opened(), opened()
        writer.add([document(1, "fresh")])
        writer.commit(1)
        assert reader.refresh()
        assert reader.seq == 1
        assert reader.words("fresh", 5).keys.tolist() == [1]
        assert not reader.refresh()

    @pytest.mark.parametrize(
        ("known", "asked"),
        [
            ("Đường phố Hà Nội ngập nước", "duong pho ha noi ngap nuoc"),
            ("duong pho ngap nuoc", "ĐƯỜNG PHỐ NGẬP NƯỚC"),
            ("The café served 5,000 people", "cafe 5000"),
            ("Vaccines were tested", "vaccine test"),
            ("東京オリンピックは中止", "オリンピック"),
            ("ประเทศไทยมีน้ำท่วม", "น้ำท่วม"),
            ("हिन्दी में टीका", "टीका"),
            ("أحمد في القَاهِرَة", "احمد القاهرة"),
        ],
    )
    def test_words_are_found_however_they_are_typed(self, opened: Open, known: str, asked: str) -> None:
        index = opened()
        index.add([document(1, known), document(2, "zzz qqq")])
        index.commit(1)
        assert index.words(asked, 5).keys.tolist() == [1]

    def test_marks_that_agree_come_first(self, opened: Open) -> None:
        index = opened()
        index.add([document(1, "ma và cá"), document(2, "mã và ca"), document(3, "má và cà")])
        index.commit(1)
        assert index.words("mã ca", 3).keys.tolist()[0] == 2
        assert sorted(index.words("ma ca", 3).keys.tolist()) == [1, 2, 3]

    def test_a_title_is_searched_too(self, opened: Open) -> None:
        index = opened()
        index.add([document(1, "claim", title="about giraffes")])
        index.commit(1)
        assert index.words("giraffe", 5).keys.tolist() == [1]

    def test_rare_words_weigh_more(self, opened: Open) -> None:
        index = opened()
        index.add([document(key, "water boils daily") for key in range(20)] + [document(99, "giraffe boils daily")])
        index.commit(1)
        hits = index.words("water giraffe boils", 3)
        assert hits.keys[0] == 99
        assert (np.diff(hits.scores) <= 0).all()

    def test_a_document_is_as_near_as_its_nearest_vector(self, opened: Open) -> None:
        index = opened()
        rows = unit(np.random.default_rng(5), 4)
        index.add([document(1, vectors=rows[:2]), document(2, vectors=rows[2:3])])
        index.commit(1)
        hits = index.meaning(np.stack([rows[1], rows[3]]), 5)
        assert hits.keys.tolist()[0] == 1
        assert np.isclose(hits.scores[0], 1.0, atol=1e-5)
        assert np.isclose(hits.scores[1], max(rows[2] @ rows[1], rows[2] @ rows[3]), atol=1e-5)

    def test_a_document_without_vectors_is_found_by_words_alone(self, opened: Open) -> None:
        index = opened()
        index.add([document(1, "bare", vectors=np.zeros((0, DIMENSION), np.float32)), document(2)])
        index.commit(1)
        assert index.words("bare", 5).keys.tolist() == [1]
        assert index.meaning(document(1).vectors, 5).keys.tolist() == [2]
        assert index.vectors([1, 2])[0].shape == (0, DIMENSION)

    def test_mean_and_vectors_follow_every_change(self, opened: Open) -> None:
        index, documents = opened(), corpus(60)
        index.add(documents)
        index.commit(1)
        index.delete([3, 4, 5])
        index.add([document(6, "again")])
        index.commit(2)
        rows = [one.vectors for one in documents if one.key not in (3, 4, 5, 6)] + [document(6).vectors]
        assert np.allclose(index.mean(), np.concatenate(rows).mean(axis=0), atol=1e-5)
        got = index.vectors([0, 59, 3])
        assert np.allclose(got[0], documents[0].vectors, atol=1e-6)
        assert np.allclose(got[1], documents[59].vectors, atol=1e-6)
        assert got[2].shape == (0, DIMENSION)

    def test_document_frequency_counts_documents_by_folded_term(self, opened: Open) -> None:
        index = opened()
        index.add([document(1, "Bananas, bananas"), document(2, "banana đường"), document(3, "duong")])
        index.commit(1)
        asked = [*terms("bananas"), *terms("đường"), "nothing"]
        assert index.document_frequency(asked) == [2, 2, 0]

    @pytest.mark.parametrize("text", HOSTILE)
    def test_no_message_is_a_syntax(self, opened: Open, text: str) -> None:
        index = opened()
        index.add([document(1, "a claim about b"), document(2, text)])
        index.commit(1)
        assert len(index) == 2
        assert len(index.words(text, 10).keys) <= 2
        assert index.words("claim about", 5).keys.tolist()[0] == 1

    def test_limits_are_kept(self, opened: Open) -> None:
        index = opened()
        index.add([document(key, "same") for key in range(30)])
        index.commit(1)
        for limit, count in ((0, 0), (1, 1), (7, 7), (500, 30)):
            assert len(index.words("same", limit).keys) == count
            assert len(index.meaning(document(1).vectors, limit).keys) == count

    @pytest.fixture
    def filled(self, opened: Open) -> SearchIndex:
        """An index of `corpus(120)`."""
        index = opened()
        index.add(corpus(120))
        index.commit(1)
        return index


def filters_are_exact() -> Callable[..., None]:
    """A test that holds a driver's filters against a comparison one by one, made anew for each class."""

    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(where=FILTERS, seed=st.integers(0, 3), limit=st.integers(1, 40))
    def test(self: Contract, filled: SearchIndex, where: Filter, seed: int, limit: int) -> None:
        documents = corpus(120)
        queries = unit(np.random.default_rng(100 + seed), 1 + seed)
        expected = by_meaning(documents, queries, limit, where)
        hits = filled.meaning(queries, limit, where)
        assert np.allclose(hits.scores, [score for _, score in expected], atol=1e-5)
        assert set(hits.keys.tolist()) == {key for key, _ in expected}
        asked = set(terms(documents[seed].claim))
        holding = {
            one.key for one in documents if allowed(one, where) and asked & set(terms(one.claim) + terms(one.title))
        }
        assert set(filled.words(documents[seed].claim, 120, where).keys.tolist()) == holding

    return test

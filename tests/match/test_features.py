from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from factdesk.match.features import DESCRIPTIONS, NAMES, Candidate, Query, features, rarity_of
from factdesk.match.words import words_of

EAST, NORTH = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
BETWEEN = np.array([0.6, 0.8], np.float32)


class Everywhere(dict[str, float]):
    """Every term as rare as every other."""

    def get(self, _term: str, _default: float = 0.0) -> float:  # type: ignore[override]
        return 1.0


def query(text: str, *sentences: str, vectors: list[NDArray[np.float32]] | None = None) -> Query:
    return Query(words_of(text), tuple(map(words_of, sentences)), np.stack(vectors or [EAST]))


def candidate(claim: str, title: str = "", vectors: list[NDArray[np.float32]] | None = None) -> Candidate:
    return Candidate(words_of(claim), words_of(title), np.stack(vectors or [EAST]))


def column(asked: Query, candidates: list[Candidate], name: str) -> list[float]:
    found: list[float] = features(asked, candidates, Everywhere())[:, NAMES.index(name)].tolist()
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_feature_is_described(name: str) -> None:
    assert DESCRIPTIONS[name].endswith(".")
    assert len(DESCRIPTIONS[name]) > 30


def test_no_candidates_give_no_rows() -> None:
    assert features(query("a"), [], {}).shape == (0, len(NAMES))


def test_meaning_takes_the_nearer_of_claim_and_title() -> None:
    both = candidate("claim", "title", [NORTH, BETWEEN])
    assert column(query("q"), [both], "meaning_whole") == pytest.approx([0.6])
    assert column(query("q"), [both], "meaning_claim") == pytest.approx([0.0])


def test_the_best_sentence_counts_for_meaning() -> None:
    asked = query("q", "first", "second", vectors=[EAST, EAST, NORTH])
    assert column(asked, [candidate("claim", vectors=[NORTH])], "meaning_best") == pytest.approx([1.0])
    assert column(asked, [candidate("claim", vectors=[NORTH])], "meaning_whole") == pytest.approx([0.0])


def test_a_claim_that_says_the_same_takes_no_lead() -> None:
    twins = [candidate("one", vectors=[EAST]), candidate("two", vectors=[EAST]), candidate("far", vectors=[NORTH])]
    assert column(query("q"), twins, "meaning_lead") == pytest.approx([1.0, 1.0, -1.0])


def test_places_count_from_the_top() -> None:
    found = [candidate("a", vectors=[NORTH]), candidate("b", vectors=[EAST]), candidate("c", vectors=[BETWEEN])]
    assert np.expm1(column(query("q"), found, "meaning_rank")) == pytest.approx([2, 0, 1], abs=1e-5)


def test_shared_words_score_and_long_claims_score_less() -> None:
    asked = query("garlic cures colds")
    short, long = candidate("garlic cures colds"), candidate("garlic cures colds " + "and so on " * 20)
    none = candidate("lightning strikes twice")
    scores = column(asked, [short, long, none], "words_score")
    assert scores[0] > scores[1] > scores[2] == 0


def test_coverage_is_a_share_of_the_claim_and_of_the_message() -> None:
    asked = query("garlic cures colds and everything else")
    known = [candidate("garlic cures colds quickly")]
    assert column(asked, known, "claim_covered") == pytest.approx([0.75])
    assert column(asked, known, "message_covered") == pytest.approx([0.5])


def test_a_missing_title_counts_as_the_claim() -> None:
    known = [candidate("garlic cures colds")]
    assert column(query("garlic"), known, "title_covered") == column(query("garlic"), known, "claim_covered")


def test_numbers_and_names_are_held_against_the_message() -> None:
    asked = query("In Rome 300 cats were counted")
    known = [candidate("A count in Rome and Paris found 300 cats in 12 streets")]
    assert column(asked, known, "numbers_agree") == [1]
    assert column(asked, known, "numbers_missing") == [1]
    assert column(asked, known, "names_covered") == pytest.approx([0.5])
    assert column(asked, known, "names_missing") == [1]
    assert column(asked, [candidate("no name here")], "names_covered") == [-1]


def test_rare_terms_weigh_more() -> None:
    assert rarity_of(1, 1000) > rarity_of(10, 1000) > rarity_of(1000, 1000) > 0

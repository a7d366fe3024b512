"""Candidates in order, with decision and reasons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from factdesk.domain.matches import Verdict
from factdesk.domain.reviews import Review
from factdesk.encode.base import Vectors
from factdesk.queries.candidates import Known, taken_apart
from factdesk.queries.desk import Desk
from factdesk.queries.prepare import prepare
from factdesk.queries.ranking import LINKED, Ranked, explained, nearest_parts, rank
from factdesk.search.documents import texts_of

CLAIMS = ["Vikings wore horned helmets.", "Bats are blind.", "The Moon is made of cheese."]


class Held:
    """A message held against claims that no index had to find."""

    def __init__(self, desk: Desk, message: str, claims: list[str]) -> None:
        self.desk, self.prepared = desk, prepare(message)
        self.vectors = self.compared(self.prepared.texts)
        self.known = [self.candidate(number, Review(claim=claim)) for number, claim in enumerate(claims, 1)]
        terms = {term for one in self.known for term in one.parts.claim.distinct} | self.prepared.words.distinct
        self.rarity = dict.fromkeys(terms, 5.0)

    def compared(self, texts: tuple[str, ...]) -> Vectors:
        return self.desk.matcher.project(self.desk.encoder.encode(texts))

    def candidate(self, number: int, review: Review) -> Known:
        return Known(number, str(number), review, taken_apart(review, self.compared(texts_of(review))))

    def ranked(self, judged: dict[int, Verdict] | None = None) -> list[Ranked]:
        return rank(self.desk.matcher, self.prepared, self.vectors, self.known, self.rarity, judged or {})


@pytest.fixture
def held(sample_desk: Desk) -> Held:
    return Held(sample_desk, "They say all bats are blind", CLAIMS)


def order(ranked: list[Ranked]) -> list[int]:
    return [item.known.number for item in ranked]


def test_the_likeliest_comes_first(held: Held) -> None:
    found = held.ranked()
    assert order(found)[0] == 2
    assert [item.probability for item in found] == sorted((item.probability for item in found), reverse=True)


def test_nothing_to_rank_is_no_error(held: Held) -> None:
    held.known = []
    assert held.ranked() == []


def test_what_people_said_wins_over_any_score(held: Held) -> None:
    found = held.ranked({3: "confirmed", 2: "rejected"})
    assert (order(found)[0], order(found)[-1]) == (3, 2)
    assert (found[0].probability, found[-1].probability) == (1.0, 0.0)
    said = [explained(held.prepared, item, held.rarity, held.vectors) for item in found]
    assert (said[0].decision, said[-1].decision) == ("same", "none")
    assert (said[0].judged, said[-1].judged) == ("confirmed", "rejected")


def test_a_rejection_wins_over_a_link(held: Held) -> None:
    held.known[0] = replace(held.known[0], linked=True)
    assert held.ranked()[0].probability >= LINKED
    assert order(held.ranked({1: "rejected"}))[-1] == 1


def test_a_link_wins_over_words(held: Held) -> None:
    held.known[0] = replace(held.known[0], linked=True)
    first = explained(held.prepared, held.ranked()[0], held.rarity, held.vectors)
    assert (first.review_id, first.decision) == ("1", "same")
    assert str(first.reasons[0]) == "the message links to this check"


def test_checks_of_one_claim_are_as_likely_as_each_other(held: Held) -> None:
    held.known.append(held.candidate(4, Review(claim="BATS are blind", title="Another headline, of another publisher")))
    chances = {item.known.number: item.probability for item in held.ranked()}
    assert chances[4] == pytest.approx(chances[2], abs=0.001)
    assert chances[2] > chances[1]


def test_claims_that_cannot_be_read_share_nothing(held: Held) -> None:
    held.known += [held.candidate(4, Review(claim="!!!")), held.candidate(5, Review(claim="???"))]
    assert len(held.ranked()) == 5


def test_each_candidate_knows_the_sentence_it_is_nearest_to(sample_desk: Desk) -> None:
    held = Held(sample_desk, "The Moon is made of cheese. Vikings had horns on helmets. Bats are really blind.", CLAIMS)
    assert {item.known.number: item.part for item in held.ranked()} == {1: 1, 2: 2, 3: 0}


def test_the_nearest_sentence_is_that_of_the_plain_definition() -> None:
    random = np.random.default_rng(1)
    vectors = random.normal(size=(4, 6)).astype(np.float32)
    rows = [random.normal(size=(count, 6)).astype(np.float32) for count in (1, 2, 1, 2, 2)]
    known = [Known(n, "", Review(claim="c"), taken_apart(Review(claim="c"), row)) for n, row in enumerate(rows)]
    expected = [int((vectors[1:] @ row.T).max(axis=1).argmax()) for row in rows]
    assert nearest_parts(known, vectors) == expected
    assert nearest_parts(known, vectors[:1]) == [0] * 5


def test_a_conflict_is_looked_for_in_the_nearest_sentence(sample_desk: Desk) -> None:
    message = "It is not raining today, thank you. Bats are blind, all of them. I do not like 7 o'clock trains."
    held = Held(sample_desk, message, CLAIMS)
    first = explained(held.prepared, held.ranked()[0], held.rarity, held.vectors)
    assert first.review.claim == CLAIMS[1]
    assert not any(reason.feature == "negation" for reason in first.reasons)


def test_another_language_is_said(held: Held) -> None:
    held.known = [held.candidate(1, Review(claim="Dơi bị mù.", language="vi"))]
    match = explained(held.prepared, held.ranked()[0], held.rarity, held.vectors)
    assert "in another language" in [str(reason) for reason in match.reasons]

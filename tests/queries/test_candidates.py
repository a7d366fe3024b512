"""Candidates: what a message links to, what people confirmed, what words and meaning find."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factdesk.domain.matches import Verdict
from factdesk.domain.reviews import Review
from factdesk.queries.candidates import Known, Shelf, candidates, taken_apart
from factdesk.queries.desk import Desk
from factdesk.queries.prepare import prepare
from factdesk.search.base import OPEN, Filter
from factdesk.store.reviews import find_by_any_id

Ask = Callable[..., list[Known]]


@pytest.fixture
def ask(sample_desk: Desk) -> Ask:
    def found(message: str, where: Filter = OPEN, judged: dict[int, Verdict] | None = None) -> list[Known]:
        index, prepared = sample_desk.index(), prepare(message)
        vectors = sample_desk.matcher.project(sample_desk.encoder.encode(prepared.texts))
        return candidates(sample_desk, index, Shelf().at(index), prepared, vectors, where, judged or {})

    return found


def number_of(desk: Desk, own_id: str) -> int:
    with desk.record.read() as session:
        return find_by_any_id(session, own_id)[0].number


def own_ids(found: list[Known]) -> list[str]:
    return [known.review.own_id for known in found]


def test_words_find_what_meaning_does_not(ask: Ask, sample_desk: Desk) -> None:
    message = "be khop ngon tay gay viem khop"
    vectors = sample_desk.matcher.project(sample_desk.encoder.encode([message]))
    assert number_of(sample_desk, "knuckles-arthritis.vi") not in sample_desk.index().meaning(vectors, 3).keys
    assert "knuckles-arthritis.vi" in own_ids(ask(message))


def test_meaning_finds_what_shares_no_word(ask: Ask, sample_desk: Desk) -> None:
    message = "Người Ý học cách ăn mì từ nhà thám hiểm mang về từ phương Đông"
    assert number_of(sample_desk, "marco-polo-pasta.en") not in sample_desk.index().words(message, 30).keys
    assert "marco-polo-pasta.en" in own_ids(ask(message))


def test_each_sentence_of_a_message_is_searched_for(ask: Ask) -> None:
    found = own_ids(ask("Bats are blind, says uncle. Sharks never get any cancer. Vikings wore horned helmets."))
    assert {"bats-blind.en", "sharks-cancer.en", "vikings-horns.en"} <= set(found)


def test_nobody_is_a_candidate_twice(ask: Ask) -> None:
    found = own_ids(ask("Bats are blind, says uncle. Dơi bị mù hết. https://sample.example/en/bats-blind"))
    assert len(found) == len(set(found))


def test_what_a_message_links_to_comes_first_and_is_marked(ask: Ask) -> None:
    found = ask("Vikings wore horned helmets http://www.sample.example/en/bats-blind/")
    assert (found[0].review.own_id, found[0].linked) == ("bats-blind.en", True)
    assert not any(known.linked for known in found[1:])


def test_what_a_person_confirmed_is_a_candidate_and_what_they_rejected_is_not_made_one(
    ask: Ask, sample_desk: Desk
) -> None:
    number = number_of(sample_desk, "sydney-capital.vi")
    assert own_ids(ask("Bats are blind", judged={number: "confirmed"}))[0] == "sydney-capital.vi"
    only_english = Filter(languages=frozenset({"en"}))
    assert "sydney-capital.vi" not in own_ids(ask("Bats are blind", only_english, {number: "confirmed"}))
    assert "sydney-capital.vi" not in own_ids(ask("Bats are blind", only_english, {number: "rejected"}))


def test_a_filter_holds_for_every_way_of_finding(ask: Ask) -> None:
    message = "Bats are blind, says uncle. https://sample.example/en/bats-blind Vikings wore horned helmets."
    found = ask(message, Filter(languages=frozenset({"vi"})))
    assert found
    assert all(known.review.language == "vi" for known in found)


def test_a_message_of_links_alone_is_not_searched_by_meaning(ask: Ask) -> None:
    assert own_ids(ask("https://sample.example/en/bats-blind")) == ["bats-blind.en"]
    assert ask("https://elsewhere.example/") == []


def test_the_rarity_of_every_word_that_is_compared_is_known(sample_desk: Desk) -> None:
    index, prepared = sample_desk.index(), prepare("Vikings wore horned helmets and other rags")
    shelf = Shelf().at(index)
    vectors = sample_desk.matcher.project(sample_desk.encoder.encode(prepared.texts))
    for known in candidates(sample_desk, index, shelf, prepared, vectors, OPEN):
        assert known.parts.claim.distinct | known.parts.title.distinct <= shelf.rarity.keys()
    assert prepared.words.distinct <= shelf.rarity.keys()
    assert shelf.rarity["helmet"] > shelf.rarity["the"]


def test_a_shelf_forgets_reviews_when_the_record_moves_and_words_when_the_index_does(sample_desk: Desk) -> None:
    index = sample_desk.index()
    shelf = Shelf().at(index, 1)
    rarities = shelf.rarities
    rows = sample_desk.encoder.encode(["c"])
    shelf.known[1] = Known(1, "id", Review(claim="c"), taken_apart(Review(claim="c"), rows))
    assert shelf.at(index, 1).known
    assert not shelf.at(index, 2).known
    assert shelf.rarities is rarities
    shelf.seq = -1
    assert shelf.at(index, 2).rarities is not rarities


def test_a_title_counts_where_it_says_something_else(sample_desk: Desk) -> None:
    rows = sample_desk.encoder.encode(["x", "y"])
    assert taken_apart(Review(claim="Bats are blind", title="BATS are blind"), rows).title.sequence == ()
    assert taken_apart(Review(claim="Bats are blind", title="No they see"), rows).title.sequence != ()
    assert taken_apart(Review(claim="", title="No they see"), rows).claim.sequence != ()

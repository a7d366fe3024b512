"""What makes two rows the same review."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from factdesk.actions.identity import adopted, completed, key_of, restated
from factdesk.domain.reviews import Publisher, Review
from factdesk.store.reviews import ReviewRow

PAGE = "https://example.org/carrots"
CARROTS = Review(claim="Carrots let you see in the dark.", url=PAGE)


def row(number: int, *, gone: bool = False) -> ReviewRow:
    deleted = datetime(2026, 1, 1, tzinfo=UTC) if gone else None
    return ReviewRow(number, f"id{number}", f"k{number}", "", "", PAGE, 1, "en", 0, 1, "", "run", 1, deleted)


def key(review: Review, source: str = "") -> str:
    return key_of(completed(review, source))[0]


def test_an_own_id_counts_within_its_source() -> None:
    one, other = Review(claim="a", own_id="1"), Review(claim="b", own_id="1")
    assert key(one, "feed") == key(other, "feed")
    assert key(one, "feed") != key(one, "other feed")
    assert key(replace(one, source="named in the row"), "feed") == key(other, "named in the row")


def test_an_own_id_without_a_source_counts_within_its_publisher() -> None:
    here, there = (Review(claim="a", own_id="1", publisher=Publisher("P", site)) for site in ("p.org", "q.org"))
    assert key(here) != key(there)
    assert key(here) == key(replace(here, claim="b"))
    assert key(Review(claim="a", own_id="1", publisher=Publisher("P"))) != key(Review(claim="a", own_id="1"))


@pytest.mark.parametrize("tail", ["?utm_source=x", "?fbclid=1&utm_medium=y", "#top"])
def test_a_page_is_the_same_with_another_query_string(tail: str) -> None:
    assert key(replace(CARROTS, url=PAGE + tail)) == key(CARROTS)
    assert key_of(replace(CARROTS, url=PAGE + tail))[1] == PAGE


def test_a_page_with_two_claims_is_two_reviews() -> None:
    assert key(CARROTS) != key(replace(CARROTS, claim="Carrots dye the skin."))
    assert key(CARROTS) == key(replace(CARROTS, claim="CARROTS let you see in the dark."))


def test_without_a_page_the_words_and_the_publisher_count() -> None:
    bare = Review(claim="a claim", title="a title")
    assert key(bare) == key(replace(bare, claim="A claim"))
    assert key(bare) != key(replace(bare, title="another"))
    assert key(bare) != key(replace(bare, publisher=Publisher("P")))


def test_the_language_is_told_from_the_claim_where_the_file_does_not_say() -> None:
    assert completed(CARROTS, "").language == "en"
    assert completed(replace(CARROTS, claim="Ăn cà rốt giúp nhìn rõ trong bóng tối."), "").language == "vi"
    assert completed(replace(CARROTS, language="de"), "").language == "de"


def test_a_reworded_claim_is_the_one_review_of_its_page() -> None:
    new = replace(CARROTS, claim="Carrots let people see well in the dark.")
    assert restated(new, [row(1)], {1: CARROTS}) == row(1)
    assert restated(new, [row(1), row(2, gone=True)], {1: CARROTS}) == row(1)


def test_another_claim_is_not() -> None:
    new = replace(CARROTS, claim="Drinking bleach cures colds.")
    assert restated(new, [row(1)], {1: CARROTS}) is None


def test_of_two_reviews_it_cannot_be_told_which_was_reworded() -> None:
    new = replace(CARROTS, claim="Carrots let people see well in the dark.")
    contents = {1: CARROTS, 2: replace(CARROTS, claim="Carrots let cats see in the dark.")}
    assert restated(new, [row(1), row(2)], contents) is None
    assert restated(contents[2], [row(1), row(2)], contents) == row(2)


def test_what_the_record_knows_is_kept() -> None:
    known = Review(claim="a", own_id="7", source="first feed", sample=True)
    assert adopted(CARROTS, known) == replace(CARROTS, own_id="7", source="first feed", sample=True)
    own = replace(CARROTS, own_id="9", source="second")
    assert adopted(own, known) == own

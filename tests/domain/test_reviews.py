from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.reviews import Claimant, Publisher, Rating, Review, content_digest, from_content, review_from

TEXT = st.text(max_size=30)
NUMBER = st.none() | st.floats(allow_nan=False, allow_infinity=False)

REVIEWS = st.builds(
    Review,
    claim=TEXT,
    own_id=TEXT,
    source=TEXT,
    title=TEXT,
    text=TEXT,
    url=TEXT,
    publisher=st.builds(Publisher, TEXT, TEXT),
    rating=st.builds(Rating, TEXT, NUMBER, NUMBER, NUMBER, TEXT),
    date=st.dates().map(str),
    language=st.sampled_from(["", "en", "vi", "fil"]),
    claimant=st.builds(
        Claimant,
        TEXT,
        st.sampled_from(["organisation", "public figure", "unclassified"]),
        st.lists(TEXT.filter(bool)).map(tuple),
    ),
    appearances=st.lists(TEXT.filter(bool)).map(tuple),
    licence=TEXT,
    sample=st.booleans(),
)


@given(REVIEWS)
def test_what_was_written_is_read_back(review: Review) -> None:
    assert from_content(review.content()) == review


@given(REVIEWS)
def test_content_is_canonical(review: Review) -> None:
    content = review.content()
    data = json.loads(content)
    assert content == json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert from_content(content).content() == content


def test_nothing_empty_is_written() -> None:
    assert Review(claim="Cats bark.").content() == '{"claim":"Cats bark."}'


def test_the_number_zero_is_a_rating() -> None:
    rating = Rating("0 of 10", 0.0, 10.0, 0.0)
    assert from_content(Review(claim="c", rating=rating).content()).rating == rating


def test_a_rating_in_the_word_that_a_claimant_has_by_default_is_kept() -> None:
    assert from_content(Review(claim="c", rating=Rating("unclassified")).content()).rating.text == "unclassified"


def test_a_claimant_that_nobody_classified_stays_so() -> None:
    assert from_content(Review(claim="c", claimant=Claimant("Ann")).content()).claimant.kind == "unclassified"


def test_fields_of_a_newer_factdesk_are_left_out() -> None:
    assert review_from({"claim": "c", "colour": "blue"}) == Review(claim="c")


def test_letters_are_written_as_they_are() -> None:
    assert "Dơi bị mù" in Review(claim="Dơi bị mù").content()


@given(TEXT, TEXT, st.binary(min_size=16, max_size=16))
def test_digests_differ_exactly_with_the_content(one: str, other: str, salt: bytes) -> None:
    same = content_digest(one, salt) == content_digest(other, salt)
    assert same == (one == other)


def test_a_salt_hides_that_two_contents_are_the_same() -> None:
    assert content_digest("c", b"1" * 16) != content_digest("c", b"2" * 16)


@pytest.mark.parametrize("field", ["claim", "publisher"])
def test_reviews_are_not_changed_in_place(field: str) -> None:
    with pytest.raises(AttributeError):
        setattr(Review(claim="c"), field, "x")


def test_a_review_that_has_only_a_title_is_read_back() -> None:
    assert from_content(Review(claim="", title="A headline").content()) == Review(claim="", title="A headline")

"""Claims as a desk keeps them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.claims import KINDS, Claim, ClaimAppearance, claim_from
from factdesk.domain.reviews import Claimant

words = st.text(max_size=20)
claimants = st.builds(
    Claimant,
    words,
    st.sampled_from(["organisation", "public figure", "unclassified"]),
    st.lists(words, max_size=2).map(tuple),
)
claims = st.builds(
    Claim,
    words.filter(bool),
    words,
    st.sampled_from(KINDS),
    claimants,
    st.lists(st.builds(ClaimAppearance, words, words), max_size=3).map(tuple),
    st.lists(words, max_size=3).map(tuple),
    words,
)


@given(claims)
def test_a_claim_is_read_back(claim: Claim) -> None:
    content = claim.content()
    assert claim_from(json.loads(content)) == claim
    assert claim_from(json.loads(content)).content() == content


@given(claims, claims)
def test_two_claims_are_one_text_only_if_they_are_one(one: Claim, other: Claim) -> None:
    assert (one.content() == other.content()) == (one == other)


@pytest.mark.parametrize(
    "change",
    [{"text": ""}, {"kind": "rumour"}, {"kind": ""}, {"claimant": {}}, {"appearances": [{}]}, {"more": 1}],
)
def test_what_is_no_claim(change: dict[str, object]) -> None:
    known = json.loads(Claim("The bridge is long", "en").content())
    with pytest.raises((ValueError, TypeError, KeyError)):
        claim_from(known | change)

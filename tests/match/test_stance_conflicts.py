"""Differences between two texts whose words are alike exactly where they are spelled alike, or as the test says."""

from __future__ import annotations

import re

import numpy as np
import pytest

from factdesk.match.stance_conflicts import Conflicts, conflicts, denied
from factdesk.match.stance_features import DESCRIPTIONS, NAMES, features, unfound
from factdesk.match.stance_opposites import said
from factdesk.match.stance_reasons import differences, reasons_for, replaced
from factdesk.match.stance_words import Pairing, Side, paired

ALIKE = [("1889", "1925"), ("rose", "fell"), ("Paris", "Lyon"), ("tăng", "fell"), ("Germany", "Đức")]
"""Words that stand in like contexts in these tests."""


def plain(text: str, vocabulary: list[str]) -> Side:
    """A side whose words have one direction each; those of `ALIKE` share most of theirs."""
    spans = tuple(found.span() for found in re.finditer(r"\S+", text))
    states = np.zeros((len(spans), len(vocabulary) + len(ALIKE)), np.float32)
    for row, (start, end) in enumerate(spans):
        word = text[start:end].strip(".,")
        states[row, vocabulary.index(word.lower())] = 0.6
        for place, pair in enumerate(ALIKE):
            if word in pair:
                states[row, len(vocabulary) + place] = 0.8
    lengths = np.linalg.norm(states, axis=1, keepdims=True)
    return Side(text, spans, states / np.maximum(lengths, 1e-9), np.ones(1, np.float32))


def pair(claim: str, evidence: str) -> Pairing:
    vocabulary = sorted({word.strip(".,").lower() for word in f"{claim} {evidence}".split()})
    found = paired(plain(claim, vocabulary), plain(evidence, vocabulary))
    if found is None:
        raise AssertionError(claim)
    return found


def between(claim: str, evidence: str) -> Conflicts:
    return conflicts(pair(claim, evidence))


def test_a_number_that_stands_in_the_others_place_differs() -> None:
    found = between("The tower was finished in 1925.", "The tower was finished in 1889.")
    assert [(one.claim, one.evidence) for one in found.of("number")] == [("1925", "1889")]
    assert found.missing_numbers == ()


def test_a_number_that_only_stands_nearby_contradicts_nothing() -> None:
    found = between("The tower was finished in 1925.", "The tower was seen by 1.800 men in the year 1700.")
    assert found.of("number") == ()
    assert found.missing_numbers == ("1925",)


def test_equal_numbers_agree_however_they_are_written() -> None:
    assert between("It cost 2 million dollars.", "It cost $2,000,000 then.").same_numbers == ("2 million dollars",)


def test_another_name_in_the_same_place_differs_with_its_other_words() -> None:
    found = between("the road to Lyon was closed", "the road to Paris was closed")
    assert [(one.claim, one.evidence) for one in found.of("name")] == [("Lyon", "Paris")]


def test_two_names_of_one_thing_would_be_found_nearer_than_any_other_name() -> None:
    found = between("a plane flew to Germany", "a plane flew to Germany and Lyon")
    assert found.of("name") == ()


@pytest.mark.parametrize(
    ("claim", "evidence", "by_claim"),
    [
        ("the drug does not help patients", "the drug helps patients", True),
        ("the drug can help patients", "the drug can not help patients", False),
        ("thuốc không chữa được bệnh", "thuốc chữa được bệnh", True),
    ],
)
def test_a_denial_is_told_with_its_side(claim: str, evidence: str, by_claim: bool) -> None:
    (found,) = between(claim, evidence).of("denied")
    assert bool(found.claim) is by_claim
    assert bool(found.evidence) is not by_claim


def test_what_both_deny_is_no_difference() -> None:
    assert between("the drug does not help patients", "the drug did not help patients").of("denied") == ()


def test_a_denial_ends_with_its_clause() -> None:
    text = "they did not come, prices rose sharply"
    flags = denied(plain(text, sorted({word.strip(",").lower() for word in text.split()})))
    assert [word for word, flag in zip(text.split(), flags, strict=True) if flag] == ["come,"]


@pytest.mark.parametrize(("claim", "evidence"), [("prices rose", "prices fell"), ("prices tăng", "prices fell")])
def test_opposites_within_a_language_and_across(claim: str, evidence: str) -> None:
    assert len(between(claim, evidence).of("opposite")) == 1


def test_an_opposite_that_is_denied_is_none() -> None:
    assert between("prices did not rose", "prices fell").of("opposite") == ()


def test_what_is_said_both_ways_opposes_nothing() -> None:
    assert between("prices rose", "prices fell before they rose").of("opposite") == ()


def test_all_against_some_and_only() -> None:
    assert between("all schools are closed", "some schools are closed").of("quantifier")[0].likeness == 1.0
    assert between("only schools are closed", "schools are closed").of("quantifier")[0].claim == "only"
    assert between("some schools are closed", "schools are closed").of("quantifier") == ()


def test_the_longest_entry_of_the_opposites_hides_those_in_it() -> None:
    assert {one.words for one in said(("không", "được", "phép"))[0]} == {"không được phép"}
    assert said(("nothing", "here")) == {}


def test_other_words_between_the_same_words() -> None:
    found = pair("people should avoid raw chicken in hot weather", "people should avoid raw pork in hot weather")
    assert list(replaced(found)) == [("chicken", "pork")]
    reasons = differences(found, conflicts(found))
    assert [str(reason) for reason in reasons] == ["the source says pork where the claim says chicken"]


def test_words_that_were_only_added_or_differ_all_over_replace_nothing() -> None:
    added = pair("people should avoid raw pork in very hot weather", "people should avoid raw pork in hot weather")
    assert list(replaced(added)) == []
    other = pair("cats sleep on warm roofs", "the council will meet on Tuesday")
    assert differences(other, conflicts(other)) == ()


def test_pieces_that_the_evidence_does_not_have() -> None:
    found = pair("the old mill burned down in spring", "the mill burned down in autumn")
    assert unfound(found) == [(1, 2, 0), (6, 7, 1)]


def test_reasons_begin_with_what_speaks_for_the_label() -> None:
    found = pair("the tower was finished in 1925", "the tower was finished in 1889")
    known = conflicts(found)
    differ = differences(found, known)
    assert reasons_for("refutes", found, known, differ)[0].feature == "number_other"
    same = pair("the tower was finished in 1889", "the tower was finished in 1889")
    assert str(reasons_for("supports", same, conflicts(same), ())[0]) == "all the claim's words are in the source"


def test_only_the_sentences_that_bear_on_the_claim_are_looked_at() -> None:
    found = pair("the mill burned down", "Bread was cheap. The mill burned down. Trains ran late.")
    assert found.passages == "The mill burned down."
    assert found.evidence.written == ("The", "mill", "burned", "down")


@pytest.mark.parametrize("name", NAMES)
def test_every_feature_says_what_it_is(name: str) -> None:
    assert DESCRIPTIONS[name].endswith(".")
    assert len(DESCRIPTIONS[name]) > 30


def test_features_of_equal_texts() -> None:
    values, found = features(pair("the mill burned down in 1889", "the mill burned down in 1889"))
    by_name = dict(zip(NAMES, values.tolist(), strict=True))
    assert found.found == ()
    assert by_name["told"] == by_name["echoed"] == by_name["order"] == by_name["pairs"] == 1
    assert by_name["replaced"] == by_name["added"] == by_name["numbers_missing"] == by_name["denied"] == 0
    assert by_name["numbers_agree"] == 1


@pytest.mark.parametrize(
    ("claim", "evidence", "same"),
    [("84 percent", "85 percent", False), ("1.2 million people", "1,187,400 people", True),
     ("1,187,400 people", "1.2 million people", False), ("11490 tablets", "11400 tablets", False)],
)  # fmt: skip
def test_a_claim_may_round_and_no_more(claim: str, evidence: str, same: bool) -> None:
    found = between(f"there were {claim} then", f"there were {evidence} then")
    assert bool(found.same_numbers) is same

"""What is sealed of a check, as canonical JSON and back: nothing is lost, and nothing else is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.checks import (
    SEVERITIES,
    CheckNow,
    Correction,
    Publication,
    Revision,
    SignOff,
    check_from,
    publication_from,
    revision_from,
    signoff_from,
)
from factdesk.domain.workflow import STATES, STEPS, Standing

some = st.text(min_size=1, max_size=20)
words = st.text(max_size=20)
times = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))
standings = st.builds(Standing, st.sampled_from(STATES), *[st.booleans()] * 4)
revisions = st.builds(
    Revision, some, st.integers(1, 10**6), some, some, times, st.sampled_from(["new", "edit", "undo"]), words, words
)
signoffs = st.builds(SignOff, some, some, some, some, some, some, times)
publications = st.builds(Publication, some, st.integers(1, 10**6), some, some, some, times)
nows = st.builds(
    CheckNow,
    standings,
    some,
    st.sampled_from(["new", *STEPS]),
    some,
    times,
    words,
    words,
    st.none() | st.builds(Correction, some, st.sampled_from(SEVERITIES), times),
    words,
    words,
    st.lists(words, max_size=3).map(tuple),
    words,
    words,
)
FACTS: list[tuple[st.SearchStrategy[Any], Callable[[Any], Any]]] = [
    (revisions, revision_from),
    (signoffs, signoff_from),
    (publications, publication_from),
    (nows, check_from),
]


@given(st.data())
@pytest.mark.parametrize(("facts", "read"), FACTS, ids=["revision", "signoff", "publication", "now"])
def test_what_was_sealed_is_read_back(
    facts: st.SearchStrategy[Any], read: Callable[[Any], Any], data: st.DataObject
) -> None:
    fact = data.draw(facts)
    content = fact.content()
    again = read(json.loads(content))
    assert again == fact
    assert again.content() == content


@given(st.data())
@pytest.mark.parametrize(("facts", "read"), FACTS, ids=["revision", "signoff", "publication", "now"])
def test_what_lacks_a_field_or_has_another_is_not_read(
    facts: st.SearchStrategy[Any], read: Callable[[Any], Any], data: st.DataObject
) -> None:
    known = json.loads(data.draw(facts).content())
    for wrong in (known | {"more": 1}, {key: known[key] for key in known if key != "time"}, {}):
        with pytest.raises((TypeError, KeyError, ValueError)):
            read(wrong)


def test_a_state_that_there_is_not_is_none() -> None:
    now = CheckNow(Standing(), "r", "new", "an", datetime(2026, 1, 2, tzinfo=UTC))
    with pytest.raises(ValueError, match="no state"):
        check_from(json.loads(now.content().replace('"draft"', '"burnt"')))

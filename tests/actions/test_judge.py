"""Confirming and rejecting matches."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factdesk.actions.judge import judge, unjudge
from factdesk.errors import InputError, NotFoundError
from factdesk.queries.judgements import labelled, live_judgements
from factdesk.store.batches import Batch
from factdesk.store.judgements import message_digest
from factdesk.store.record import Record

Put = Callable[..., Batch]


def test_saying_it_again_changes_nothing(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a")
    first = judge(record, "is it so?", 1, "confirmed", "an")
    before = record.head()
    assert judge(record, "is  it so?\n", 1, "confirmed", "ba") == first
    assert record.head() == before


def test_the_opposite_replaces(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a", "b")
    judge(record, "is it so?", 1, "confirmed", "an")
    judge(record, "is it so?", 2, "confirmed", "an")
    judge(record, "is it so?", 1, "rejected", "ba")
    assert live_judgements(record, message_digest("is it so?")) == {1: "rejected", 2: "confirmed"}
    assert live_judgements(record, message_digest("other")) == {}
    assert record.head()[0] == 4


def test_taking_it_back(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a")
    said = judge(record, "m", 1, "confirmed", "an")
    assert unjudge(record, "m", 1, "an") == said
    before = record.head()
    assert unjudge(record, "m", 1, "an") is None
    assert record.head() == before
    assert live_judgements(record, message_digest("m")) == {}


def test_labelled_data(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a", title="A title", language="en")
    judge(record, "is it so?", 1, "rejected", "an")
    (row,) = labelled(record)
    assert {name: row[name] for name in ("message", "claim", "title", "language", "verdict")} == {
        "message": "is it so?",
        "claim": "a",
        "title": "A title",
        "language": "en",
        "verdict": "rejected",
    }


def test_what_cannot_be_judged(record: Record) -> None:
    with pytest.raises(NotFoundError, match="number 7"):
        judge(record, "m", 7, "confirmed", "an")
    with pytest.raises(InputError, match="empty"):
        judge(record, " \n", 7, "confirmed", "an")
    assert record.head()[0] == 0

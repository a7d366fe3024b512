"""What people said of matches: kept, one live row, never rewritten."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factdesk.domain.events import canonical_payload
from factdesk.domain.reviews import Review
from factdesk.errors import DeskError
from factdesk.store.batches import Batch, Entry, put_batch
from factdesk.store.events import read_events
from factdesk.store.judgements import (
    add_judgement,
    close_judgement,
    count_judgements,
    judgements_beginning,
    labelled,
    live_judgement,
    live_judgements,
    message_digest,
)
from factdesk.store.record import Record
from factdesk.store.reviews import find_by_numbers

Put = Callable[..., Batch]


def test_a_message_has_one_name_however_it_is_spaced_and_composed() -> None:
    composed, decomposed = "tiếng Việt", "tiê\u0301ng  Viê\u0323t\n"
    assert message_digest(composed) == message_digest(decomposed)
    assert message_digest(composed) != message_digest("tieng Viet")
    assert message_digest("half \ud83d pair") == message_digest("half ? pair")


def test_a_change_of_mind_closes_the_row_and_adds_one(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a", "b")
    digest = message_digest("is it so?")
    with record.write() as writer:
        review = find_by_numbers(writer.session, [2])[2]
        first = add_judgement(writer, "is it so?", review, "confirmed", "an")
        second = add_judgement(writer, "is it so?", review, "rejected", "ba")
    with record.read() as session:
        assert live_judgements(session, digest) == {2: "rejected"}
        assert live_judgement(session, digest, 2) == second
        assert live_judgement(session, digest, 1) is None
        rows = {row.id: row for row in judgements_beginning(session, "")}
        assert count_judgements(session) == 1
    assert rows.keys() == {first.id, second.id}
    assert rows[first.id].deleted_at is not None
    assert (rows[first.id].verdict, rows[first.id].actor) == ("confirmed", "an")


def test_taking_back_leaves_nothing_standing(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a")
    with record.write() as writer:
        review = find_by_numbers(writer.session, [1])[1]
        standing = add_judgement(writer, "m", review, "confirmed", "an")
        close_judgement(writer, standing, review, "an")
        assert live_judgements(writer.session, message_digest("m")) == {}


def test_two_live_rows_cannot_be(record: Record, put_reviews: Put, tamper: Callable[..., None]) -> None:
    put_reviews(record, "a")
    with record.write() as writer:
        review = find_by_numbers(writer.session, [1])[1]
        first = add_judgement(writer, "m", review, "confirmed", "an")
        add_judgement(writer, "m", review, "rejected", "an")
    with pytest.raises(DeskError), record.write() as writer:
        writer.session.connection().exec_driver_sql(f"UPDATE judgements SET deleted_at = NULL WHERE id = '{first.id}'")


def test_training_data_is_what_stands(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a", "b", "c")
    with record.write() as writer:
        rows = find_by_numbers(writer.session, [1, 2, 3])
        add_judgement(writer, "one", rows[1], "confirmed", "an")
        add_judgement(writer, "two", rows[2], "confirmed", "an")
        add_judgement(writer, "two", rows[2], "rejected", "an")
        add_judgement(writer, "three", rows[3], "confirmed", "an")
        put_batch(writer, "run", [Entry("k3", None), Entry("k1", Review(claim="A"))], actor="an")
    with record.read() as session:
        told = [(row.message, row.review.claim, row.review_id, row.verdict) for row in labelled(session)]
    assert told == [("one", "A", rows[1].id, "confirmed"), ("two", "b", rows[2].id, "rejected")]


def test_no_message_enters_an_event(record: Record, put_reviews: Put) -> None:
    put_reviews(record, "a")
    with record.write() as writer:
        add_judgement(writer, "secret words", find_by_numbers(writer.session, [1])[1], "confirmed", "an")
    with record.read() as session:
        payloads = "".join(canonical_payload(event.payload) for event in read_events(session))
    assert "secret" not in payloads
    assert message_digest("secret words") not in payloads

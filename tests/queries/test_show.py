"""Anything by its id."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factdesk.actions.judge import judge
from factdesk.domain.reviews import Publisher, Review
from factdesk.domain.runs import RunCounts
from factdesk.errors import InputError, NotFoundError
from factdesk.queries.show import find_review, show
from factdesk.store.batches import Batch, Entry, put_batch
from factdesk.store.record import Record
from factdesk.store.runs import end_run, start_run


@pytest.fixture
def run(record: Record) -> str:
    with record.write() as writer:
        started = start_run(writer, "import", "checks.jsonl", actor="an")
    reviews = [
        Review(claim="one", own_id="2", source="a.jsonl", publisher=Publisher("Pub", "pub.org")),
        Review(claim="two", own_id="same", source="a.jsonl"),
        Review(claim="three", own_id="same", source="b.jsonl"),
    ]
    with record.write() as writer:
        put_batch(writer, started, [Entry(f"k{at}", each) for at, each in enumerate(reviews)], actor="an")
        end_run(writer, started, "done", RunCounts(read=3, new=3), actor="an")
    return started


def test_a_review(record: Record, run: str) -> None:
    shown = show(record, "2")
    assert (shown.kind, shown.data["review"]["claim"], shown.data["version"]) == ("review", "one", 1)
    assert shown.data["versions"] == [{"version": 1, "run": run, "event": 2}]
    assert show(record, shown.id) == shown
    assert show(record, f"review:{shown.id}") == shown
    assert find_review(record, shown.id).number == 1


def test_an_event_by_number_and_by_hash(record: Record, run: str) -> None:
    shown = show(record, "3")
    assert (shown.kind, shown.data["action"]) == ("event", "run.done")
    assert (show(record, "1").kind, show(record, "event:2").kind, show(record, "publisher:1").kind) == (
        "event",
        "event",
        "publisher",
    )
    assert show(record, shown.data["hash"]) == shown
    assert show(record, shown.data["hash"][:16]) == shown


def test_a_run(record: Record, run: str) -> None:
    shown = show(record, run)
    assert (shown.kind, shown.data["source"], shown.data["state"]) == ("run", "checks.jsonl", "done")
    assert shown.data["counts"]["new"] == 3
    assert shown.data["events"] == 3


def test_a_publisher(record: Record, run: str) -> None:
    shown = show(record, "pub")
    assert (shown.kind, shown.data["reviews"], shown.data["site"]) == ("publisher", 1, "pub.org")


def test_a_judgement(record: Record, run: str) -> None:
    said = judge(record, "m", 1, "confirmed", "an")
    shown = show(record, said.id)
    assert (shown.kind, shown.data["verdict"], shown.data["own_id"]) == ("judgement", "confirmed", "2")


def test_an_id_that_two_sources_use(record: Record, run: str) -> None:
    with pytest.raises(InputError, match="same can mean several things: review:") as caught:
        show(record, "same")
    assert len(str(caught.value.values["choices"]).split(", ")) == 2
    with pytest.raises(InputError):
        find_review(record, "same")


def test_a_beginning_that_several_have(record: Record, run: str) -> None:
    with pytest.raises(InputError):
        show(record, run[:8])


@pytest.mark.parametrize(
    "word", ["", "0", "nothing", "01", "%", "999999999999999999999", "event:x", "run:", "\x00", "½"]
)
def test_what_is_not_there(record: Record, run: str, word: str) -> None:
    with pytest.raises(NotFoundError):
        show(record, word)
    with pytest.raises(NotFoundError):
        find_review(record, word)


def test_one_that_was_taken_out(record: Record, put_reviews: Callable[..., Batch]) -> None:
    put_reviews(record, "a")
    with record.write() as writer:
        put_batch(writer, "run-2", [Entry("k1", None)], actor="an")
    shown = show(record, "own-1")
    assert shown.data["taken_out"] is not None
    assert shown.data["review"]["claim"] == "a"

"""An import taken back: contents as before, what was new is out, what came later stays, and the events too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.actions.contents import claims, standing

from factdesk.actions.imports import import_reviews, undo_import
from factdesk.domain.runs import RunCounts
from factdesk.errors import InputError, NotFoundError
from factdesk.queries.audit import audit
from factdesk.queries.desk import Desk
from factdesk.store.reviews import all_reviews
from factdesk.store.runs import get_run

Rows = Callable[..., str]
OLD = {"id": "1", "text": "The old claim.", "url": "https://example.org/old"}
NEW = {"id": "1", "text": "The new claim.", "url": "https://example.org/new"}


def test_contents_are_as_before_and_what_was_new_is_out(desk: Desk, write_rows: Rows) -> None:
    import_reviews(desk, write_rows(OLD, "Kept as it is."), source_name="s")
    before = standing(desk.record)
    run = import_reviews(desk, write_rows(NEW, "Kept as it is.", "Only in the second."), source_name="s").run_id
    events = desk.record.head()[0]
    assert undo_import(desk, run) == RunCounts(read=2, changed=1, withdrawn=1)
    assert standing(desk.record) == before
    assert desk.record.head()[0] > events
    assert audit(desk.record).broken is None
    with desk.record.read() as session:
        state = get_run(session, run)
        assert state is not None
        assert state.state == "undone"
        assert next(row.url for row, _ in all_reviews(session)) == OLD["url"]
    assert len(desk.index()) == 2


def test_it_is_refused_the_second_time(desk: Desk, write_rows: Rows) -> None:
    run = import_reviews(desk, write_rows(OLD)).run_id
    undo_import(desk, run[:13])
    head = desk.record.head()
    with pytest.raises(InputError):
        undo_import(desk, run)
    assert desk.record.head() == head


def test_later_changes_stay(desk: Desk, write_rows: Rows) -> None:
    run = import_reviews(desk, write_rows(OLD, "Another claim."), source_name="s").run_id
    import_reviews(desk, write_rows(NEW), source_name="s")
    assert undo_import(desk, run) == RunCounts(read=2, withdrawn=1, skipped=1)
    assert claims(desk.record) == ["The new claim."]


def test_several_are_taken_back_newest_first(desk: Desk, write_rows: Rows) -> None:
    runs = [
        import_reviews(desk, write_rows({"id": "1", "text": f"Claim, state {state}."}), source_name="s").run_id
        for state in range(3)
    ]
    for run, left in zip(reversed(runs), (["Claim, state 1."], ["Claim, state 0."], []), strict=True):
        assert undo_import(desk, run).skipped == 0
        assert claims(desk.record) == left


def test_what_was_taken_back_can_be_imported_again(desk: Desk, write_rows: Rows) -> None:
    file = write_rows(OLD, "Another claim.")
    undo_import(desk, import_reviews(desk, file).run_id)
    assert import_reviews(desk, file).counts == RunCounts(read=2, new=2)
    assert import_reviews(desk, file).counts == RunCounts(read=2, unchanged=2)


def test_one_cut_short_goes_on(desk: Desk, write_rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factdesk.actions.imports.BATCH", 2)
    run = import_reviews(desk, write_rows(*(f"Claim number {number}." for number in range(5)))).run_id

    def stop(done: int, _total: int | None) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undo_import(desk, run, progress=stop)
    assert len(claims(desk.record)) == 3
    assert undo_import(desk, run) == RunCounts(read=5, withdrawn=3, unchanged=2)
    assert claims(desk.record) == []


@pytest.mark.parametrize("run", ["", "nothing", "%"])
def test_one_that_is_not_there(desk: Desk, run: str) -> None:
    with pytest.raises(NotFoundError):
        undo_import(desk, run)


def test_a_beginning_that_several_share(desk: Desk, write_rows: Rows) -> None:
    first, second = (import_reviews(desk, write_rows(OLD)).run_id for _ in range(2))
    with pytest.raises(InputError) as raised:
        undo_import(desk, first[:4])
    assert first in str(raised.value.values["choices"])
    assert second in str(raised.value.values["choices"])

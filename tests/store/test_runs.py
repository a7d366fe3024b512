"""Runs: started, closed, found again."""

from __future__ import annotations

from factdesk.domain.events import canonical_payload
from factdesk.domain.runs import RunCounts
from factdesk.store.events import events_about
from factdesk.store.record import Record
from factdesk.store.runs import end_run, get_run, list_runs, runs_beginning, start_run


def test_a_run_from_start_to_end(record: Record) -> None:
    with record.write() as writer:
        run = start_run(writer, "import", "/home/an/tips.jsonl", actor="an")
    with record.read() as session:
        begun = get_run(session, run)
    assert begun is not None
    assert (begun.kind, begun.source, begun.state, begun.finished, begun.counts) == (
        "import",
        "/home/an/tips.jsonl",
        "running",
        None,
        RunCounts(),
    )
    counts = RunCounts(read=3, new=2, skipped=1)
    with record.write() as writer:
        end_run(writer, run, "done", counts, actor="an", report="r.jsonl")
    with record.read() as session:
        ended = get_run(session, run)
        events = list(events_about(session, f"run:{run}"))
    assert ended is not None
    assert (ended.state, ended.counts, ended.report, ended.finished) == ("done", counts, "r.jsonl", events[1].time)
    assert [event.action for event in events] == ["import.start", "run.done"]
    assert events[1].payload == {"read": 3, "new": 2, "skipped": 1}
    assert "/home" not in "".join(canonical_payload(event.payload) for event in events)


def test_runs_by_state_and_by_beginning(record: Record) -> None:
    with record.write() as writer:
        runs = [start_run(writer, "sync", f"https://example.org/{at}", actor="an") for at in range(3)]
        end_run(writer, runs[0], "interrupted", RunCounts(), actor="an")
    with record.read() as session:
        assert [row.id for row in list_runs(session, states=("running",))] == [runs[2], runs[1]]
        assert [row.id for row in list_runs(session, limit=1)] == [runs[2]]
        assert [row.id for row in runs_beginning(session, runs[1])] == [runs[1]]
        assert len(runs_beginning(session, runs[1][:8])) == 3
        assert get_run(session, "none") is None

"""Imports and syncs as runs: started, finished, and found again when they were cut short."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from factdesk.domain.runs import RunCounts
from factdesk.store.models import Runs, table
from factdesk.store.record import Writer
from factdesk.store.text import storable

RUNS = table(Runs)

RunKind = Literal["import", "sync", "capture"]
RunState = Literal["running", "done", "interrupted", "undone"]


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run. `report` is the name of its file in the reports folder."""

    id: str
    kind: RunKind
    source: str
    started: datetime
    finished: datetime | None
    state: RunState
    counts: RunCounts
    report: str


def start_run(writer: Writer, kind: RunKind, source: str, *, actor: str) -> str:
    """Begin a run; returns its id. The source stays out of the event: it may name a private folder."""
    run = writer.clock.new_id()
    event = writer.append(actor, f"{kind}.start", f"run:{run}", {})
    values = {"id": run, "kind": kind, "source": storable(source), "started": event.time, "finished": None}
    writer.session.execute(insert(RUNS), {**values, "state": "running", "counts": "{}", "report": ""})
    return run


def end_run(writer: Writer, run: str, state: RunState, counts: RunCounts, *, actor: str, report: str = "") -> None:
    """Close a run as done, interrupted or undone, with what it did."""
    plain = {name: count for name, count in asdict(counts).items() if count}
    event = writer.append(actor, f"run.{state}", f"run:{run}", plain)
    values = {"state": state, "finished": event.time, "counts": json.dumps(plain), "report": report}
    writer.session.execute(update(RUNS).where(RUNS.c.id == run).values(values))


def get_run(session: Session, run: str) -> RunRow | None:
    """A run by its id."""
    row = session.execute(select(RUNS).where(RUNS.c.id == run)).first()
    return _run(row) if row else None


def runs_beginning(session: Session, prefix: str, limit: int = 10) -> list[RunRow]:
    """Runs whose id begins so, newest first."""
    chosen = select(RUNS).where(RUNS.c.id.startswith(prefix, autoescape=True))
    return [_run(row) for row in session.execute(chosen.order_by(RUNS.c.started.desc()).limit(limit))]


def list_runs(session: Session, limit: int = 20, states: Sequence[RunState] = ()) -> list[RunRow]:
    """The newest runs, in the given states or in any."""
    chosen = select(RUNS)
    if states:
        chosen = chosen.where(RUNS.c.state.in_(states))
    return [_run(row) for row in session.execute(chosen.order_by(RUNS.c.started.desc(), RUNS.c.id.desc()).limit(limit))]


def _run(row: Row[Any]) -> RunRow:
    own, kind, source, started, finished, state, counts, report = tuple(row)
    return RunRow(own, kind, source, started, finished, state, RunCounts(**json.loads(counts)), report)

"""An import under way: items taken in batch by batch, counted, reported, and closed as what it came to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from factdesk.actions.intake import plan, write
from factdesk.actions.report import Report
from factdesk.actions.sources import Opened
from factdesk.domain.reviews import Review
from factdesk.domain.runs import Outcome, Repair, RunCounts
from factdesk.errors import FactdeskError
from factdesk.interchange.read import Found, Item
from factdesk.queries.desk import Desk, Progress, no_progress
from factdesk.store.publishers import Policy, policy
from factdesk.store.reviews import parts
from factdesk.store.runs import RunKind, end_run, start_run

BATCH = 256
"""Rows of one transaction: some seconds of encoding, and no more than that is done again after a crash."""

DAMAGED = frozenset(
    {
        "json-cut-short",
        "json-damaged",
        "document-too-long",
        "compressed-cut-short",
        "compressed-damaged",
        "compressed-too-far",
    }
)
"""Repairs after which a file was not read to its end: what is missing from it may only not have been read."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or with `dry_run` would do. `run_id` is empty then."""

    run_id: str
    counts: RunCounts
    report: Path | None
    dry_run: bool = False


@dataclass(slots=True)
class Run:
    """One import under way."""

    desk: Desk
    source: str
    actor: str
    rules: Policy
    report: Report
    id: str = ""
    counts: dict[str, int] = field(default_factory=lambda: asdict(RunCounts()))
    touched: set[str] = field(default_factory=set)
    whole: bool = True

    def count(self, name: Outcome | Literal["read", "repaired"], number: int = 1) -> None:
        """Count rows."""
        self.counts[name] += number

    def result(self) -> RunCounts:
        """The counts so far."""
        return RunCounts(**self.counts)


Finish = Callable[[Run], None]


def run_items(
    desk: Desk,
    items: Iterator[Item],
    opened: Opened,
    scope: str,
    kind: RunKind,
    *,
    dry_run: bool = False,
    progress: Progress = no_progress,
    actor: str = "desk",
    finish: Finish | None = None,
) -> ImportResult:
    """Take items in as one run. `finish` may write more before it is closed."""
    run = begin(desk, scope, kind, opened.label, actor, dry_run)
    try:
        for batch in parts(items, BATCH):
            _take(run, batch)
            progress(run.counts["read"], opened.estimate(run.counts["read"]))
        if finish is not None and not dry_run:
            finish(run)
    except BaseException:
        # Ctrl-C among them: the run is closed as what it is, and whoever stopped it still hears of it. On a full disk
        # that fails too, and what is said is why.
        with suppress(FactdeskError, OSError):
            _close(run, "interrupted")
        raise
    report = _close(run, "done")
    if not dry_run:
        desk.index()
    return ImportResult(run.id, run.result(), report, dry_run)


def begin(desk: Desk, scope: str, kind: RunKind, label: str, actor: str, dry_run: bool) -> Run:
    """Start a run; with `dry_run` nothing of it is written."""
    with desk.record.read() as session:
        rules = policy(session)
    # Opened before anything is written: without it nothing can be imported.
    if not dry_run:
        _ = desk.encoder
    run = Run(desk, scope, actor, rules, Report(desk.config.reports_dir / "dry-run.jsonl"))
    if dry_run:
        # What an earlier one said is not true of this one.
        if run.report.path.exists():
            run.report.path.unlink()
        return run
    with desk.record.write() as writer:
        run.id = start_run(writer, kind, label, actor=actor)
    run.report = Report(desk.config.reports_dir / f"{run.id}.jsonl")
    return run


def _take(run: Run, batch: list[Item]) -> None:
    reviews: list[Review] = []
    blocked: list[Review] = []
    for item in batch:
        for repair in (item,) if isinstance(item, Repair) else item.repairs:
            run.report.add(repair)
        if isinstance(item, Found):
            run.count("read")
            run.count("repaired", bool(item.repairs))
            (blocked if run.rules.blocks(item.review.publisher) else reviews).append(item.review)
        elif item.skipped:
            run.count("read")
            run.count("skipped")
            run.whole = run.whole and item.code not in DAMAGED
    _store(run, reviews)
    if blocked:
        # Planned all the same, and not written: a feed that still has them has not dropped them.
        plan(run.desk, blocked, run.source, run.touched)
        run.count("blocked", len(blocked))


def _store(run: Run, reviews: list[Review]) -> None:
    planned = plan(run.desk, reviews, run.source, run.touched)
    outcomes = write(run.desk, run.id, planned, run.actor) if run.id else [item.outcome for item in planned]
    for outcome in outcomes:
        run.count(outcome)


def _close(run: Run, state: Literal["done", "interrupted"]) -> Path | None:
    report = run.report.close()
    if run.id:
        with run.desk.record.write() as writer:
            end_run(writer, run.id, state, run.result(), actor=run.actor, report=report.name if report else "")
    return report

"""A library of texts prepared elsewhere, taken in as supplied captures: in batches, each whole or not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Literal

from factdesk.actions.frozen import Frozen, described, freeze, keep
from factdesk.actions.report import Report
from factdesk.actions.sources import Opened, opened_source
from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.plain import extract
from factdesk.domain.captures import Capture
from factdesk.domain.documents import About, Extractor
from factdesk.domain.runs import Outcome, Repair, RunCounts
from factdesk.errors import FactdeskError, InputError
from factdesk.interchange.texts import TextRow, read_texts
from factdesk.queries.desk import Desk, Progress, no_progress
from factdesk.store.blobs import digest_of, stage
from factdesk.store.captures import CaptureRow, captures_by_own_ids
from factdesk.store.reviews import parts
from factdesk.store.runs import end_run, start_run
from factdesk.store.text import storable
from factdesk.text.language import language

BATCH = 128
"""Rows of one transaction: some seconds of encoding."""
READ = 2_000
"""Characters of a text whose language is told where its row does not say."""


@dataclass(frozen=True, slots=True)
class TextsResult:
    """What taking texts in did, or with `dry_run` would do. `run_id` is empty then."""

    run_id: str
    counts: RunCounts
    report: Path | None
    dry_run: bool = False


@dataclass(slots=True)
class _Taking:
    desk: Desk
    name: str
    actor: str
    note: str
    primary: bool
    report: Report
    run: str = ""
    seen: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=lambda: asdict(RunCounts()))

    def count(self, name: Outcome | Literal["read", "repaired"], number: int = 1) -> None:
        self.counts[name] += number


def capture_texts(
    desk: Desk,
    source: str,
    *,
    note: str = "",
    primary: bool = False,
    dry_run: bool = False,
    progress: Progress = no_progress,
    actor: str = "desk",
) -> TextsResult:
    """Take in the texts of a file or of `-`, standard input. A row that is there already, unchanged, is left alone.

    Rows are told apart by their id within the file's name. Raises `InputError` when not one row can be read; what was
    written before an error stays, and the run is marked as interrupted.
    """
    with opened_source(desk, source) as opened:
        rows = _begun(read_texts(opened.stream, opened.label), opened)
        report = Report(desk.config.reports_dir / "dry-run.jsonl")
        taking = _Taking(desk, opened.label, actor, note, primary, report)
        if not dry_run:
            with desk.record.write() as writer:
                taking.run = start_run(writer, "capture", opened.label, actor=actor)
            taking.report = Report(desk.config.reports_dir / f"{taking.run}.jsonl")
        try:
            for batch in parts(rows, BATCH):
                _take(taking, batch)
                progress(taking.counts["read"], opened.estimate(taking.counts["read"]))
        except BaseException:
            # Ctrl-C among them: the run is closed as what it is, and whoever stopped it still hears of it.
            with suppress(FactdeskError, OSError):
                _close(taking, "interrupted")
            raise
        path = _close(taking, "done")
    return TextsResult(taking.run, RunCounts(**taking.counts), path, dry_run)


def _begun(rows: Iterator[TextRow | Repair], opened: Opened) -> Iterable[TextRow | Repair]:
    """The rows, once one of them could be read: a file that holds none is refused before anything is written."""
    first: list[TextRow | Repair] = []
    for row in islice(rows, 1000):
        first.append(row)
        if isinstance(row, TextRow):
            return chain(first, rows)
    raise InputError(
        "No row could be read.",
        place=opened.label,
        remedy="A row looks like this: {example}",
        example='{"id": "1", "title": "…", "text": "…", "url": "…", "date": "2024-05-06"}',
    )


def _take(taking: _Taking, batch: Sequence[TextRow | Repair]) -> None:
    rows: list[TextRow] = []
    for item in batch:
        taking.count("read")
        for repair in (item,) if isinstance(item, Repair) else item.repairs:
            taking.report.add(repair)
        if isinstance(item, Repair):
            taking.count("skipped")
        elif item.id in taking.seen:
            taking.count("repeated")
        else:
            taking.count("repaired", bool(item.repairs))
            taking.seen.add(item.id)
            rows.append(item)
    with taking.desk.record.read() as session:
        known = captures_by_own_ids(session, [row.id for row in rows])
    frozen = []
    for row in rows:
        found, outcome = _frozen(taking, row, known.get(row.id, ()))
        taking.count(outcome)
        frozen += [found] if found is not None else []
    if frozen and taking.run:
        keep(taking.desk, frozen, actor=taking.actor, subject=f"run:{taking.run}")


def _frozen(taking: _Taking, row: TextRow, known: Sequence[CaptureRow]) -> tuple[Frozen | None, Outcome]:
    data = row.text.encode("utf-8", "replace")
    earlier = [each for each in known if each.name == storable(taking.name) and each.url == storable(row.url)]
    if earlier and earlier[-1].digest == digest_of(data):
        return None, "unchanged"
    if not taking.run:
        return None, "changed" if earlier else "new"
    extracted = extract(data, Hint("text/plain", "utf-8", about=False), Limits())
    base = Capture(
        origin="text",
        digest=digest_of(data),
        size=len(data),
        media_type="text/plain",
        text_digest="",
        extractor=Extractor("", ""),
        time=taking.desk.record.clock.now(),
        url=row.url,
        name=taking.name,
        own_id=row.id,
        supplied_by=taking.actor,
        note=taking.note,
        primary=taking.primary,
    )
    about = About(row.title, row.author, row.date, row.language or language(row.text[:READ]))
    body = stage(taking.desk.config, data)
    capture = described(base, replace(extracted, about=about))
    return freeze(taking.desk, capture, extracted, (body,)), "changed" if earlier else "new"


def _close(taking: _Taking, state: Literal["done", "interrupted"]) -> Path | None:
    report = taking.report.close()
    if taking.run:
        with taking.desk.record.write() as writer:
            name = report.name if report else ""
            end_run(writer, taking.run, state, RunCounts(**taking.counts), actor=taking.actor, report=name)
    return report

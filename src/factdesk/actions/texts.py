"""A library of texts prepared elsewhere, taken in as supplied captures: in batches, each whole or not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Literal

from sqlalchemy.orm import Session

from factdesk.actions.frozen import Frozen, described, encoded, freeze, staged, write_frozen
from factdesk.actions.report import Report
from factdesk.actions.run import ImportResult
from factdesk.actions.sources import Opened, opened_source
from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.plain import extract
from factdesk.domain.captures import Capture
from factdesk.domain.documents import About, Extractor
from factdesk.domain.runs import Outcome, Repair, RunCounts
from factdesk.errors import FactdeskError, InputError
from factdesk.interchange.texts import TextRow, read_texts
from factdesk.queries.desk import Desk, Progress, no_progress
from factdesk.store.blobs import digest_of
from factdesk.store.captures import StoredCapture, captures_by_own_ids, get_captures
from factdesk.store.runs import end_run, start_run
from factdesk.store.text import storable
from factdesk.text.language import language

BATCH = 128
"""Rows of one transaction: some seconds of encoding."""
MOST_TEXT = 4_000_000
"""Characters of the texts of one transaction, but for the last of them."""
READ = 2_000
"""Bytes of a text whose language is told where its row does not say."""


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
) -> ImportResult:
    """Take in the texts of a file or of `-`, standard input. A row that is there already, unchanged, is left alone.

    Rows are told apart by their id within the file's name; a changed one is captured anew. Raises `InputError` when
    not one row can be read; what was written before an error stays, and the run is marked as interrupted.
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
            for batch in _batches(rows):
                _take(taking, batch)
                progress(taking.counts["read"], opened.estimate(taking.counts["read"]))
        except BaseException:
            # Ctrl-C among them: the run is closed as what it is, and whoever stopped it still hears of it.
            with suppress(FactdeskError, OSError):
                _close(taking, "interrupted")
            raise
        path = _close(taking, "done")
    return ImportResult(taking.run, RunCounts(**taking.counts), path, dry_run)


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


def _batches(rows: Iterable[TextRow | Repair]) -> Iterator[list[TextRow | Repair]]:
    """Rows, some at a time: so many, or so much text, that one transaction holds in little memory."""
    batch: list[TextRow | Repair] = []
    characters = 0
    for row in rows:
        batch.append(row)
        characters += len(row.text) if isinstance(row, TextRow) else 0
        if len(batch) >= BATCH or characters >= MOST_TEXT:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


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
        known = _known(session, taking.name, [row.id for row in rows])
    planned: list[tuple[Frozen, Outcome]] = []
    for row in rows:
        found, outcome = _frozen(taking, row, known.get(row.id))
        if found is None:
            taking.count(outcome)
        else:
            planned.append((found, outcome))
    if planned:
        _write(taking, planned)


def _write(taking: _Taking, planned: Sequence[tuple[Frozen, Outcome]]) -> None:
    """Write what is not there by now: somebody else may have taken in the same file meanwhile."""
    desk, frozen = taking.desk, [each for each, _ in planned]
    vectors, blobs = encoded(desk, frozen), staged(desk, frozen)
    with desk.record.write() as writer:
        known = _known(writer.session, taking.name, [each.capture.own_id for each in frozen])
        there = [_is_there(each.capture, known.get(each.capture.own_id)) for each in frozen]
        missing = [each for each, is_there in zip(frozen, there, strict=True) if not is_there]
        if missing:
            write_frozen(writer, desk, missing, vectors, blobs, actor=taking.actor, subject=f"run:{taking.run}")
    for (_, outcome), is_there in zip(planned, there, strict=True):
        taking.count("unchanged" if is_there else outcome)


def _known(session: Session, name: str, own_ids: Sequence[str]) -> dict[str, StoredCapture]:
    """The newest captures of rows with these ids out of a file of this name."""
    found = captures_by_own_ids(session, own_ids)
    named = {own: [each.number for each in same if each.name == storable(name)] for own, same in found.items()}
    stored = get_captures(session, [numbers[-1] for numbers in named.values() if numbers])
    return {own: stored[numbers[-1]] for own, numbers in named.items() if numbers and numbers[-1] in stored}


def _is_there(capture: Capture, before: StoredCapture | None) -> bool:
    """Whether a row as a capture says what the capture `before` says; a source once primary stays so."""
    if before is None:
        return False
    old = before.capture
    said = (capture.digest, capture.about, capture.url, old.primary or capture.primary)
    return said == (old.digest, old.about, old.url, old.primary)


def _frozen(taking: _Taking, row: TextRow, before: StoredCapture | None) -> tuple[Frozen | None, Outcome]:
    """A row as a capture, None where it is there already as the capture `before` or in a dry run; and what it is."""
    data = row.text.encode("utf-8", "replace")
    about = About(row.title, row.author, row.date, row.language or language(data[:READ].decode("utf-8", "ignore")))
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
        about=about,
    )
    if _is_there(base, before):
        return None, "unchanged"
    outcome: Outcome = "new" if before is None else "changed"
    if not taking.run:
        return None, outcome
    extracted = extract(data, Hint("text/plain", "utf-8", about=False), Limits())
    return freeze(described(base, replace(extracted, about=about)), extracted, (data,)), outcome


def _close(taking: _Taking, state: Literal["done", "interrupted"]) -> Path | None:
    report = taking.report.close()
    if taking.run:
        with taking.desk.record.write() as writer:
            name = report.name if report else ""
            end_run(writer, taking.run, state, RunCounts(**taking.counts), actor=taking.actor, report=name)
    return report

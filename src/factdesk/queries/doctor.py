"""Looking a desk over: what is wrong with it, and what to do.

Each check is one function that yields findings; none of them stops the others, and none changes the desk.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, TypeVar

from sqlalchemy import text

from factdesk.config import DeskConfig, models_dir
from factdesk.encode.weights import check_weights, find_weights
from factdesk.errors import DeskBusyError, FactdeskError
from factdesk.search.manifest import EVIDENCE, read_manifest
from factdesk.store.blobs import blob_sizes, missing_blobs, stray_blobs
from factdesk.store.captures import count_captures
from factdesk.store.chain import verify
from factdesk.store.record import Record
from factdesk.store.runs import list_runs

Severity = Literal["ok", "warning", "problem"]

T = TypeVar("T")

LOW_DISK = 1 << 30
NO_DISK = 100 << 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `code` is stable; `message` and `remedy` are templates filled with `values`."""

    code: str
    severity: Severity
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    remedy: str = ""


def examine(config: DeskConfig) -> list[Finding]:
    """Everything that can be known of a desk's health; never raises for what is wrong with the desk."""
    findings = [*_guarded("disk", _disk, config), *_guarded("model", _model, config), *_guarded("ocr", _ocr, config)]
    try:
        record = Record.open(config, patience=1.0)
    except FactdeskError as error:
        return [_problem("record", error), *findings]
    with record:
        for code, check in _CHECKS.items():
            findings += _guarded(code, check, record)
    return [*findings, *_guarded("leftovers", _leftovers, config)]


def _integrity(record: Record) -> Iterator[Finding]:
    if record.config.is_sqlite:
        with record.read() as session:
            said = [str(row[0]) for row in session.execute(text("PRAGMA integrity_check(5)"))]
        if said != ["ok"]:
            remedy = "Restore a backup with: factdesk restore"
            yield Finding("record", "problem", "The record is damaged: {why}.", {"why": said[0]}, remedy)
            return
    yield Finding("record", "ok", "The record can be read, and is of this version.")


def _chain(record: Record) -> Iterator[Finding]:
    with record.read() as session:
        result = verify(session)
    if result.broken is None:
        yield Finding("chain", "ok", "{events} events, every link holds.", {"events": f"{result.events:,}"})
        return
    yield Finding(
        "chain",
        "problem",
        "The event log is broken at event {seq}.",
        {"seq": result.broken.seq},
        "See what is wrong with: factdesk audit",
    )


def _write(record: Record) -> Iterator[Finding]:
    try:
        with record.write():
            pass
    except DeskBusyError as error:
        yield Finding("write", "warning", error.message, error.values, error.remedy)
        return
    yield Finding("write", "ok", "The record can be written to.")


def _runs(record: Record) -> Iterator[Finding]:
    with record.read() as session:
        open_runs = list_runs(session, 20, ("running", "interrupted"))
        done = {run.source for run in list_runs(session, 100, ("done",))}
    unfinished = [run for run in open_runs if run.source not in done or run.state == "running"]
    for run in unfinished:
        yield Finding(
            "runs",
            "warning",
            "An import of {source} has not finished: {run}.",
            {"source": run.source, "run": run.id},
            "If it is not running now, import it again: what was saved is kept.",
        )
    if not unfinished:
        yield Finding("runs", "ok", "Every import has finished.")


def _index(record: Record) -> Iterator[Finding]:
    config = record.config
    if config.search != "embedded":
        return
    manifest = read_manifest(config.index_dir)
    if manifest is None:
        yield Finding("index", "warning", "There is no search index yet.", remedy="The next match or import makes it.")
        return
    lag = record.head()[0] - manifest.seq
    if lag < 0:
        yield Finding(
            "index",
            "problem",
            "The search index is of another record.",
            remedy="Make it again with: factdesk rebuild-index",
        )
    elif lag:
        remedy = "The next match or import brings it up to date."
        yield Finding("index", "warning", "The search index is {lag} events behind.", {"lag": lag}, remedy)
    else:
        yield Finding("index", "ok", "The search index is up to date.")


def _evidence_index(record: Record) -> Iterator[Finding]:
    """The index of passages, where there are captures."""
    with record.read() as session:
        captures = count_captures(session)
    if not captures:
        return
    next_time, code = "The next search for evidence brings it up to date.", "evidence-index"
    manifest = read_manifest(record.config.index_dir / EVIDENCE)
    if manifest is None:
        yield Finding(code, "warning", "There is no index of evidence yet.", remedy=next_time)
        return
    lag = record.head()[0] - manifest.seq
    if lag < 0:
        again = "Make it again with: factdesk rebuild-index"
        yield Finding(code, "problem", "The index of evidence is of another record.", remedy=again)
    elif lag:
        yield Finding(code, "warning", "The index of evidence is {lag} events behind.", {"lag": lag}, next_time)
    else:
        yield Finding(code, "ok", "The index of evidence is up to date.")


def _disk(config: DeskConfig) -> Iterator[Finding]:
    if not config.folder.is_dir():
        return
    free = shutil.disk_usage(config.folder).free
    values = {"megabytes": f"{free // 1_000_000:,}"}
    severity: Severity = "problem" if free < NO_DISK else "warning" if free < LOW_DISK else "ok"
    yield Finding("disk", severity, "{megabytes} MB of disk are free.", values, "Free some space.")


def _model(config: DeskConfig) -> Iterator[Finding]:
    if config.encoder != "e5-small":
        yield Finding("model", "ok", "The encoder {name} was not examined.", {"name": config.encoder})
        return
    check_weights(find_weights(models_dir()))
    yield Finding("model", "ok", "The encoder's weights are here and right.")


def _leftovers(config: DeskConfig) -> Iterator[Finding]:
    drafts = (".restore-*", ".*.part", "blobs/.*.part")
    for path in (found for pattern in drafts for found in sorted(config.folder.glob(pattern))):
        yield Finding(
            "leftovers",
            "warning",
            "{name} was left by a command that was cut short.",
            {"name": path.name},
            "It can be deleted.",
        )


def _blobs(record: Record) -> Iterator[Finding]:
    with record.read() as session:
        missing = list(islice(missing_blobs(session, record.config), 1000))
        count = blob_sizes(session)[0]
        stray = list(islice(stray_blobs(session, record.config), 1000))
    if missing:
        yield Finding(
            "evidence",
            "problem",
            "The bytes of {count} sources are missing or cut short, {digest} among them.",
            {"count": f"{len(missing):,}", "digest": missing[0]},
            "Restore a backup that has them.",
        )
    elif count:
        yield Finding("evidence", "ok", "The bytes of every source are there.")
    if stray:
        yield Finding(
            "leftovers",
            "warning",
            "{count} files of a capture that was cut short belong to nothing, {name} among them.",
            {"count": f"{len(stray):,}", "name": f"{stray[0].parent.name}/{stray[0].name}"},
            "Capturing the same again takes them up; they can be deleted.",
        )


def _ocr(_: DeskConfig) -> Iterator[Finding]:
    if shutil.which("tesseract") is None:
        yield Finding("ocr", "ok", "Pictures and scans cannot be read: tesseract-ocr is not installed.")


_CHECKS: dict[str, Callable[[Record], Iterator[Finding]]] = {
    "record": _integrity,
    "chain": _chain,
    "write": _write,
    "runs": _runs,
    "index": _index,
    "evidence-index": _evidence_index,
    "evidence": _blobs,
}


def _guarded(code: str, check: Callable[[T], Iterator[Finding]], subject: T) -> list[Finding]:
    try:
        return list(check(subject))
    except FactdeskError as error:
        return [_problem(code, error)]
    except OSError as error:
        return [Finding(code, "problem", "A file cannot be read: {why}.", {"why": str(error)})]


def _problem(code: str, error: FactdeskError) -> Finding:
    return Finding(code, "problem", error.message, dict(error.values), error.remedy)

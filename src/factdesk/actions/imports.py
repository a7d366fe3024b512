"""Bringing in published checks, and taking one import back.

Rows are read, planned and encoded in batches; each batch is one short transaction with one event. Whatever ends an
import (Ctrl-C, `kill -9`, a full disk) leaves whole batches and no half ones, and the same import again finishes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from factdesk.actions.feeds import remember_feed
from factdesk.actions.intake import Planned, write
from factdesk.actions.run import BATCH, Finish, ImportResult, run_items
from factdesk.actions.sources import is_address, opened_source
from factdesk.domain.reviews import from_content
from factdesk.domain.runs import RunCounts
from factdesk.errors import InputError, NotFoundError
from factdesk.interchange.read import Item, read_reviews
from factdesk.queries.desk import Desk, Progress, no_progress
from factdesk.store.batches import Entry
from factdesk.store.feeds import drop_feed, list_feeds
from factdesk.store.record import Writer
from factdesk.store.reviews import before_run, parts
from factdesk.store.runs import RunRow, end_run, runs_beginning
from factdesk.text.urls import canonical_url


def import_reviews(
    desk: Desk,
    source: str,
    *,
    source_name: str = "",
    format: str = "",  # noqa: A002 - the word people use
    dry_run: bool = False,
    progress: Progress = no_progress,
    actor: str = "desk",
) -> ImportResult:
    """Bring in the reviews of a file, an address, or `-` for standard input.

    Raises `InputError` for what cannot be read, `NetworkError`, `DeskError`, `ResourceError`; what was written before
    stays, and the run is marked as interrupted.
    """
    with opened_source(desk, source) as opened:
        scope = source_name or opened.scope
        items = opened_items(read_reviews(opened.stream, opened.label, format))
        finish: Finish | None = None
        if is_address(source):
            finish = lambda run: remember_feed(run, opened)  # noqa: E731 - one line says it
        return run_items(
            desk, items, opened, scope, "import", dry_run=dry_run, progress=progress, actor=actor, finish=finish
        )


def undo_import(desk: Desk, run: str, actor: str = "desk", *, progress: Progress = no_progress) -> RunCounts:
    """Take an import back: what it brought is taken out, what it changed is as before, and the events stay.

    Reviews that something changed since are left as they are and counted as `skipped`. `run` is an id or the
    beginning of one. Raises `NotFoundError`, `InputError` when several begin so or it was taken back already.
    """
    row = _run_to_undo(desk, run)
    done = dict.fromkeys(("withdrawn", "changed", "skipped", "unchanged"), 0)
    with desk.record.read() as session:
        steps = list(before_run(session, row.id))
    for batch in parts(steps, BATCH):
        planned = []
        for step in batch:
            if step.changed_since:
                done["skipped"] += 1
                continue
            review = from_content(step.content) if step.content else None
            entry = Entry(step.key, review, canonical_url(review.url) if review else "")
            planned.append(Planned(entry, "changed" if review else "withdrawn"))
        for outcome in write(desk, row.id, planned, actor, "reviews.undo"):
            done["changed" if outcome == "new" else outcome] += 1
        progress(sum(done.values()), len(steps))
    counts = RunCounts(read=len(steps), **done)
    with desk.record.write() as writer:
        _forget_feed(writer, row)
        end_run(writer, row.id, "undone", counts, actor=actor, report=row.report)
    desk.index()
    return counts


def _forget_feed(writer: Writer, row: RunRow) -> None:
    """Of a feed whose import was taken back nothing shall come again by itself."""
    for feed in list_feeds(writer.session):
        if row.kind == "import" and feed.run == row.id:
            drop_feed(writer, feed.url)


def _run_to_undo(desk: Desk, run: str) -> RunRow:
    with desk.record.read() as session:
        found = runs_beginning(session, run) if run else []
    if not found:
        raise NotFoundError("There is no import {run}.", remedy="See the list with: factdesk status", run=run)
    if len(found) > 1:
        raise InputError("{id} can mean several things: {choices}.", id=run, choices=", ".join(row.id for row in found))
    if found[0].state == "undone":
        raise InputError("The import {run} was taken back already.", run=found[0].id)
    return found[0]


def opened_items(items: Iterator[Item]) -> Iterator[Item]:
    """The items, the first of them read already: what is no file of reviews is refused before a run begins."""
    first = list(islice(items, 1))
    return chain(first, items)

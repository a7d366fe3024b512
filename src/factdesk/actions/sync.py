"""Reading a feed again: a conditional request, and only what changed is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from factdesk.actions.feeds import remember_feed, withdraw
from factdesk.actions.imports import opened_items
from factdesk.actions.run import Run, run_items
from factdesk.actions.sources import fetched
from factdesk.capture.fetch import Fetched, fetch
from factdesk.domain.runs import RunCounts
from factdesk.errors import NotFoundError
from factdesk.interchange.read import read_reviews
from factdesk.queries.desk import Desk, Progress, no_progress
from factdesk.store.feeds import get_feed, list_feeds
from factdesk.text.urls import canonical_url


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What reading one feed again did. `unchanged` when the server had nothing new; `kept` counts reviews that are no
    longer in the feed and stay all the same, since so many went at once."""

    url: str
    unchanged: bool
    counts: RunCounts
    run_id: str = ""
    report: Path | None = None
    kept: int = 0


def sync(
    desk: Desk, url: str | None = None, *, progress: Progress = no_progress, actor: str = "desk"
) -> list[SyncResult]:
    """Read one feed again, or every feed that was imported from an address.

    Raises `NotFoundError` when the desk has no feed, `NetworkError`, and what `import_reviews` raises.
    """
    with desk.record.read() as session:
        known = [feed.url for feed in list_feeds(session)]
    if url is None and not known:
        raise NotFoundError("This desk has no feed yet.", remedy="Bring one in with: factdesk import URL")
    return [_one(desk, each, progress, actor) for each in ([canonical_url(url) or url] if url else known)]


def _one(desk: Desk, url: str, progress: Progress, actor: str) -> SyncResult:
    with desk.record.read() as session:
        feed = get_feed(session, url)
    etag, last_modified = (feed.etag, feed.last_modified) if feed else ("", "")
    found = fetch(url, etag=etag, last_modified=last_modified, allow_private=desk.config.allow_private)
    if not isinstance(found, Fetched):
        return SyncResult(url, True, RunCounts())
    with found:
        opened = fetched(url, found.body, found.size, found.etag, found.last_modified)
        items = opened_items(read_reviews(opened.stream, opened.label))
        kept = 0

        def finish(run: Run) -> None:
            nonlocal kept
            kept = withdraw(run)
            remember_feed(run, opened)

        result = run_items(desk, items, opened, url, "sync", progress=progress, actor=actor, finish=finish)
    counts = result.counts
    unchanged = not (counts.new or counts.changed or counts.withdrawn)
    return SyncResult(url, unchanged, counts, result.run_id, result.report, kept)

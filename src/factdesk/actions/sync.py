"""Reading a feed again: a conditional request, and only what changed is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from factdesk.actions.feeds import remember_feed, same_feed, withdraw
from factdesk.actions.imports import opened_items
from factdesk.actions.run import Run, run_items
from factdesk.actions.sources import fetched
from factdesk.capture.fetch import Fetched, fetch
from factdesk.domain.runs import RunCounts
from factdesk.errors import FactdeskError, InputError, NetworkError, NotFoundError
from factdesk.interchange.read import read_reviews
from factdesk.queries.desk import Desk, Progress, no_progress
from factdesk.store.feeds import FeedRow, list_feeds
from factdesk.text.urls import canonical_url


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What reading one feed again did. `unchanged` when the server had nothing new; `kept` counts reviews that are no
    longer in the feed and stay all the same, since so many went at once or the feed was cut short (`whole` is false).
    `error` is why a feed could not be read, where others were read after it."""

    url: str
    unchanged: bool
    counts: RunCounts
    run_id: str = ""
    report: Path | None = None
    kept: int = 0
    whole: bool = True
    error: FactdeskError | None = None


def sync(
    desk: Desk, url: str | None = None, *, progress: Progress = no_progress, actor: str = "desk"
) -> list[SyncResult]:
    """Read one feed again, or every feed that was imported from an address.

    Of several feeds one that cannot be read does not keep the others from it: its result names the error.
    Raises `NotFoundError` when the desk has no feed, `NetworkError`, and what `import_reviews` raises.
    """
    with desk.record.read() as session:
        feeds = list_feeds(session)
    if url is not None:
        feeds = [feed for feed in feeds if same_feed(feed.url, url)] or [_unknown(url, desk)]
    if not feeds:
        raise NotFoundError("This desk has no feed yet.", remedy="Bring one in with: factdesk import URL")
    if len(feeds) == 1:
        return [_one(desk, feeds[0], progress, actor)]
    return [_tried(desk, feed, progress, actor) for feed in feeds]


def _unknown(url: str, desk: Desk) -> FeedRow:
    return FeedRow(url, "", "", canonical_url(url) or url, "", desk.record.clock.now())


def _tried(desk: Desk, feed: FeedRow, progress: Progress, actor: str) -> SyncResult:
    try:
        return _one(desk, feed, progress, actor)
    except (NetworkError, InputError) as error:
        return SyncResult(feed.url, False, RunCounts(), error=error)


def _one(desk: Desk, feed: FeedRow, progress: Progress, actor: str) -> SyncResult:
    allowed = desk.config.allow_private
    found = fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified, allow_private=allowed)
    if not isinstance(found, Fetched):
        return SyncResult(feed.url, True, RunCounts())
    with found:
        opened = fetched(feed.url, found.body, found.size, found.etag, found.last_modified)
        items = opened_items(read_reviews(opened.stream, opened.label))
        kept, whole = 0, True

        def finish(run: Run) -> None:
            nonlocal kept, whole
            kept, whole = withdraw(run, opened), run.whole
            remember_feed(run, opened)

        result = run_items(desk, items, opened, feed.source, "sync", progress=progress, actor=actor, finish=finish)
    counts = result.counts
    unchanged = not (counts.new or counts.changed or counts.withdrawn)
    return SyncResult(feed.url, unchanged, counts, result.run_id, result.report, kept, whole)

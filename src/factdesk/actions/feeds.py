"""What a desk remembers of a feed, and what it does with reviews that a feed no longer has."""

from __future__ import annotations

from factdesk.actions.intake import Planned, write
from factdesk.actions.run import BATCH, Run
from factdesk.actions.sources import Opened
from factdesk.store.batches import Entry
from factdesk.store.feeds import FeedRow, drop_feed, list_feeds, put_feed
from factdesk.store.reviews import keys_of_source, parts
from factdesk.text.urls import canonical_url

SHRUNK = 0.5
MANY = 10
"""A feed that lost more reviews at once than both of these is taken to be broken, and nothing is withdrawn."""


def same_feed(one: str, other: str) -> bool:
    """Whether two addresses are of one feed, however they are written."""
    return (canonical_url(one) or one) == (canonical_url(other) or other)


def remember_feed(run: Run, opened: Opened) -> None:
    """Note how a feed was found, for the next conditional request. A damaged one is asked for again in full.

    It is asked for as it was given: a server may need what a canonical address leaves out.
    """
    etag, last_modified = (opened.etag, opened.last_modified) if run.whole else ("", "")
    with run.desk.record.write() as writer:
        for feed in list_feeds(writer.session):
            if same_feed(feed.url, opened.label):
                drop_feed(writer, feed.url)
        put_feed(writer, FeedRow(opened.label, etag, last_modified, run.source, run.id, writer.now()))


def withdraw(run: Run, opened: Opened) -> int:
    """Take out what the feed had and has no longer; returns how many stay, since the feed was not read to its end, has
    nothing any more, or lost too many at once. Of a source that several feeds share it cannot be told what is gone.
    """
    with run.desk.record.read() as session:
        feeds = [feed for feed in list_feeds(session) if feed.source == run.source]
        had = list(keys_of_source(session, run.source))
    if any(not same_feed(feed.url, opened.label) for feed in feeds):
        return 0
    gone = [key for key in had if key not in run.touched]
    if not run.whole or not run.touched or (len(gone) > MANY and len(gone) > SHRUNK * len(had)):
        return len(gone)
    for batch in parts(gone, BATCH):
        planned = [Planned(Entry(key, None), "withdrawn") for key in batch]
        outcomes = write(run.desk, run.id, planned, run.actor, "reviews.withdraw")
        run.count("withdrawn", outcomes.count("withdrawn"))
    return 0

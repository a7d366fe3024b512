"""What a desk remembers of a feed, and what it does with reviews that a feed no longer has."""

from __future__ import annotations

from factdesk.actions.intake import Planned, write
from factdesk.actions.run import BATCH, Run, batches
from factdesk.actions.sources import Opened
from factdesk.store.batches import Entry
from factdesk.store.feeds import FeedRow, put_feed
from factdesk.store.reviews import keys_of_source

SHRUNK = 0.5
MANY = 10
"""A feed that lost more reviews at once than both of these is taken to be broken, and nothing is withdrawn."""


def remember_feed(run: Run, opened: Opened) -> None:
    """Note how a feed was found, for the next conditional request. A damaged one is asked for again in full."""
    etag, last_modified = (opened.etag, opened.last_modified) if run.whole else ("", "")
    with run.desk.record.write() as writer:
        put_feed(writer, FeedRow(opened.scope, etag, last_modified, run.id, writer.now()))


def withdraw(run: Run) -> int:
    """Take out what the feed had and has no longer; returns how many stay because too many went at once."""
    with run.desk.record.read() as session:
        had = list(keys_of_source(session, run.source))
    gone = [key for key in had if key not in run.touched]
    if not run.whole or (len(gone) > MANY and len(gone) > SHRUNK * len(had)):
        return len(gone)
    for batch in batches(gone, BATCH):
        write(
            run.desk, run.id, [Planned(Entry(key, None), "withdrawn") for key in batch], run.actor, "reviews.withdraw"
        )
        run.count("withdrawn", len(batch))
    return 0

"""Feeds: remembered as they were last found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from factdesk.store.feeds import FeedRow, drop_feed, forget_marks, get_feed, list_feeds, put_feed
from factdesk.store.record import Record

FEED = FeedRow(
    "https://example.org/feed.json",
    '"abc"',
    "Thu, 01 Jan 2026 00:00:00 GMT",
    "the feed",
    "run-1",
    datetime(2026, 1, 2, tzinfo=UTC),
)


def test_a_feed_is_replaced_by_its_later_state(record: Record) -> None:
    later = replace(FEED, etag='"def"', run="run-2")
    with record.write() as writer:
        put_feed(writer, FEED)
        put_feed(writer, replace(FEED, url="https://example.org/a.json"))
        put_feed(writer, later)
    with record.read() as session:
        assert get_feed(session, FEED.url) == later
        assert [feed.url for feed in list_feeds(session)] == ["https://example.org/a.json", FEED.url]
    with record.write() as writer:
        forget_marks(writer)
    with record.read() as session:
        assert get_feed(session, FEED.url) == replace(later, etag="", last_modified="")
    with record.write() as writer:
        drop_feed(writer, FEED.url)
    with record.read() as session:
        assert get_feed(session, FEED.url) is None

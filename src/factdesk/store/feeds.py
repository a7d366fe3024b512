"""Addresses that `sync` asks again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from factdesk.store.models import Feeds, table
from factdesk.store.record import Writer

FEEDS = table(Feeds)


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed, what its server said of its last state, and the run that last read it. `source` is its reviews' own."""

    url: str
    etag: str
    last_modified: str
    source: str
    run: str
    checked_at: datetime


_ROW = select(*(FEEDS.c[name] for name in FeedRow.__slots__))


def list_feeds(session: Session) -> list[FeedRow]:
    """Every feed, by address."""
    return [FeedRow(*row) for row in session.execute(_ROW.order_by(FEEDS.c.url))]


def get_feed(session: Session, url: str) -> FeedRow | None:
    """A feed by its address."""
    row = session.execute(_ROW.where(FEEDS.c.url == url)).first()
    return FeedRow(*row) if row else None


def put_feed(writer: Writer, feed: FeedRow) -> None:
    """Remember how a feed was found. Goes with the run's own events, and needs none."""
    writer.session.execute(delete(FEEDS).where(FEEDS.c.url == feed.url))
    values = {name: getattr(feed, name) for name in FeedRow.__slots__}
    writer.session.execute(insert(FEEDS), values)


def forget_marks(writer: Writer) -> None:
    """Forget how every feed was found, so that each is asked for in full the next time."""
    writer.session.execute(update(FEEDS).values(etag="", last_modified=""))


def drop_feed(writer: Writer, url: str) -> None:
    """Forget a feed."""
    writer.session.execute(delete(FEEDS).where(FEEDS.c.url == url))

"""Whether the reviews that stand are what their newest versions say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from factdesk.domain.reviews import from_content
from factdesk.store.batches import plain_digest, review_columns
from factdesk.store.publishers import PUBLISHERS
from factdesk.store.reviews import REVIEWS, VERSIONS
from factdesk.store.stream import streamed
from factdesk.store.text import indexable


def wrong_reviews(session: Session) -> Iterator[int]:
    """The seq of each review whose row disagrees with its newest version, streamed; `key` and `url` are not sealed.

    Of a version that was redacted only its number, run and seq can be compared.
    """
    every = VERSIONS.alias()
    newest = select(func.max(every.c.version)).where(every.c.review == REVIEWS.c.number).scalar_subquery()
    written = (newest.label("newest"), VERSIONS.c.content, VERSIONS.c.seq.label("written"), VERSIONS.c.run.label("by"))
    current = and_(VERSIONS.c.review == REVIEWS.c.number, VERSIONS.c.version == REVIEWS.c.version)
    chosen = (
        select(*REVIEWS.c, *written, PUBLISHERS.c.name, PUBLISHERS.c.site)
        .join(PUBLISHERS, PUBLISHERS.c.number == REVIEWS.c.publisher, isouter=True)
        .join(VERSIONS, current, isouter=True)
    )
    for row in streamed(session, chosen):
        if not _is_right(row):
            yield int(row.seq)


def _is_right(row: Any) -> bool:
    if (row.version, row.seq, row.run) != (row.newest, row.written, row.by):
        return False
    if row.content is None:
        return True
    if row.digest != plain_digest(row.content) or (row.deleted_at is None) != bool(row.content):
        return False
    return not row.content or _columns_agree(row)


def _columns_agree(row: Any) -> bool:
    try:
        review = from_content(row.content)
    except (TypeError, ValueError, AttributeError):
        # Not what a review looks like: somebody else wrote it.
        return False
    publisher = (indexable(review.publisher.name), indexable(review.publisher.site))
    columns = review_columns(review, "")
    same = all(getattr(row, name) == value for name, value in columns.items() if name != "url")
    return same and publisher == (row.name, row.site)

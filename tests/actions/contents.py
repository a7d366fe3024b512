"""What a record holds, for tests to compare."""

from __future__ import annotations

from factdesk.domain.reviews import Review
from factdesk.store.record import Record
from factdesk.store.reviews import all_reviews
from factdesk.store.vectors import vector_counts


def standing(record: Record) -> list[Review]:
    """The reviews that stand."""
    with record.read() as session:
        return [review for _, review in all_reviews(session)]


def claims(record: Record) -> list[str]:
    """Their claims, in order."""
    return sorted(review.claim for review in standing(record))


def everything(record: Record) -> tuple[tuple[int, str], list[str], dict[str, int]]:
    """All that an import could change: the newest event, the reviews, the vectors."""
    with record.read() as session:
        return record.head(), claims(record), vector_counts(session)

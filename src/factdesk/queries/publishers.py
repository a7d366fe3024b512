"""The publishers of a desk's reviews."""

from __future__ import annotations

from factdesk.domain.reviews import Publisher
from factdesk.store.publishers import PublisherRow, all_publishers, counts_by_publisher, policy
from factdesk.store.record import Record


def list_publishers(record: Record) -> list[PublisherRow]:
    """Every publisher with the number of its reviews that stand, most first.

    `status` is what applies to it, also where it was set for its whole site.
    """
    with record.read() as session:
        counts, rules = counts_by_publisher(session), policy(session)
        rows = [
            row._replace(reviews=counts.get(row.number, 0), status=rules.says(Publisher(row.name, row.site)))
            for row in all_publishers(session)
        ]
    return sorted(rows, key=lambda row: (-row.reviews, row.name, row.site))

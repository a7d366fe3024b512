"""Publishers, and which of them a desk blocks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from factdesk.domain.reviews import Publisher
from factdesk.store.models import Publishers, table
from factdesk.store.record import Writer
from factdesk.store.reviews import REVIEWS, parts
from factdesk.store.text import indexable

PUBLISHERS = table(Publishers)

Status = Literal["", "allowed", "blocked"]


class PublisherRow(NamedTuple):
    """A publisher. `reviews` counts those that stand, where it was asked for."""

    number: int
    name: str
    site: str
    status: Status
    reviews: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """Which publishers are kept out.

    What is set for name and site wins over what is set for the site alone, and that over what is set for the name.
    Once anything is allowed, what nothing is said of is kept out.
    """

    statuses: Mapping[tuple[str, str], Status]

    def says(self, publisher: Publisher) -> Status:
        """What is set for this publisher, by its own row or a wider one; empty when nothing is."""
        name, site = indexable(publisher.name), indexable(publisher.site)
        for place in ((name, site), ("", site), (name, "")):
            status = self.statuses.get(place, "")
            if status and place != ("", ""):
                return status
        return ""

    def blocks(self, publisher: Publisher) -> bool:
        """Whether reviews of this publisher are kept out."""
        status = self.says(publisher)
        return status == "blocked" or (not status and "allowed" in self.statuses.values())


def policy(session: Session) -> Policy:
    """What the desk has set for publishers."""
    chosen = select(PUBLISHERS.c.name, PUBLISHERS.c.site, PUBLISHERS.c.status).where(PUBLISHERS.c.status != "")
    return Policy({(name, site): status for name, site, status in session.execute(chosen)})


def blocked_numbers(session: Session) -> frozenset[int]:
    """Numbers of the publishers whose reviews must not answer."""
    rules = policy(session)
    if not rules.statuses:
        return frozenset()
    return frozenset(row.number for row in all_publishers(session) if rules.blocks(Publisher(row.name, row.site)))


def all_publishers(session: Session) -> list[PublisherRow]:
    """Every publisher, by number, without counts."""
    chosen = select(PUBLISHERS.c.number, PUBLISHERS.c.name, PUBLISHERS.c.site, PUBLISHERS.c.status)
    return [PublisherRow(*row) for row in session.execute(chosen.order_by(PUBLISHERS.c.number))]


def find_publishers(session: Session, who: str) -> list[PublisherRow]:
    """Publishers by number, or by name or site in any case; at most ten. A row for the site alone stands for it."""
    rows = all_publishers(session)
    if who.isascii() and who.isdigit():
        by_number = [row for row in rows if str(row.number) == who]
        if by_number:
            return by_number
    plain = who.casefold().removeprefix("www.")
    found = [row for row in rows if plain and plain in (row.name.casefold(), row.site.casefold())]
    whole_site = [row for row in found if not row.name and row.site == plain]
    return (whole_site or found)[:10]


def counts_by_publisher(session: Session) -> dict[int, int]:
    """How many reviews of each publisher stand."""
    chosen = select(REVIEWS.c.publisher, func.count()).where(REVIEWS.c.deleted_at.is_(None))
    return {int(row[0]): int(row[1]) for row in session.execute(chosen.group_by(REVIEWS.c.publisher))}


def publisher_numbers(writer: Writer, wanted: Collection[Publisher]) -> dict[Publisher, int]:
    """Numbers of the publishers, after adding those that are new."""
    keyed = {publisher: (indexable(publisher.name), indexable(publisher.site)) for publisher in wanted}
    found: dict[tuple[str, str], int] = {}
    for sites in parts(sorted({site for _, site in keyed.values()})):
        chosen = select(PUBLISHERS.c.name, PUBLISHERS.c.site, PUBLISHERS.c.number).where(PUBLISHERS.c.site.in_(sites))
        found |= {(name, site): number for name, site, number in writer.session.execute(chosen)}
    missing = sorted(set(keyed.values()) - found.keys())
    if missing:
        first = _next_number(writer.session)
        new = [
            {"number": first + index, "name": name, "site": site, "status": ""}
            for index, (name, site) in enumerate(missing)
        ]
        writer.session.execute(insert(PUBLISHERS), new)
        found |= {(name, site): first + index for index, (name, site) in enumerate(missing)}
    return {publisher: found[key] for publisher, key in keyed.items()}


def write_status(writer: Writer, number: int, status: Status) -> None:
    """Set what a desk says of a publisher. The caller seals the event."""
    writer.session.execute(update(PUBLISHERS).where(PUBLISHERS.c.number == number).values(status=status))


def _next_number(session: Session) -> int:
    return int(session.execute(select(func.coalesce(func.max(PUBLISHERS.c.number), 0))).scalar_one()) + 1

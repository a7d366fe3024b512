"""Which reviews may answer: as people say it, and as index and record understand it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from factdesk.errors import NotFoundError
from factdesk.queries.desk import Desk
from factdesk.search.base import Filter
from factdesk.store.batches import day_number
from factdesk.store.publishers import blocked_numbers, find_publishers
from factdesk.store.reviews import ReviewRow


@dataclass(frozen=True, slots=True)
class MatchFilter:
    """Which reviews may answer: languages by code, publishers by name or site, none before the day `since`."""

    languages: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    since: str = ""


@dataclass(slots=True)
class Gate:
    """A filter with what the desk blocks, read again only after the record has moved."""

    where: MatchFilter
    _seq: int = -1
    _filter: Filter = field(default_factory=Filter)

    def at(self, desk: Desk, seq: int) -> Filter:
        """The filter as of event `seq`. Raises `NotFoundError` for a publisher nobody knows."""
        if seq != self._seq:
            with desk.record.read() as session:
                self._filter = resolved(session, self.where)
            self._seq = seq
        return self._filter


def resolved(session: Session, where: MatchFilter) -> Filter:
    """The filter in the record's numbers, without blocked publishers. Raises `NotFoundError`."""
    wanted: set[int] = set()
    for who in where.publishers:
        rows = find_publishers(session, who)
        if not rows:
            raise NotFoundError(
                "No publisher is called {who}.", remedy="See the list with: factdesk publishers list", who=who
            )
        wanted |= {row.number for row in rows}
    since = day_number(where.since) if where.since else 0
    return Filter(where.languages, frozenset(wanted), blocked_numbers(session), since)


def passes(row: ReviewRow, where: Filter) -> bool:
    """Whether a review that was not found by searching may answer."""
    return (
        row.deleted_at is None
        and (not where.languages or row.language in where.languages)
        and (not where.publishers or row.publisher in where.publishers)
        and row.publisher not in where.exclude_publishers
        and (not where.since or row.day >= where.since)
    )

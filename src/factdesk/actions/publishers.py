"""Allowing and blocking publishers."""

from __future__ import annotations

import re

from factdesk.domain.reviews import Publisher
from factdesk.errors import InputError, NotFoundError
from factdesk.store.feeds import forget_marks
from factdesk.store.publishers import (
    PublisherRow,
    Status,
    find_publishers,
    publisher_numbers,
    write_status,
)
from factdesk.store.record import Record, Writer

_SITE = re.compile(r"(?=.{4,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+")


def set_publisher(desk_record: Record, who: str, status: Status, actor: str) -> PublisherRow:
    """Allow, block, or unset a publisher by its number, name or site. Setting what is set already writes nothing.

    A site stands for all names that publish there, and can be set before the desk has any review of it.
    Raises `NotFoundError`, and `InputError` naming the choices when several publishers are meant.
    """
    with desk_record.write() as writer:
        row = _find_or_add(writer, who.strip())
        if row.status == status:
            return row
        writer.append(actor, f"publisher.{status or 'unset'}", f"publisher:{row.number}", {"status": status})
        write_status(writer, row.number, status)
        # A feed that has not changed since may hold what was kept out until now.
        forget_marks(writer)
        return row._replace(status=status)


def _find_or_add(writer: Writer, who: str) -> PublisherRow:
    found = find_publishers(writer.session, who)
    site = who.lower().removeprefix("www.")
    if _SITE.fullmatch(site) and (not found or any(row.site == site for row in found)):
        # A site means all names that publish there: it has a row of its own, without a name.
        publisher_numbers(writer, [Publisher("", site)])
        found = find_publishers(writer.session, site)
    if not found:
        raise NotFoundError(
            "No publisher is called {who}.", remedy="See their names with: factdesk publishers list", who=who
        )
    if len(found) > 1:
        raise InputError(
            "{who} can mean several publishers: {choices}.",
            remedy="Name one by its number.",
            who=who,
            choices="; ".join(f"{row.number} {row.name} ({row.site})" for row in found),
        )
    return found[0]

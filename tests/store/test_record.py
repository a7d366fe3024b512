"""A record opened, read and written to."""

from __future__ import annotations

from factdesk.store.record import Record
from factdesk.store.events import head


def test_an_event_is_sealed(record: Record) -> None:
    with record.write() as writer:
        event = writer.append("an", "test.act", "thing", {"count": 1})
    with record.read() as session:
        assert head(session) == (1, event.hash)

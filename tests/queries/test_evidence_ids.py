"""What an id, its beginning, or a row's own id means."""

from __future__ import annotations

import pytest
from tests.capture.bundles import World

from factdesk.errors import NotFoundError
from factdesk.queries.evidence_ids import fact_named
from factdesk.store.record import Record


def test_a_row_of_a_short_id_is_found_by_it_and_nothing_by_so_short_a_beginning(record: Record) -> None:
    world = World()
    own_id = world.add(b"Garlic does not cure the flu.", "text", media_type="text/plain", own_id="a1")
    world.fill(record)
    with record.read() as session:
        assert fact_named(session, "a1") == ("capture", own_id)
        assert fact_named(session, own_id[:4]) == ("capture", own_id)
        with pytest.raises(NotFoundError):
            fact_named(session, own_id[:3])

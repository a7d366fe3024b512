"""Captures as the record has them: all of them, or those that are asked for and no others."""

from __future__ import annotations

from tests.store.evidence import add_capture

from factdesk.config import DeskConfig
from factdesk.store.held import held_captures
from factdesk.store.record import Record


def test_who_asks_for_none_gets_none(desk_config: DeskConfig, record: Record) -> None:
    add_capture(record, desk_config)
    with record.read() as session:
        assert [len(rows) for rows in held_captures(session)] == [1]
        assert [len(rows) for rows in held_captures(session, [1])] == [1]
        assert list(held_captures(session, [])) == []

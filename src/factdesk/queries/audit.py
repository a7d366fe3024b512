"""Verifying a desk's record against its event log."""

from __future__ import annotations

from collections.abc import Sequence

from factdesk.store.chain import AuditResult, verify
from factdesk.store.record import Record

__all__ = ["AuditResult", "audit"]


def audit(record: Record, against: Sequence[tuple[int, str]] = ()) -> AuditResult:
    """Verify the chain and everything it sealed, without holding either in memory.

    `against` are heads, `(seq, hash)`, that somebody kept: only they can tell that the end of a log was cut off.
    """
    with record.read() as session:
        return verify(session, against)

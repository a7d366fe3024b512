"""Verifying a desk's record against its event log."""

from __future__ import annotations

from factdesk.store.chain import AuditResult, verify
from factdesk.store.record import Record

__all__ = ["AuditResult", "audit"]


def audit(record: Record, against: tuple[int, str] | None = None) -> AuditResult:
    """Verify the chain and everything it sealed, without holding either in memory.

    `against` is a head, `(seq, hash)`, that somebody kept: only it can tell that the end of a log was cut off.
    """
    with record.read() as session:
        return verify(session, against)

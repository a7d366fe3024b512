"""Auditing a desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factdesk.domain.events import Break
from factdesk.queries.audit import audit
from factdesk.store.batches import Batch
from factdesk.store.record import Record


def test_a_desk_that_verifies(record: Record, put_reviews: Callable[..., Batch]) -> None:
    put_reviews(record, "a", "b")
    result = audit(record)
    assert (result.events, result.head, result.broken) == (1, record.head(), None)
    assert audit(record, [record.head()]) == result


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_the_first_broken_link_is_named(
    record: Record, put_reviews: Callable[..., Batch], tamper: Callable[..., None], seq: int
) -> None:
    for claim in "abc":
        put_reviews(record, claim)
    tamper(record.config, f"UPDATE events SET actor = 'x' WHERE seq >= {seq}")
    assert audit(record).broken == Break(seq, "was changed after it was written")
